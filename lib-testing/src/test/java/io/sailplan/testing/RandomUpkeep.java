package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Propagation;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.Planning;
import io.sailplan.policy.Policy;
import io.sailplan.reconcile.LeaseTerms;
import io.sailplan.reconcile.ReconcilePolicy;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Two instances that keep three applications on one cluster, and everything that can go wrong:
 * people edit and delete, storms of changes, cut watches, servers that restart, requests that fail,
 * get lost or come late, instances that stand still, die, or are replaced, images that never start.
 */
final class RandomUpkeep {
  private static final ObjectKey INPUT = ObjectKey.of("v1", "Secret", "default", "input");
  private static final Policy POLICY =
      Policy.standard().forcing().readyWithin(Duration.ofMinutes(2));
  private static final int APPLICATIONS = 3;

  /** Four members, the parent, and what is read; each perhaps told anew during a look. */
  private static final int MOST_REMEMBERED = APPLICATIONS * (4 + 1 + 1) * 2;

  private static final List<String> KINDS = List.of("Secret", "ConfigMap", "Service", "Deployment");

  private final SimulatedCluster cluster = SimulatedCluster.create();
  private final Random random;
  private final List<SimulatedReconciler> instances = new ArrayList<>();
  private final List<Application> declared = new ArrayList<>();
  private Instant outageUntil = Instant.MIN;
  private Instant faultsUntil = Instant.MIN;
  private Instant frozenUntil = Instant.MIN;
  private int version;
  private int names;
  private long writes;

  RandomUpkeep(long seed) {
    this.random = Seeds.random(seed, "upkeep");
    cluster.pods().ofImage("shop/bad:1").are(PodBehaviour.neverReady());
    cluster
        .faults()
        .onEvery(request -> cluster.now().isBefore(outageUntil))
        .happens(Fault.lostBefore());
    for (Fault fault :
        List.of(
            Fault.answer(500),
            Fault.answer(409),
            Fault.lostAfter(),
            Fault.delay(Duration.ofSeconds(4)),
            Fault.tooManyRequests(Duration.ofSeconds(3)),
            Fault.lostThenEffective(Duration.ofSeconds(2)))) {
      cluster
          .faults()
          .onEvery(
              request ->
                  cluster.now().isBefore(faultsUntil)
                      && random.nextInt(100) < 2
                      && (request.isWrite() || !fault.toString().contains("409")))
          .happens(fault);
    }
    for (int i = 0; i < APPLICATIONS; i++) {
      declared.add(application(i, "shop/api:0"));
    }
    instances.add(instance());
    instances.add(instance());
  }

  /** Lives through trouble, with some quiet hours now and then. */
  void live(Duration time) {
    Instant end = cluster.now().plus(time);
    while (cluster.now().isBefore(end)) {
      for (int i = 0; i < 25; i++) {
        trouble();
        pass(Duration.ofSeconds(1 + (long) (-Math.log(1 - random.nextDouble()) * 480)));
      }
      rest();
    }
    assertThat(writes).as("writes of all instances").isPositive();
    instances.forEach(SimulatedReconciler::close);
  }

  private void trouble() {
    switch (random.nextInt(14)) {
      case 0, 1 -> deleteMember();
      case 2 -> given(cluster.object(key("Deployment")), "9", "metadata", "annotations", "note");
      case 3 -> scaleByHand();
      case 4 -> storm();
      case 5 -> cluster.faults().cutWatchesFor(minutes(20));
      case 6 -> outageUntil = cluster.now().plus(minutes(10));
      case 7, 8 -> faultsUntil = cluster.now().plus(minutes(30));
      case 9 -> freeze();
      case 10 -> replace(true);
      case 11 -> replace(false);
      case 12 -> declare("shop/bad:1");
      default -> declare("shop/api:" + ++version);
    }
  }

  /** All trouble ends: soon all is as it should be, and then nobody writes any more. */
  private void rest() {
    outageUntil = Instant.MIN;
    faultsUntil = Instant.MIN;
    cluster.faults().cutWatchesFor(Duration.ZERO);
    for (int i = 0; i < APPLICATIONS; i++) {
      declare(i, "shop/api:" + ++version);
    }
    if (frozenUntil.isAfter(cluster.now())) {
      pass(Duration.between(cluster.now(), frozenUntil));
    }
    pass(Duration.ofMinutes(30));
    for (Application application : declared) {
      Plan plan = plan(application);
      assertThat(plan.isEmpty())
          .as("at %s: %s %s", cluster.now(), plan.render(), findings())
          .isTrue();
    }
    assertThat(instances.stream().filter(SimulatedReconciler::leads)).hasSize(1);

    cluster.clearRequests();
    long before = writes;
    for (int i = 0; i < 20; i++) {
      given(cluster.object(INPUT), "note-" + i, "metadata", "annotations", "note");
      if (i == 10) {
        replace(random.nextBoolean());
      }
      pass(minutes(6));
    }
    assertThat(writes).as("writes in quiet hours until %s", cluster.now()).isEqualTo(before);
  }

  private void pass(Duration time) {
    cluster.advance(time);
    for (SimulatedReconciler one : instances) {
      assertThat(one.remembered()).isLessThanOrEqualTo(MOST_REMEMBERED);
      assertThat(one.busy()).isLessThanOrEqualTo(APPLICATIONS);
    }
  }

  private void deleteMember() {
    try {
      ObjectKey key = key(KINDS.get(random.nextInt(KINDS.size())));
      cluster.send(new Request.Delete(key, "", "", Propagation.BACKGROUND));
    } catch (ClusterException e) {
      // he has tried
    }
  }

  private void scaleByHand() {
    given(cluster.object(key("Deployment")), (long) random.nextInt(3), "spec", "replicas");
  }

  private void storm() {
    for (int i = 0; i < 50; i++) {
      Manifest input =
          Manifest.of(Map.of("apiVersion", "v1", "kind", "Secret"))
              .with(INPUT.name(), "metadata", "name")
              .with(INPUT.namespace(), "metadata", "namespace")
              .with("note-" + random.nextInt(), "metadata", "annotations", "note");
      cluster.given(input, "somebody");
      pass(Duration.ofMillis(200));
    }
  }

  private void freeze() {
    Duration time = minutes(40);
    instances.get(random.nextInt(instances.size())).freeze(time);
    Instant until = cluster.now().plus(time);
    frozenUntil = until.isAfter(frozenUntil) ? until : frozenUntil;
  }

  private void replace(boolean killed) {
    SimulatedReconciler old = instances.remove(random.nextInt(instances.size()));
    if (killed) {
      old.kill();
    } else {
      old.close();
    }
    instances.add(instance());
  }

  private void declare(String image) {
    declare(random.nextInt(APPLICATIONS), image);
  }

  private void declare(int which, String image) {
    declared.set(which, application(which, image));
    instances.forEach(one -> one.declare(declared.get(which), POLICY));
  }

  private SimulatedReconciler instance() {
    LeaseTerms terms =
        LeaseTerms.standard("default", "keeper", "instance-" + names++)
            .within(Duration.ofSeconds(120), Duration.ofSeconds(80), Duration.ofSeconds(20));
    SimulatedReconciler one = SimulatedReconciler.on(cluster, ReconcilePolicy.standard(), terms);
    one.onWrite(
        () -> {
          writes++;
          assertThat(one.leads()).isTrue();
          assertThat(instances.stream().filter(other -> other != one && other.leads())).isEmpty();
        });
    declared.forEach(application -> one.declare(application, POLICY));
    return one;
  }

  /** Somebody changes one field of what is there. */
  private void given(Optional<LiveObject> object, Object value, String... path) {
    object.ifPresent(
        present ->
            cluster.given(
                Manifest.of(
                        Map.of(
                            "apiVersion",
                            present.manifest().apiVersion(),
                            "kind",
                            present.key().kind()))
                    .with(present.key().name(), "metadata", "name")
                    .with(present.key().namespace(), "metadata", "namespace")
                    .with(value, path),
                "somebody"));
  }

  private Plan plan(Application application) {
    Operation deploy = new Operation.Deploy(application);
    return Planning.plan(
            PlanRequest.of(deploy, cluster.observe(ObservationScope.of(deploy, POLICY)))
                .by(POLICY)
                .at(cluster.now()))
        .orThrow();
  }

  private String findings() {
    StringBuilder text = new StringBuilder();
    for (SimulatedReconciler one : instances) {
      text.append(one.leads()).append(' ').append(one.busy()).append(' ');
      text.append(
          one.findings().subList(Math.max(0, one.findings().size() - 5), one.findings().size()));
      text.append('\n');
    }
    return text.toString();
  }

  private Duration minutes(int most) {
    return Duration.ofSeconds(1 + random.nextInt(most * 60));
  }

  private ObjectKey key(String kind) {
    String version = kind.equals("Deployment") ? "apps/v1" : "v1";
    return ObjectKey.of(version, kind, "default", "o" + random.nextInt(APPLICATIONS));
  }

  private static Application application(int number, String image) {
    return Application.read(
        "app" + number,
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: o%1$d}
        stringData: {password: open}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: o%1$d}
        data: {colour: blue}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: o%1$d}
        spec: {selector: {app: o%1$d}, ports: [{port: 80}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: o%1$d}
        spec:
          replicas: 1
          selector: {matchLabels: {app: o%1$d}}
          template:
            metadata: {labels: {app: o%1$d}}
            spec:
              containers:
                - name: main
                  image: "%2$s"
                  envFrom:
                    - {secretRef: {name: o%1$d}}
                    - {configMapRef: {name: o%1$d}}
                    - {secretRef: {name: input, optional: true}}
        """
            .formatted(number, image));
  }
}

package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Resource;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.StepKind;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Well-known applications on a real API server: one thing after the other happens to them, and each
 * time the second plan has nothing left to do.
 */
@ExtendWith(RealCluster.class)
class ReplanIT {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @ParameterizedTest
  @CsvSource({
    "guestbook, Deployment/frontend, DaemonSet, Service/redis-replica",
    "cassandra, StatefulSet/cassandra, Deployment, Service/cassandra",
    "ingress-nginx, Deployment/ingress-nginx-controller, DaemonSet, ConfigMap/ingress-nginx-controller",
    "metallb, Deployment/controller, DaemonSet, ConfigMap/metallb-excludel2",
    "online-boutique, Deployment/redis-cart, StatefulSet, Deployment/loadgenerator"
  })
  void whatever_happens_one_more_plan_is_enough(
      String name, String workload, String otherKind, String removed, ControlPlane plane)
      throws IOException {
    try (KubernetesCluster cluster = plane.connect()) {
      Application source = read(name);
      Manifest target = source.resource(workload).orElseThrow().manifest();
      ObjectKey key =
          target.namespace().isEmpty() ? target.key().inNamespace("default") : target.key();
      Application now = source.with(autoscaler(target, "v2"));
      replan(cluster, now);

      send(cluster, key, "kube-controller-manager", "scale", "/spec/replicas", 2);
      replan(cluster, now);
      send(
          cluster,
          key,
          "kubectl-edit",
          "",
          "/spec/template/spec/containers/0/image",
          "registry.example/old:0.1");
      replan(cluster, now);
      appliedByKubectl(cluster, key);
      Plan again = plan(cluster, now, Policy.standard()).orThrow();
      assertThat(again.counts().keySet())
          .as(again.render())
          .isSubsetOf(StepKind.UNCHANGED, StepKind.AWAIT_READY);
      replan(cluster, now);

      now =
          now.with(Resource.of(withoutLabel(now.resource(labelled(now)).orElseThrow().manifest())));
      replan(cluster, now);
      now = without(now, removed);
      replan(cluster, now);
      now =
          without(now, workload)
              .with(Resource.of(otherKind(target, otherKind)))
              .with(autoscaler(target.with(otherKind, "kind"), "v2"));
      replan(cluster, now);
      assertThat(cluster.send(new Request.Get(key)).status()).as("the old workload").isEqualTo(404);
      now = now.with(autoscaler(target.with(otherKind, "kind"), "v1"));
      replan(cluster, now);
      delete(cluster, now);
    }
  }

  private static void replan(KubernetesCluster cluster, Application application) {
    PlanResult result = plan(cluster, application, Policy.standard());
    if (result.plan().isEmpty()) {
      result = plan(cluster, application, Policy.standard().forcing());
    }
    Plan plan = result.orThrow();
    if (!plan.isEmpty()) {
      Outcome outcome = cluster.run(plan, progress -> {});
      assertThat(outcome.isSuccess()).as(plan.render() + outcome.render()).isTrue();
    }
    Plan next = plan(cluster, application, Policy.standard()).orThrow();
    assertThat(next.isEmpty()).as(plan.render() + next.render()).isTrue();
  }

  private static PlanResult plan(
      KubernetesCluster cluster, Application application, Policy policy) {
    return plan(cluster, new Operation.Deploy(application), policy);
  }

  private static PlanResult plan(KubernetesCluster cluster, Operation operation, Policy policy) {
    return Planner.standard()
        .plan(
            PlanRequest.of(operation, cluster.observe(ObservationScope.of(operation, policy)))
                .by(policy)
                .at(Instant.now()));
  }

  private static void delete(KubernetesCluster cluster, Application application) {
    Policy policy = Policy.standard().deleting(Policy.PROTECTED.toArray(String[]::new));
    Plan plan = plan(cluster, Operation.Delete.of(application), policy).orThrow();
    assertThat(cluster.run(plan, progress -> {}).isSuccess()).isTrue();
  }

  private static void send(
      KubernetesCluster cluster,
      ObjectKey key,
      String manager,
      String subresource,
      String pointer,
      Object value) {
    Request patch =
        new Request.Patch(key, List.of(PatchOperation.add(pointer, value)), manager, subresource);
    assertThat(cluster.send(patch).status()).isEqualTo(200);
  }

  /** Of what has not changed, kubectl writes nothing but a note of what was applied. */
  private static void appliedByKubectl(KubernetesCluster cluster, ObjectKey key) {
    LiveObject live = cluster.send(new Request.Get(key)).object();
    Map<String, Object> annotations = new TreeMap<>(live.manifest().annotations());
    annotations.put(LAST_APPLIED, "{}\n");
    send(cluster, key, "kubectl-client-side-apply", "", "/metadata/annotations", annotations);
  }

  private static Resource autoscaler(Manifest target, String version) {
    return Resource.of(
            Manifest.of(Map.of("apiVersion", "autoscaling/" + version))
                .with("HorizontalPodAutoscaler", "kind")
                .with(target.name(), "metadata", "name")
                .inNamespace(target.namespace())
                .with(target.apiVersion(), "spec", "scaleTargetRef", "apiVersion")
                .with(target.kind(), "spec", "scaleTargetRef", "kind")
                .with(target.name(), "spec", "scaleTargetRef", "name")
                .with(4L, "spec", "maxReplicas"))
        .readyWhen(new ReadinessRule.Exists()); // nothing measures pods here
  }

  private static String labelled(Application application) {
    return application.resources().stream()
        .filter(resource -> !resource.manifest().labels().isEmpty())
        .filter(resource -> !resource.manifest().kind().equals("CustomResourceDefinition"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static Manifest withoutLabel(Manifest manifest) {
    String label = manifest.labels().keySet().stream().sorted().findFirst().orElseThrow();
    return manifest.without("metadata", "labels", label);
  }

  private static Manifest otherKind(Manifest manifest, String kind) {
    Manifest bare =
        manifest
            .with(kind, "kind")
            .without("spec", "serviceName")
            .without("spec", "strategy")
            .without("spec", "replicas");
    return switch (kind) {
      case "StatefulSet" -> bare.with(manifest.name(), "spec", "serviceName");
      case "Deployment" ->
          bare.without("spec", "volumeClaimTemplates")
              .with(
                  List.of(Map.of("name", "cassandra-data", "emptyDir", Map.of())),
                  "spec",
                  "template",
                  "spec",
                  "volumes");
      default -> bare;
    };
  }

  private static Application without(Application application, String id) {
    return Application.of(
        application.name(),
        application.namespace(),
        application.resources().stream().filter(resource -> !resource.id().equals(id)).toList());
  }

  private static Application read(String name) throws IOException {
    Path file = Path.of(System.getProperty("sailplan.data"), "manifests", name + ".yaml");
    return Application.read(name, Files.readString(file, StandardCharsets.UTF_8));
  }
}

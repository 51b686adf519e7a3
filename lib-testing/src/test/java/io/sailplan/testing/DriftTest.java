package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.SecretSource;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A plan is saved, somebody changes the cluster, the plan is read back and applied: a step is stale
 * exactly if what it was planned on is not true any more, and what is stale has written nothing.
 *
 * <p>What breaks a precondition is known here by what was done to the object, not by comparing.
 */
class DriftTest {
  private static final PlanKey KEY =
      PlanKey.of("a key for saved plans in tests".getBytes(StandardCharsets.UTF_8));
  private static final String SOMEBODY = "somebody";

  /**
   * What may happen to an object between plan and apply. Of what is deleted it only matters whose
   * it is, and what protects it: if it is gone, or another stands there, the goal is reached.
   */
  private enum Drift {
    RELEVANT_FIELD(true, false),
    MEMBERSHIP(true, true),
    PROTECTION(false, true),
    DELETED(true, false),
    RECREATED(true, false),
    IRRELEVANT_FIELD(false, false),
    IN_PLACE(true, false);

    private final boolean breaksWrite;
    private final boolean breaksDeletion;

    Drift(boolean breaksWrite, boolean breaksDeletion) {
      this.breaksWrite = breaksWrite;
      this.breaksDeletion = breaksDeletion;
    }

    private boolean breaks(Step step) {
      return step.kind() == StepKind.DELETE ? breaksDeletion : breaksWrite;
    }
  }

  @Test
  void a_saved_plan_does_what_was_approved_or_is_stale() {
    Map<String, Integer> drifts = new TreeMap<>();
    Map<StepStatus, Integer> ends = new EnumMap<>(StepStatus.class);
    long tried = Seeds.forEach(1, seed -> sail(seed, drifts, ends));
    if (tried >= 20) {
      assertThat(drifts)
          .as("what has drifted")
          .containsKeys(
              "APPLY RELEVANT_FIELD",
              "APPLY MEMBERSHIP",
              "APPLY DELETED",
              "APPLY RECREATED",
              "APPLY IRRELEVANT_FIELD",
              "CREATE IN_PLACE",
              "DELETE MEMBERSHIP",
              "DELETE PROTECTION",
              "DELETE RECREATED",
              "DELETE IRRELEVANT_FIELD",
              "parent RELEVANT_FIELD",
              "parent IRRELEVANT_FIELD");
      assertThat(ends).as("how steps ended").containsKeys(StepStatus.STALE, StepStatus.SUCCEEDED);
    }
  }

  private static void sail(long seed, Map<String, Integer> drifts, Map<StepStatus, Integer> ends) {
    RandomRemoval random = new RandomRemoval(seed, 20);
    Voyage voyage = new Voyage().sail(new Operation.Deploy(random.before()));
    voyage.cluster.advance(Duration.ofMinutes(2));
    Application next = random.after();
    Plan plan = voyage.plan(new Operation.Deploy(next));
    String text = SavedPlan.of(plan, KEY).orThrow().toJson();
    assertThat(text).doesNotContain("hunter", "aHVudGVy");

    Map<String, Drift> drifted = drift(voyage.cluster, plan, Seeds.random(seed, "drift"));
    drifted.forEach((id, drift) -> drifts.merge(sort(plan, id) + " " + drift, 1, Integer::sum));
    Map<ObjectKey, String> before = contents(voyage.cluster, plan);

    Plan opened = SavedPlan.read("plan", text).orThrow().open(KEY, SecretSource.of(next)).orThrow();
    assertThat(opened.steps()).extracting(Step::id).isEqualTo(ids(plan));
    Outcome outcome = voyage.cluster.run(opened, progress -> {});

    for (StepOutcome ended : outcome.steps()) {
      ends.merge(ended.status(), 1, Integer::sum);
      Drift drift = drifted.get(ended.step().id());
      boolean broken = drift != null && drift.breaks(ended.step());
      boolean reached =
          ended.step().after().stream()
              .allMatch(id -> outcome.step(id).orElseThrow().status().isGood());
      StepStatus expected = !reached ? StepStatus.SKIPPED : broken ? StepStatus.STALE : null;
      String what = ended.step().id() + " after " + drift + ": " + ended.explanation();
      if (expected != null) {
        assertThat(ended.status()).as(what).isEqualTo(expected);
      } else if (isWrite(ended.step())) {
        assertThat(ended.status()).as(what).isEqualTo(StepStatus.SUCCEEDED);
      } else {
        assertThat(ended.status()).as(what).isNotEqualTo(StepStatus.STALE);
      }
    }
    nothingIsHalfWritten(voyage.cluster, outcome, before);
  }

  /** Whoever was stale or skipped has left the object as it was found. */
  private static void nothingIsHalfWritten(
      SimulatedCluster cluster, Outcome outcome, Map<ObjectKey, String> before) {
    Map<ObjectKey, Boolean> written = new TreeMap<>();
    for (StepOutcome ended : outcome.steps()) {
      if (isWrite(ended.step())) {
        written.merge(ended.step().target().key(), ended.status().isGood(), Boolean::logicalOr);
      }
    }
    Map<ObjectKey, String> after = contents(cluster, outcome.plan());
    written.forEach(
        (key, success) -> {
          if (!success) {
            assertThat(after.get(key)).as("%s was not written", key).isEqualTo(before.get(key));
          }
        });
  }

  private static String sort(Plan plan, String id) {
    Step step = plan.step(id).orElseThrow();
    return isParent(step) ? "parent" : step.kind().name();
  }

  /** All else waits for it. */
  private static boolean isParent(Step step) {
    return step.target().key().name().startsWith("sailplan-");
  }

  private static Map<String, Drift> drift(SimulatedCluster cluster, Plan plan, Random random) {
    Map<String, Drift> drifted = new HashMap<>();
    Set<ObjectKey> seen = new HashSet<>();
    for (Step step : plan.steps()) {
      boolean first = isWrite(step) && seen.add(step.target().key());
      if (!first || step.kind() == StepKind.PATCH || random.nextInt(isParent(step) ? 8 : 3) > 0) {
        continue;
      }
      Drift drift = choose(step, random);
      if (drift != null && carryOut(cluster, step, drift, random)) {
        drifted.put(step.id(), drift);
      }
    }
    cluster.settle();
    return drifted;
  }

  private static Drift choose(Step step, Random random) {
    if (step instanceof Step.Create) {
      return Drift.IN_PLACE;
    }
    if (step.target().kind().kind().equals("Namespace")) { // all that is in it would go as well
      return step.kind() == StepKind.DELETE && random.nextBoolean()
          ? Drift.PROTECTION
          : random.nextBoolean() ? Drift.RELEVANT_FIELD : Drift.IRRELEVANT_FIELD;
    }
    if (isParent(step)) {
      return random.nextBoolean() ? Drift.RELEVANT_FIELD : Drift.IRRELEVANT_FIELD;
    }
    Drift drift = Drift.values()[random.nextInt(Drift.values().length - 1)];
    boolean fixed = step.target().kind().kind().equals("Job"); // nobody can change what it runs
    return fixed && drift == Drift.RELEVANT_FIELD ? Drift.IRRELEVANT_FIELD : drift;
  }

  private static boolean carryOut(SimulatedCluster cluster, Step step, Drift drift, Random random) {
    ObjectKey key = step.target().key();
    Optional<LiveObject> live = cluster.object(key);
    switch (drift) {
      case IN_PLACE -> {
        if (live.isPresent()) {
          return false;
        }
        cluster.given(bare(((Step.Create) step)), SOMEBODY);
      }
      case RELEVANT_FIELD -> patch(cluster, key, PatchOperation.add(relevant(key), value(key)));
      case MEMBERSHIP ->
          patch(
              cluster,
              key,
              PatchOperation.add(
                  "/metadata/labels/" + PatchOperation.escape(Membership.PART_OF),
                  "applyset-of-somebody-else-v1"));
      case PROTECTION ->
          patch(
              cluster,
              key,
              PatchOperation.add(
                  "/metadata/annotations", Map.of("helm.sh/resource-policy", "keep")));
      case IRRELEVANT_FIELD ->
          patch(
              cluster,
              key,
              random.nextBoolean() || isParent(step)
                  ? PatchOperation.add("/metadata/labels/drift", "d" + random.nextInt(9))
                  : PatchOperation.add("/metadata/annotations", Map.of("drift", "true")));
      default -> {
        delete(cluster, key);
        if (drift == Drift.RECREATED) {
          cluster.given(LiveObjects.bare(live.orElseThrow().manifest()), SOMEBODY);
        }
      }
    }
    return true;
  }

  private static Manifest bare(Step.Create step) {
    Manifest manifest = ((io.sailplan.plan.Payload.Literal) step.payload()).manifest();
    return manifest.without("metadata", "labels", Membership.PART_OF);
  }

  /** What the plan writes, or has written, in objects of each kind. */
  private static String relevant(ObjectKey key) {
    if (key.name().startsWith("sailplan-")) {
      return "/metadata/annotations/" + PatchOperation.escape(Membership.GROUP_KINDS);
    }
    return switch (key.kind()) {
      case "ConfigMap" -> "/data/version";
      case "Secret" -> "/data/password";
      case "Namespace", "ServiceAccount" -> "/metadata/labels/version";
      default -> "/spec/template/spec/containers/0/image";
    };
  }

  private static String value(ObjectKey key) {
    return key.kind().equals("Secret") ? "ZHJpZnQ=" : "drifted";
  }

  private static void patch(SimulatedCluster cluster, ObjectKey key, PatchOperation operation) {
    send(cluster, new Request.Patch(key, List.of(operation), SOMEBODY, ""));
  }

  private static void delete(SimulatedCluster cluster, ObjectKey key) {
    send(cluster, new Request.Delete(key, "", "", Propagation.BACKGROUND));
    assertThat(cluster.await(Duration.ofMinutes(2), () -> cluster.object(key).isEmpty())).isTrue();
  }

  private static void send(SimulatedCluster cluster, Request request) {
    Response response = cluster.send(request);
    assertThat(response.isSuccess()).as("%s: %s", request, response.message()).isTrue();
  }

  private static Map<ObjectKey, String> contents(SimulatedCluster cluster, Plan plan) {
    Map<ObjectKey, String> contents = new TreeMap<>();
    for (Step step : plan.steps()) {
      cluster
          .object(step.target().key())
          .ifPresent(
              live ->
                  contents.put(
                      live.key(), live.uid() + " " + LiveObjects.bare(live.manifest()).toJson()));
    }
    return contents;
  }

  private static List<String> ids(Plan plan) {
    return plan.steps().stream().map(Step::id).toList();
  }

  private static boolean isWrite(Step step) {
    return Set.of(StepKind.CREATE, StepKind.APPLY, StepKind.PATCH, StepKind.DELETE)
        .contains(step.kind());
  }

  /** Objects without what the server adds. */
  private static final class LiveObjects {
    static Manifest bare(Manifest manifest) {
      return manifest
          .without("status")
          .without("metadata", "uid")
          .without("metadata", "resourceVersion")
          .without("metadata", "generation")
          .without("metadata", "creationTimestamp")
          .without("metadata", "managedFields")
          .without("metadata", "annotations", "deployment.kubernetes.io/revision");
    }
  }
}

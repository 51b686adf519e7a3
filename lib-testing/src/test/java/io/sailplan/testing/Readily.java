package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import io.sailplan.plan.Step;
import io.sailplan.run.Outcome;
import io.sailplan.run.Request;
import io.sailplan.run.StepOutcome;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the order in which objects were touched against what a cluster remembers of them. */
final class Readily {
  private Readily() {}

  /** Nothing was written before all that it needs was as declared, and ready. */
  static void nothingIsTouchedTooEarly(
      Voyage voyage, RandomTrouble trouble, RandomApplication application, int version) {
    Map<ObjectKey, Set<ObjectKey>> needs = application.needs(version);
    Map<ObjectKey, Manifest> declared = new java.util.TreeMap<>();
    application
        .version(version)
        .resources()
        .forEach(resource -> declared.put(resource.manifest().key(), resource.manifest()));
    for (RandomTrouble.Sent sent : trouble.sent()) {
      ObjectKey key = written(sent.request());
      if (key != null) {
        for (ObjectKey need : needs.getOrDefault(key, Set.of())) {
          Manifest wanted = Objects.requireNonNull(declared.get(need));
          assertThat(wasReady(voyage, need, wanted, sent.at()))
              .as("%s was ready when %s was sent at %s", need, sent.request(), sent.at())
              .isTrue();
        }
      }
    }
  }

  /** Whatever a run calls ready was ready. */
  static void nothingIsCalledReadyThatWasNot(
      Voyage voyage, Outcome outcome, RandomApplication application, int version) {
    for (Resource resource : application.version(version).resources()) {
      Manifest wanted = resource.manifest();
      for (StepOutcome step : outcome.steps()) {
        if (step.step() instanceof Step.AwaitReady
            && step.step().target().key().equals(wanted.key())
            && step.status().isGood()) {
          assertThat(wasReady(voyage, wanted.key(), wanted, voyage.cluster.now()))
              .as("%s was ready when its step ended: %s", wanted.key(), step.status())
              .isTrue();
        }
      }
    }
  }

  /** Nothing was deleted while something was there that needs it. */
  static void nothingIsDeletedTooEarly(
      Voyage voyage, RandomTrouble trouble, RandomApplication application) {
    Map<ObjectKey, Set<ObjectKey>> needs = application.needs(2);
    for (RandomTrouble.Sent sent : trouble.sent()) {
      if (sent.request() instanceof Request.Delete delete) {
        needs.forEach(
            (dependent, needed) -> {
              // What an author says by dependsOn alone is not known to a deletion.
              if (needed.contains(delete.key())
                  && delete.key().kind().equals("Namespace")
                  && dependent.namespace().equals(delete.key().name())) {
                assertThat(stateAt(voyage, dependent, sent.at()))
                    .as("%s when %s was deleted", dependent, delete.key())
                    .isNull();
              }
            });
      }
    }
  }

  /** Returns what a request writes; null if it only reads. */
  static @Nullable ObjectKey written(Request request) {
    if (request instanceof Request.Apply apply) {
      return apply.manifest().key();
    }
    if (request instanceof Request.Delete delete) {
      return delete.key();
    }
    return request instanceof Request.Patch patch ? patch.key() : null;
  }

  private static @Nullable Manifest stateAt(Voyage voyage, ObjectKey key, Instant at) {
    Manifest last = null;
    for (Voyage.State state : voyage.history) {
      if (state.key().equals(key) && !state.at().isAfter(at)) {
        last = state.manifest();
      }
    }
    return last;
  }

  private static boolean wasReady(Voyage voyage, ObjectKey key, Manifest wanted, Instant at) {
    for (Voyage.State state : voyage.history) {
      Manifest live = state.manifest();
      if (state.key().equals(key)
          && !state.at().isAfter(at)
          && live != null
          && carries(live, wanted)
          && isReady(live)) {
        return true;
      }
    }
    return false;
  }

  private static boolean carries(Manifest live, Manifest wanted) {
    return switch (wanted.kind()) {
      case "ConfigMap" -> Objects.equals(live.get("data"), wanted.get("data"));
      case "Deployment", "StatefulSet" -> image(live).equals(image(wanted));
      case "Namespace", "ServiceAccount" ->
          Objects.equals(live.labels().get("version"), wanted.labels().get("version"));
      default -> true;
    };
  }

  private static String image(Manifest workload) {
    return Trees.string(
        Tree.objects(workload, "spec", "template", "spec", "containers").get(0).get("image"));
  }

  private static boolean isReady(Manifest live) {
    long wanted = live.integer(1, "spec", "replicas");
    boolean seen =
        live.integer(0, "status", "observedGeneration")
            >= live.integer(0, "metadata", "generation");
    return switch (live.kind()) {
      case "Namespace" -> live.string("status", "phase").equals("Active");
      case "Deployment" ->
          seen
              && live.integer(0, "status", "updatedReplicas") == wanted
              && live.integer(0, "status", "replicas") == wanted
              && live.integer(0, "status", "availableReplicas") == wanted;
      case "StatefulSet" ->
          seen
              && live.integer(0, "status", "updatedReplicas") == wanted
              && live.integer(0, "status", "readyReplicas") == wanted;
      case "Job" ->
          Tree.objects(live, "status", "conditions").stream()
              .anyMatch(
                  condition ->
                      "Complete".equals(condition.get("type"))
                          && "True".equals(condition.get("status")));
      default -> true;
    };
  }
}

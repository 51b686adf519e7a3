package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.readiness.Conditions.Condition;

/** Kinds that keep a number of pods running. */
final class WorkloadRules {
  private WorkloadRules() {}

  static Verdict deployment(LiveObject object, ReadinessQuery query) {
    Condition progressing = Conditions.find(object, "Progressing");
    if (progressing != null && progressing.reason().equals("ProgressDeadlineExceeded")) {
      return Verdict.failed(
          progressing.reason(),
          "it made no progress within its deadline; " + available(object, wanted(object)));
    }
    Verdict verdict = deploymentCounts(object);
    if (verdict.isReady()) {
      return verdict;
    }
    if (Boolean.TRUE.equals(object.manifest().get("spec", "paused"))) {
      return Verdict.progressing("Paused", verdict.message() + ", and its rollout is paused");
    }
    return withFailure(object, verdict);
  }

  private static Verdict deploymentCounts(LiveObject object) {
    long wanted = wanted(object);
    long present = count(object, "replicas");
    long updated = count(object, "updatedReplicas");
    if (updated < wanted) {
      return Verdict.progressing("UpdatingReplicas", of(updated, wanted, "updated"));
    }
    if (present > updated) {
      return Verdict.progressing(
          "OldReplicasRemain", number(present - updated, "old replica") + " still there");
    }
    return available(wanted, present, count(object, "availableReplicas"));
  }

  static Verdict statefulSet(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    long wanted = wanted(object);
    long updated = count(object, "updatedReplicas");
    String current = manifest.string("status", "currentRevision");
    boolean differs = !current.equals(manifest.string("status", "updateRevision"));
    boolean byHand = manifest.string("spec", "updateStrategy", "type").equals("OnDelete");
    if (differs && !byHand) {
      long partition = manifest.integer(0, "spec", "updateStrategy", "rollingUpdate", "partition");
      long toUpdate = Math.max(0, wanted - partition);
      // Without partition the controller makes the revisions equal once it has finished.
      if (updated < toUpdate || (partition == 0 && wanted > 0)) {
        return Verdict.progressing("UpdatingReplicas", of(updated, toUpdate, "updated"));
      }
    }
    boolean mustLast = manifest.integer(0, "spec", "minReadySeconds") > 0;
    long usable = count(object, mustLast ? "availableReplicas" : "readyReplicas");
    return available(wanted, count(object, "replicas"), usable);
  }

  static Verdict daemonSet(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    long wanted = count(object, "desiredNumberScheduled");
    long updated = count(object, "updatedNumberScheduled");
    boolean byHand = manifest.string("spec", "updateStrategy", "type").equals("OnDelete");
    if (updated < wanted && !byHand) {
      return Verdict.progressing("UpdatingReplicas", of(updated, wanted, "updated"));
    }
    return available(wanted, wanted, count(object, "numberAvailable"));
  }

  static Verdict replicaSet(LiveObject object, ReadinessQuery query) {
    long present = count(object, "replicas");
    long usable = count(object, "availableReplicas");
    return withFailure(object, available(wanted(object), present, usable));
  }

  private static Verdict available(long wanted, long present, long usable) {
    if (present > wanted) {
      return Verdict.progressing(
          "SurplusReplicas", number(present - wanted, "surplus replica") + " still there");
    }
    if (usable < wanted) {
      return Verdict.progressing("ReplicasUnavailable", of(usable, wanted, "available"));
    }
    return wanted == 0
        ? Verdict.ready("NoReplicasWanted", "no replica of it is wanted, and none is there")
        : Verdict.ready("ReplicasAvailable", of(usable, wanted, "available"));
  }

  /** Says why pods cannot even be made; the controller tries again, so this is not the end. */
  private static Verdict withFailure(LiveObject object, Verdict verdict) {
    Condition failure = Conditions.find(object, "ReplicaFailure");
    return failure == null || !failure.isTrue() || verdict.isReady()
        ? verdict
        : Verdict.progressing(
            failure.reasonOr("ReplicaFailure"), verdict.message() + "; " + failure.message());
  }

  private static String available(LiveObject object, long wanted) {
    return of(count(object, "availableReplicas"), wanted, "available");
  }

  private static long wanted(LiveObject object) {
    return object.manifest().integer(1, "spec", "replicas");
  }

  private static long count(LiveObject object, String field) {
    return object.manifest().integer(0, "status", field);
  }

  private static String of(long some, long all, String what) {
    return some + " of " + number(all, "replica") + " " + what;
  }

  /** Returns {@code 1 replica is} or {@code 3 replicas are}. */
  private static String number(long count, String what) {
    return count + " " + what + (count == 1 ? " is" : "s are");
  }
}

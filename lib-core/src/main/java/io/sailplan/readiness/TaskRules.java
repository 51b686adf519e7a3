package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Conditions.Condition;

/** Kinds that run to an end: Jobs, and Pods that are not restarted for ever. */
final class TaskRules {
  private TaskRules() {}

  static Verdict job(LiveObject object, ReadinessQuery query) {
    Condition failed = Conditions.find(object, "Failed");
    if (failed != null && failed.isTrue()) {
      return Verdict.failed(
          failed.reasonOr("JobFailed"),
          "it has failed" + (failed.message().isEmpty() ? "" : ": " + failed.message()));
    }
    Manifest manifest = object.manifest();
    if (Conditions.isTrue(object, "Complete")) {
      return Verdict.ready("JobComplete", "it is complete");
    }
    if (Boolean.TRUE.equals(manifest.get("spec", "suspend"))) {
      return Verdict.progressing("JobSuspended", "it is suspended and not complete");
    }
    long succeeded = manifest.integer(0, "status", "succeeded");
    long wanted = manifest.integer(1, "spec", "completions");
    return Verdict.progressing(
        "JobRunning", "it is not complete: " + succeeded + " of " + wanted + " pods succeeded");
  }

  static Verdict pod(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    String phase = manifest.string("status", "phase");
    return switch (phase) {
      case "Succeeded" -> Verdict.ready("PodSucceeded", "all of its containers succeeded");
      case "Failed" ->
          Verdict.failed(reason(manifest, "PodFailed"), "it has failed" + detail(manifest));
      case "Running" -> running(object);
      case "Unknown" ->
          Verdict.progressing(reason(manifest, "NodeLost"), "nothing is heard from its node");
      default -> pending(object);
    };
  }

  private static Verdict running(LiveObject object) {
    if (isTask(object.manifest())) {
      return Verdict.progressing("PodRunning", "it runs to an end, and still runs");
    }
    Condition ready = Conditions.find(object, "Ready");
    if (ready == null) {
      return Verdict.progressing("PodNotReady", "it does not say whether it is ready");
    }
    return ready.isTrue()
        ? Verdict.ready("PodReady", "it is ready")
        : Verdict.progressing(ready.reasonOr("PodNotReady"), ready.text());
  }

  private static Verdict pending(LiveObject object) {
    Condition scheduled = Conditions.find(object, "PodScheduled");
    return scheduled != null && scheduled.isFalse()
        ? Verdict.progressing(
            scheduled.reasonOr("Unscheduled"), "it runs on no node: " + scheduled.message())
        : Verdict.progressing("PodPending", "its containers have not started");
  }

  /** A pod with a readiness probe wants to be asked, even if it is not restarted. */
  private static boolean isTask(Manifest pod) {
    String restart = pod.string("spec", "restartPolicy");
    return (restart.equals("Never") || restart.equals("OnFailure"))
        && Trees.list(pod.get("spec", "containers")).stream()
            .allMatch(container -> Trees.get(container, "readinessProbe") == null);
  }

  private static String reason(Manifest pod, String otherwise) {
    String reason = pod.string("status", "reason");
    return reason.isEmpty() ? otherwise : reason;
  }

  private static String detail(Manifest pod) {
    String message = pod.string("status", "message");
    return message.isEmpty() ? "" : ": " + message;
  }
}

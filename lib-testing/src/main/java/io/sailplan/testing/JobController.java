package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs the pods of a Job until enough have succeeded, or too many have failed. */
final class JobController extends Controller {
  static final String TRACKING = "batch.kubernetes.io/job-tracking";
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String SOURCE = "job-controller";
  private static final long FIRST_BACKOFF = 10;
  private static final long LONGEST_BACKOFF = 600;

  JobController(ControllerClient client) {
    super(client, Kind.JOB);
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest job = client.get(key);
    if (job == null) {
      return;
    }
    if (isFinished(job)) {
      client.owned(Kind.POD, job).forEach(this::untrack);
      expire(job);
      return;
    }
    if (Owners.isTerminating(job)) {
      client.owned(Kind.POD, job).forEach(this::untrack);
      return;
    }
    sync(job);
  }

  private void sync(Manifest job) {
    List<Manifest> pods = client.owned(Kind.POD, job);
    long succeeded = job.integer(0, "status", "succeeded");
    long failed = job.integer(0, "status", "failed");
    for (Manifest pod : pods) {
      if (LiveObject.of(pod).finalizers().contains(TRACKING) && hasEnded(pod)) {
        succeeded += pod.string("status", "phase").equals("Succeeded") ? 1 : 0;
        failed += pod.string("status", "phase").equals("Failed") ? 1 : 0;
        untrack(pod);
      }
    }
    List<Manifest> active = pods.stream().filter(PodTemplates::isActive).toList();
    Conditions conditions = Conditions.probed(job, client.now());
    String startTime = job.string("status", "startTime");
    boolean suspended = Boolean.TRUE.equals(job.get("spec", "suspend"));
    if (startTime.isEmpty() && !suspended) {
      startTime = Tree.time(client.now());
    }
    Ending ending = ending(job, active, succeeded, failed, Tree.time((Object) empty(startTime)));
    if (ending != null) {
      active.forEach(client::delete);
      finish(
          job,
          conditions,
          ending,
          startTime,
          succeeded,
          failed + (ending.failed() ? active.size() : 0));
      return;
    }
    if (suspended) {
      active.forEach(client::delete);
      suspend(conditions, job);
      startTime = "";
    } else {
      resume(conditions, job);
      manage(job, active, succeeded, failed);
    }
    List<Manifest> now =
        client.owned(Kind.POD, job).stream().filter(PodTemplates::isActive).toList();
    writeStatus(job, conditions, startTime, null, now, succeeded, failed);
  }

  /** How a Job ends. */
  private record Ending(boolean failed, String reason, String message) {}

  private @Nullable Ending ending(
      Manifest job, List<Manifest> active, long succeeded, long failed, @Nullable Instant start) {
    long limit = job.integer(6, "spec", "backoffLimit");
    long restarts =
        job.string("spec", "template", "spec", "restartPolicy").equals("OnFailure")
            ? active.stream().mapToLong(JobController::restarts).sum()
            : 0;
    if (failed > limit || (restarts > 0 && restarts >= limit)) {
      return new Ending(
          true, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    Object deadline = job.get("spec", "activeDeadlineSeconds");
    if (deadline instanceof Long seconds && start != null) {
      Instant end = start.plusSeconds(seconds);
      if (!end.isAfter(client.now())) {
        return new Ending(
            true, "DeadlineExceeded", "Job was active longer than specified deadline");
      }
      enqueueAt(job.key(), end);
    }
    Object completions = job.get("spec", "completions");
    boolean done =
        completions instanceof Long wanted
            ? succeeded >= wanted && (wanted > 0 || active.isEmpty())
            : succeeded > 0 && active.isEmpty();
    return done
        ? new Ending(false, "CompletionsReached", "Reached expected number of succeeded pods")
        : null;
  }

  private void finish(
      Manifest job,
      Conditions conditions,
      Ending ending,
      String startTime,
      long succeeded,
      long failed) {
    conditions.set(
        ending.failed() ? "FailureTarget" : "SuccessCriteriaMet",
        "True",
        ending.reason(),
        ending.message());
    conditions.set(
        ending.failed() ? "Failed" : "Complete", "True", ending.reason(), ending.message());
    client.event(
        job,
        ending.failed() ? "Warning" : "Normal",
        ending.failed() ? ending.reason() : "Completed",
        ending.failed() ? ending.message() : "Job completed",
        SOURCE);
    writeStatus(
        job,
        conditions,
        startTime,
        ending.failed() ? null : Tree.time(client.now()),
        List.of(),
        succeeded,
        failed);
  }

  private void manage(Manifest job, List<Manifest> active, long succeeded, long failed) {
    long parallelism = job.integer(1, "spec", "parallelism");
    long wanted =
        job.get("spec", "completions") instanceof Long completions
            ? Math.min(parallelism, completions - succeeded)
            : succeeded > 0 ? active.size() : parallelism;
    for (int i = 0; i < active.size() - wanted; i++) {
      client.delete(active.get(i));
    }
    if (active.size() >= wanted) {
      return;
    }
    Instant backoff = backoff(job, failed);
    if (backoff != null && backoff.isAfter(client.now())) {
      enqueueAt(job.key(), backoff);
      return;
    }
    for (long i = active.size(); i < wanted; i++) {
      create(job);
    }
  }

  private void create(Manifest job) {
    boolean indexed = job.string("spec", "completionMode").equals("Indexed");
    Manifest pod;
    if (indexed) {
      long index = freeIndex(job);
      pod =
          PodTemplates.pod(
                  job,
                  client.nameFor(job.name() + "-" + index + "-"),
                  Map.of(INDEX, Long.toString(index)))
              .with(Long.toString(index), "metadata", "annotations", INDEX)
              .with(job.name() + "-" + index, "spec", "hostname");
    } else {
      pod = PodTemplates.pod(job, client.nameFor(job.name() + "-"), Map.of());
    }
    try {
      Manifest made = client.create(pod.with(List.of(TRACKING), "metadata", "finalizers"));
      client.event(job, "Normal", "SuccessfulCreate", "Created pod: " + made.name(), SOURCE);
    } catch (ApiError refused) {
      client.event(
          job,
          "Warning",
          "FailedCreate",
          "Error creating: " + refused.response().message(),
          SOURCE);
      throw refused;
    }
  }

  private long freeIndex(Manifest job) {
    TreeSet<Long> taken = new TreeSet<>();
    for (Manifest pod : client.owned(Kind.POD, job)) {
      if (PodTemplates.isActive(pod) || pod.string("status", "phase").equals("Succeeded")) {
        taken.add(Long.valueOf(pod.annotations().getOrDefault(INDEX, "0")));
      }
    }
    long free = 0;
    while (taken.contains(free)) {
      free++;
    }
    return free;
  }

  /** Returns when the next pod may start after failures: 10 s after the first, then doubling. */
  private @Nullable Instant backoff(Manifest job, long failed) {
    Instant last =
        client.owned(Kind.POD, job).stream()
            .filter(pod -> pod.string("status", "phase").equals("Failed"))
            .map(JobController::endOf)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    if (failed == 0 || last == null) {
      return null;
    }
    long wait = FIRST_BACKOFF << Math.min(failed - 1, 10);
    return last.plusSeconds(Math.min(wait, LONGEST_BACKOFF));
  }

  private void suspend(Conditions conditions, Manifest job) {
    if (!conditions.isTrue("Suspended")) {
      conditions.set("Suspended", "True", "JobSuspended", "Job suspended");
      client.event(job, "Normal", "Suspended", "Job suspended", SOURCE);
    }
  }

  private void resume(Conditions conditions, Manifest job) {
    if (conditions.isTrue("Suspended")) {
      conditions.set("Suspended", "False", "JobResumed", "Job resumed");
      client.event(job, "Normal", "Resumed", "Job resumed", SOURCE);
    }
  }

  private void writeStatus(
      Manifest job,
      Conditions conditions,
      String startTime,
      @Nullable String completionTime,
      List<Manifest> active,
      long succeeded,
      long failed) {
    client.updateStatus(
        job,
        Tree.of(
            "conditions", conditions.tree(),
            "startTime", empty(startTime),
            "completionTime", completionTime,
            "active", ReplicaSetController.nonZero(active.size()),
            "succeeded", ReplicaSetController.nonZero(succeeded),
            "failed", ReplicaSetController.nonZero(failed),
            "terminating", 0L,
            "uncountedTerminatedPods", Map.of(),
            "ready", active.stream().filter(PodTemplates::isReady).count()));
  }

  /** Deletes a finished Job once its {@code ttlSecondsAfterFinished} is over. */
  private void expire(Manifest job) {
    if (!(job.get("spec", "ttlSecondsAfterFinished") instanceof Long seconds)
        || Owners.isTerminating(job)) {
      return;
    }
    Instant finished = null;
    for (Map<String, @Nullable Object> condition : Tree.objects(job, "status", "conditions")) {
      if (List.of("Complete", "Failed").contains(Trees.string(condition.get("type")))) {
        finished = Tree.time(condition.get("lastTransitionTime"));
      }
    }
    Instant end = finished == null ? client.now() : finished.plusSeconds(seconds);
    if (end.isAfter(client.now())) {
      enqueueAt(job.key(), end);
    } else {
      client.deleteInForeground(job);
    }
  }

  private void untrack(Manifest pod) {
    List<String> finalizers = LiveObject.of(pod).finalizers();
    if (finalizers.contains(TRACKING)) {
      List<String> rest = finalizers.stream().filter(name -> !name.equals(TRACKING)).toList();
      client.update(Tree.set(pod, rest.isEmpty() ? null : rest, "metadata", "finalizers"));
    }
  }

  static boolean isFinished(Manifest job) {
    return Tree.objects(job, "status", "conditions").stream()
        .anyMatch(
            condition ->
                List.of("Complete", "Failed").contains(Trees.string(condition.get("type")))
                    && "True".equals(condition.get("status")));
  }

  private static boolean hasEnded(Manifest pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static @Nullable Instant endOf(Manifest pod) {
    return Tree.objects(pod, "status", "containerStatuses").stream()
        .map(status -> Tree.time(Trees.get(status, "state", "terminated", "finishedAt")))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static long restarts(Manifest pod) {
    return Tree.objects(pod, "status", "containerStatuses").stream()
        .mapToLong(status -> Tree.integer(status, 0, "restartCount"))
        .sum();
  }

  private static @Nullable String empty(String text) {
    return text.isEmpty() ? null : text;
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs: how they complete, fail, wait, and vanish. */
abstract class JobContract extends PodContract {
  private static final String WORK =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: work, namespace: $ns}
      spec:
        backoffLimit: 0
        template:
          metadata:
            labels: {app: work}
            annotations: {kubelet.test.sailplan.io/behaviour: ""}
          spec: {restartPolicy: Never, containers: [{name: main, image: "shop/work:1"}]}
      """;

  private ObjectKey work() {
    return key("Job", "work");
  }

  @Test
  void a_job_completes() {
    applied("me", WORK);
    LiveObject work = awaitObject(work(), job -> hasCondition(job, "Complete", "True"));
    assertThat(condition(work, "SuccessCriteriaMet").orElseThrow().reason())
        .isEqualTo("CompletionsReached");
    assertThat(condition(work, "Complete").orElseThrow().message())
        .isEqualTo("Reached expected number of succeeded pods");
    assertThat(work.manifest().integer(0, "status", "succeeded")).isEqualTo(1);
    assertThat(work.manifest().string("status", "startTime")).isNotEmpty();
    assertThat(work.manifest().string("status", "completionTime")).isNotEmpty();
  }

  @Test
  void a_job_labels_and_selects_its_pods() {
    LiveObject work = applied("me", WORK);
    assertThat(work.manifest().get("spec", "selector", "matchLabels"))
        .isEqualTo(Map.of("batch.kubernetes.io/controller-uid", work.uid()));
    await(
        "its pod is there",
        () -> list(Kind.POD, Map.of("batch.kubernetes.io/job-name", "work")).size() == 1);
  }

  @Test
  void a_job_whose_pods_fail_too_often_fails() {
    applied("me", behaving(WORK, "fail:3"));
    LiveObject work = awaitObject(work(), job -> hasCondition(job, "Failed", "True"));
    assertThat(condition(work, "FailureTarget").orElseThrow().reason())
        .isEqualTo("BackoffLimitExceeded");
    assertThat(condition(work, "Failed").orElseThrow().message())
        .isEqualTo("Job has reached the specified backoff limit");
    assertThat(work.manifest().integer(0, "status", "failed")).isEqualTo(1);
    assertThat(awaitWarning("work", "BackoffLimitExceeded"))
        .isEqualTo("Job has reached the specified backoff limit");
    assertThat(pods("work"))
        .singleElement()
        .satisfies(pod -> assertThat(pod.manifest().string("status", "phase")).isEqualTo("Failed"));
  }

  @Test
  void a_job_that_takes_too_long_fails() {
    applied(
        "me",
        behaving(WORK, "never-ready")
            .replace("backoffLimit: 0", "backoffLimit: 0\n  activeDeadlineSeconds: 1"));
    LiveObject work = awaitObject(work(), job -> hasCondition(job, "Failed", "True"));
    assertThat(condition(work, "Failed").orElseThrow().reason()).isEqualTo("DeadlineExceeded");
    assertThat(condition(work, "Failed").orElseThrow().message())
        .isEqualTo("Job was active longer than specified deadline");
  }

  @Test
  void a_job_of_several_completions_runs_several_pods() {
    applied("me", WORK.replace("backoffLimit: 0", "completions: 3\n  parallelism: 2"));
    LiveObject work = awaitObject(work(), job -> hasCondition(job, "Complete", "True"));
    assertThat(work.manifest().integer(0, "status", "succeeded")).isEqualTo(3);
    assertThat(pods("work")).hasSize(3);
  }

  @Test
  void an_indexed_job_numbers_its_pods() {
    applied(
        "me",
        WORK.replace(
            "backoffLimit: 0", "completions: 2\n  parallelism: 2\n  completionMode: Indexed"));
    awaitObject(work(), job -> hasCondition(job, "Complete", "True"));
    assertThat(pods("work"))
        .extracting(
            pod -> pod.manifest().annotations().get("batch.kubernetes.io/job-completion-index"))
        .containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void a_suspended_job_does_not_start_until_it_is_resumed() {
    String suspended = WORK.replace("backoffLimit: 0", "suspend: true");
    applied("me", suspended);
    LiveObject waiting = awaitObject(work(), job -> hasCondition(job, "Suspended", "True"));
    assertThat(waiting.manifest().string("status", "startTime")).isEmpty();
    assertThat(pods("work")).isEmpty();
    applied("me", suspended.replace("suspend: true", "suspend: false"));
    LiveObject done = awaitObject(work(), job -> hasCondition(job, "Complete", "True"));
    assertThat(condition(done, "Suspended").orElseThrow().reason()).isEqualTo("JobResumed");
  }

  @Test
  void a_job_with_a_time_to_live_vanishes_with_its_pods() {
    applied("me", WORK.replace("backoffLimit: 0", "ttlSecondsAfterFinished: 1"));
    awaitGone(work());
    await("no pod is left", () -> pods("work").isEmpty());
  }

  @Test
  void a_finished_job_changes_no_more() {
    applied("me", WORK);
    LiveObject done = awaitObject(work(), job -> hasCondition(job, "Complete", "True"));
    LiveObject again = applied("me", WORK);
    assertThat(again.resourceVersion()).isEqualTo(done.resourceVersion());
    assertThat(pods("work")).extracting(pod -> pod.finalizers()).containsExactly(List.of());
  }
}

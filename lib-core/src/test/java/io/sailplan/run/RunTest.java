package io.sailplan.run;

import static io.sailplan.run.Fixtures.MANAGER;
import static io.sailplan.run.Fixtures.apply;
import static io.sailplan.run.Fixtures.config;
import static io.sailplan.run.Fixtures.create;
import static io.sailplan.run.Fixtures.delete;
import static io.sailplan.run.Fixtures.gate;
import static io.sailplan.run.Fixtures.gone;
import static io.sailplan.run.Fixtures.patch;
import static io.sailplan.run.Fixtures.plan;
import static io.sailplan.run.Fixtures.ready;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.run.TestWorld.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final Manifest A = config("a", "1");
  private static final Manifest B = config("b", "1");
  private static final Manifest C = config("c", "1");

  @Test
  void steps_run_in_order_and_a_failed_one_takes_along_what_needs_it() {
    TestWorld world =
        world(plan(create(A), create(B, "create ConfigMap/a"), create(C)))
            .fates(
                (request, number) ->
                    of(request, "a")
                        ? Fate.answers(
                            TestServer.error(403, "Forbidden", "a is forbidden: no", Map.of()))
                        : Fate.normal());
    Outcome outcome = world.run();
    assertThat(statuses(outcome))
        .containsExactly(StepStatus.FAILED, StepStatus.SKIPPED, StepStatus.SUCCEEDED);
    assertThat(outcome.step("create ConfigMap/b").orElseThrow().explanation())
        .isEqualTo("Skipped because \"create ConfigMap/a\" failed.");
    assertThat(world.sent).hasSize(2);
  }

  @Test
  void what_is_done_about_a_failure_is_not_needed_without_one() {
    Outcome outcome =
        world(
                plan(
                    create(A),
                    gate("failed", Step.Gate.Opens.ANY_FAILED, "create ConfigMap/a"),
                    create(B, "failed")))
            .run();
    assertThat(outcome.isSuccess()).isTrue();
    assertThat(statuses(outcome))
        .containsExactly(StepStatus.SUCCEEDED, StepStatus.NOT_NEEDED, StepStatus.NOT_NEEDED);
  }

  @Test
  void what_is_done_about_a_failure_starts_once_everything_before_it_has_ended() {
    TestWorld world =
        world(
                plan(
                    create(A),
                    create(C, "create ConfigMap/a"),
                    gate(
                        "failed",
                        Step.Gate.Opens.ANY_FAILED,
                        "create ConfigMap/a",
                        "create ConfigMap/c"),
                    create(B, "failed")))
            .fates(
                (request, number) ->
                    of(request, "a")
                        ? Fate.answers(
                            TestServer.error(403, "Forbidden", "a is forbidden: no", Map.of()))
                        : Fate.normal());
    Outcome outcome = world.run();
    assertThat(outcome.isSuccess()).isFalse();
    assertThat(outcome.step("create ConfigMap/b").orElseThrow().status())
        .isEqualTo(StepStatus.SUCCEEDED);
    assertThat(outcome.step("create ConfigMap/c").orElseThrow().status())
        .isEqualTo(StepStatus.SKIPPED);
  }

  @Test
  void a_gate_lets_pass_once_all_before_it_have_succeeded() {
    Outcome outcome =
        world(
                plan(
                    create(B, "both"),
                    create(A),
                    create(C),
                    gate(
                        "both",
                        Step.Gate.Opens.ALL_SUCCEEDED,
                        "create ConfigMap/a",
                        "create ConfigMap/c")))
            .run();
    assertThat(outcome.steps().stream().map(step -> step.step().id()))
        .containsExactly("create ConfigMap/a", "create ConfigMap/c", "both", "create ConfigMap/b");
    assertThat(outcome.isSuccess()).isTrue();
  }

  @Test
  void an_object_that_appeared_meanwhile_is_not_touched() {
    TestWorld world = world(plan(create(A)));
    world.server.put(
        config("a", "9").with(List.of(Map.of("manager", "kubectl")), "metadata", "managedFields"));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.STALE);
    assertThat(step.explanation())
        .isEqualTo(
            "ConfigMap shop/a exists meanwhile: it was made by kubectl at 2026-01-01T00:00:00Z."
                + " Nothing was written. Plan again.");
    assertThat(found(world, A).manifest().string("data", "a")).isEqualTo("9");
  }

  @Test
  void a_lost_answer_to_a_create_is_resolved_by_looking() {
    TestWorld world = world(plan(create(A))).fates(first(Fate.lostAfter()));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(1);
    assertThat(world.sent).hasSize(2).last().isInstanceOf(Request.Get.class);
  }

  @Test
  void a_lost_create_that_had_no_effect_is_sent_again() {
    StepOutcome step = only(world(plan(create(A))).fates(first(Fate.lostBefore())).run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(2);
  }

  @Test
  void a_lost_create_never_takes_somebody_elses_object_for_its_own() {
    TestWorld world = world(plan(create(A))).fates(first(Fate.lostBefore()));
    world.at(Duration.ofMillis(7), () -> world.server.put(A));
    assertThat(only(world.run()).status()).isEqualTo(StepStatus.STALE);
  }

  @Test
  void a_late_effect_of_a_lost_create_is_recognised_when_the_second_try_meets_it() {
    TestWorld world = world(plan(create(A))).fates(first(Fate.lostBefore()));
    world.at(Duration.ofMillis(100), () -> world.server.handle(Request.Apply.of(A, MANAGER)));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(2);
  }

  @Test
  void an_unrelated_change_does_not_make_an_apply_stale() {
    TestWorld world = existing(config("a", "2"), A);
    world.server.put(found(world, A).manifest().with("x", "metadata", "annotations", "other"));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(2);
    assertThat(found(world, A).manifest().string("data", "a")).isEqualTo("2");
  }

  @Test
  void a_change_that_matters_makes_an_apply_stale() {
    TestWorld world = existing(config("a", "2"), A);
    world.server.put(found(world, A).manifest().with("9", "data", "a"));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.STALE);
    assertThat(step.explanation()).contains(".data.a").contains("Nothing was written");
    assertThat(found(world, A).manifest().string("data", "a")).isEqualTo("9");
  }

  @Test
  void an_apply_never_makes_anew_what_is_gone_nor_writes_into_another_object() {
    TestWorld gone = existing(config("a", "2"), A);
    gone.server.remove(A.key());
    assertThat(only(gone.run()).status()).isEqualTo(StepStatus.STALE);
    assertThat(gone.server.find(A.key())).isNull();

    TestWorld other = existing(config("a", "2"), A);
    other.server.remove(A.key());
    other.server.put(A);
    assertThat(only(other.run()).status()).isEqualTo(StepStatus.STALE);
    assertThat(found(other, A).manifest().string("data", "a")).isEqualTo("1");
  }

  @Test
  void an_apply_names_who_owns_the_fields_it_may_not_have() {
    TestWorld world = existing(config("a", "2"), A);
    Manifest live = found(world, A).manifest();
    world.server.put(
        live.with(
            List.of(
                Map.of(
                    "manager",
                    "hpa",
                    "operation",
                    "Update",
                    "fieldsV1",
                    Map.of("f:data", Map.of("f:a", Map.of())))),
            "metadata",
            "managedFields"));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.FAILED);
    assertThat(step.explanation()).contains(".data.a: conflict with \"hpa\" using v1");
  }

  @Test
  void a_lost_answer_to_an_apply_is_resolved_by_looking() {
    StepOutcome after = only(existing(config("a", "2"), A).fates(first(Fate.lostAfter())).run());
    assertThat(after.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(after.attempts()).isEqualTo(1);
    StepOutcome before = only(existing(config("a", "2"), A).fates(first(Fate.lostBefore())).run());
    assertThat(before.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(before.attempts()).isEqualTo(2);
  }

  @Test
  void a_patch_tests_the_uid_of_the_object_that_an_earlier_step_made() {
    TestWorld world =
        world(
            plan(
                create(A),
                patch(A, "", List.of(PatchOperation.add("/data/b", "2")), "create ConfigMap/a")));
    assertThat(statuses(world.run())).containsOnly(StepStatus.SUCCEEDED);
    assertThat(((Request.Patch) world.sent.get(1)).operations().get(0))
        .isEqualTo(PatchOperation.test("/metadata/uid", "uid-1"));
  }

  @Test
  void a_patch_that_does_not_fit_is_stale_and_says_where() {
    TestWorld world = world(plan(patch(A, "uid-1", List.of(PatchOperation.test("/data/a", "7")))));
    world.server.put(A);
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.STALE);
    assertThat(step.explanation()).contains("/data/a");
  }

  @Test
  void a_lost_answer_to_a_patch_is_resolved_by_looking() {
    TestWorld world =
        world(plan(patch(A, "uid-1", List.of(PatchOperation.remove("/data/a")))))
            .fates(first(Fate.lostAfter()));
    world.server.put(A);
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(1);
  }

  @Test
  void a_patch_whose_answer_was_lost_never_claims_that_nothing_was_written() {
    List<PatchOperation> operations =
        List.of(PatchOperation.test("/data/a", "1"), PatchOperation.add("/data/a", "2"));
    TestWorld world = world(plan(patch(A, "uid-1", operations)));
    world.fates(
        (request, number) -> {
          if (number == 2) { // between the lost answer and the look, somebody else writes
            world.server.put(config("a", "3"));
          }
          return number == 1 ? Fate.lostAfter() : Fate.normal();
        });
    world.server.put(A);
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.UNKNOWN);
    assertThat(step.explanation()).contains("/data/a").doesNotContain("Nothing was written");
  }

  @Test
  void a_deletion_spares_another_object_of_the_same_name() {
    TestWorld world = world(plan(delete(A, "uid-0"), gone(A, "uid-0", "delete ConfigMap/a")));
    world.server.put(A);
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsOnly(StepStatus.SUCCEEDED);
    assertThat(outcome.steps().get(0).explanation()).contains("another object");
    assertThat(world.server.find(A.key())).isNotNull();
  }

  @Test
  void a_deletion_that_waits_for_finalizers_names_them() {
    TestWorld world = world(plan(delete(A, "uid-1"), gone(A, "uid-1", "delete ConfigMap/a")));
    world.server.put(A.with(List.of("example.org/keep"), "metadata", "finalizers"));
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsExactly(StepStatus.SUCCEEDED, StepStatus.TIMED_OUT);
    assertThat(outcome.steps().get(1).explanation())
        .isEqualTo(
            "ConfigMap shop/a was not gone within 1 min: it is being deleted, held by"
                + " example.org/keep");
  }

  @Test
  void a_wait_ends_when_the_object_says_so() {
    Manifest widget = widget("");
    TestWorld world = world(plan(create(widget), ready(widget, "create Widget/w")));
    world.at(Duration.ofSeconds(5), () -> setPhase(world, widget, "Ready"));
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsOnly(StepStatus.SUCCEEDED);
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void what_was_seen_before_the_own_write_never_counts() {
    Manifest widget = widget("");
    TestWorld world = world(plan(create(widget), ready(widget, "create Widget/w")));
    LiveObject old =
        LiveObject.of(
            widget("Ready")
                .with("99", "metadata", "resourceVersion")
                .with("uid-1", "metadata", "uid"));
    world.at(Duration.ofSeconds(1), () -> world.tell(new RunEvent.Observed(old)));
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsExactly(StepStatus.SUCCEEDED, StepStatus.TIMED_OUT);
  }

  @Test
  void an_object_missing_before_the_own_write_never_counts_as_deleted() {
    Manifest widget = widget("");
    TestWorld world = world(plan(create(widget), ready(widget, "create Widget/w")));
    world.at(Duration.ofSeconds(1), () -> world.tell(new RunEvent.Vanished(widget.key(), "100")));
    world.at(Duration.ofSeconds(5), () -> setPhase(world, widget, "Ready"));
    assertThat(statuses(world.run())).containsOnly(StepStatus.SUCCEEDED);
  }

  @Test
  void a_wait_fails_if_its_object_is_deleted_or_made_anew() {
    Manifest widget = widget("");
    TestWorld deleted = world(plan(create(widget), ready(widget, "create Widget/w")));
    deleted.at(Duration.ofSeconds(1), () -> deleted.server.remove(widget.key()));
    StepOutcome gone = deleted.run().steps().get(1);
    assertThat(gone.status()).isEqualTo(StepStatus.FAILED);
    assertThat(gone.explanation()).contains("was deleted before it was ready");

    TestWorld replaced = world(plan(create(widget), ready(widget, "create Widget/w")));
    Manifest other =
        widget("Ready").with("999", "metadata", "resourceVersion").with("x", "metadata", "uid");
    replaced.at(
        Duration.ofSeconds(1), () -> replaced.tell(new RunEvent.Observed(LiveObject.of(other))));
    StepOutcome anew = replaced.run().steps().get(1);
    assertThat(anew.status()).isEqualTo(StepStatus.FAILED);
    assertThat(anew.explanation()).contains("made anew");
  }

  @Test
  void a_member_that_only_lost_its_label_is_not_taken_for_gone() {
    Manifest widget = Fixtures.SHOP.mark(widget(""));
    TestWorld world = world(plan(create(widget), ready(widget, "create Widget/w")));
    world.at(Duration.ofSeconds(1), () -> world.tell(new RunEvent.Vanished(widget.key(), "999")));
    world.at(Duration.ofSeconds(5), () -> setPhase(world, widget, "Ready"));
    assertThat(statuses(world.run())).containsOnly(StepStatus.SUCCEEDED);
    assertThat(world.sent).last().isInstanceOf(Request.Get.class);
    assertThat(world.actions)
        .contains(
            new RunAction.Watch(widget.key(), Map.of(Membership.PART_OF, Fixtures.SHOP.id())));
  }

  @Test
  void a_job_that_removed_itself_is_done() {
    Manifest widget = widget("");
    Step.AwaitReady ready = ready(widget, "create Widget/w");
    TestWorld world =
        world(
            plan(
                create(widget),
                new Step.AwaitReady(
                    ready.id(),
                    ready.target(),
                    "",
                    ready.after(),
                    Fixtures.DEADLINE,
                    ready.rule(),
                    Duration.ZERO,
                    true,
                    "")));
    world.at(Duration.ofSeconds(1), () -> world.server.remove(widget.key()));
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsOnly(StepStatus.SUCCEEDED);
    assertThat(outcome.steps().get(1).assumedReady()).isTrue();
    assertThat(outcome.render()).contains("its end was not seen");
  }

  @Test
  void a_job_that_removed_itself_has_ended_as_its_last_state_says() {
    StepOutcome failed = removedItself("Failed");
    assertThat(failed.status()).isEqualTo(StepStatus.FAILED);
    assertThat(failed.explanation()).contains("Job shop/migrate has failed");

    StepOutcome complete = removedItself("Complete");
    assertThat(complete.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(complete.assumedReady()).isFalse();
  }

  /** How the wait for a Job ends that is being deleted when it is seen with this condition. */
  private static StepOutcome removedItself(String condition) {
    Manifest job =
        Manifest.parseJson(
            "{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\",\"metadata\":{\"name\":\"migrate\","
                + "\"namespace\":\"shop\"},\"spec\":{\"ttlSecondsAfterFinished\":0}}");
    Step.AwaitReady ready = ready(job, "create Job/migrate");
    TestWorld world =
        world(
            plan(
                create(job),
                new Step.AwaitReady(
                    ready.id(),
                    ready.target(),
                    "",
                    ready.after(),
                    Fixtures.DEADLINE,
                    null,
                    Duration.ZERO,
                    true,
                    "")));
    world.at(
        Duration.ofSeconds(1),
        () -> {
          LiveObject last = world.server.find(job.key());
          world.server.remove(job.key());
          Manifest ended =
              last.manifest()
                  .with("2026-01-01T00:00:01Z", "metadata", "deletionTimestamp")
                  .with(
                      List.of(Map.of("type", condition, "status", "True")), "status", "conditions");
          world.tell(
              new RunEvent.Vanished(job.key(), world.server.version(), LiveObject.of(ended)));
        });
    return world.run().steps().get(1);
  }

  @Test
  void a_silent_object_counts_as_ready_after_the_quiet_period_and_says_so() {
    Manifest widget = widget("").without("status");
    Step.AwaitReady ready = ready(widget, "create Widget/w");
    TestWorld world =
        world(
            plan(
                create(widget),
                new Step.AwaitReady(
                    ready.id(),
                    ready.target(),
                    "",
                    ready.after(),
                    Fixtures.DEADLINE,
                    null,
                    Duration.ofSeconds(10),
                    false,
                    "")));
    world.server.put(widget);
    world.server.remove(widget.key());
    Outcome outcome = world.fates((request, number) -> Fate.normal().after(Duration.ZERO)).run();
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(10));
    assertThat(outcome.steps().get(1).assumedReady()).isTrue();
  }

  @Test
  void a_wait_says_what_it_waits_for_only_when_that_changes() {
    Manifest widget = widget("");
    TestWorld world = world(plan(create(widget), ready(widget, "create Widget/w")));
    for (int i = 1; i < 5; i++) {
      String phase = "Phase" + i;
      world.at(Duration.ofSeconds(i), () -> setPhase(world, widget, phase));
    }
    world.at(Duration.ofSeconds(9), () -> setPhase(world, widget, "Ready"));
    world.run();
    assertThat(world.progress)
        .filteredOn(event -> event.phase() == Progress.Phase.WAITING)
        .singleElement()
        .extracting(Progress::message)
        .isEqualTo(".status.phase does not have the value waited for");
  }

  @Test
  void an_object_that_others_write_all_the_time_is_given_up() {
    TestWorld world =
        existing(config("a", "2"), A)
            .fates(
                (request, number) ->
                    request.isWrite()
                        ? Fate.answers(
                            TestServer.error(
                                409, "Conflict", "the object has been modified", Map.of()))
                        : Fate.normal());
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.FAILED);
    assertThat(step.attempts()).isEqualTo(WriteTask.MOST_COLLISIONS + 1);
    assertThat(step.explanation()).contains("is changed by others all the time");
  }

  @Test
  void a_write_that_is_never_answered_ends_unknown_after_the_deadline_and_the_grace() {
    Outcome outcome = world(plan(create(A))).fates((request, number) -> Fate.never()).run();
    assertThat(only(outcome).status()).isEqualTo(StepStatus.UNKNOWN);
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void a_write_of_unknown_effect_is_looked_at_once_when_the_run_is_cancelled() {
    TestWorld world =
        world(plan(create(A)))
            .fates(
                (request, number) ->
                    number == 1
                        ? new Fate(
                            Duration.ofMillis(10),
                            TestServer.error(504, "Timeout", "too slow", Map.of()),
                            true,
                            true)
                        : Fate.normal())
            .cancelAt(Duration.ofMillis(200));
    assertThat(only(world.run()).status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(world.sent).hasSize(2).last().isInstanceOf(Request.Get.class);
  }

  @Test
  void a_cancelled_wait_ends_at_once() {
    Manifest widget = widget("");
    TestWorld world =
        world(plan(create(widget), ready(widget, "create Widget/w")))
            .cancelAt(Duration.ofSeconds(3));
    Outcome outcome = world.run();
    assertThat(statuses(outcome)).containsExactly(StepStatus.SUCCEEDED, StepStatus.CANCELLED);
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void a_kind_or_namespace_that_was_made_a_moment_ago_is_waited_for() {
    TestWorld world =
        world(plan(create(A)))
            .fates(
                (request, number) ->
                    number == 1
                        ? Fate.answers(
                            new Response(404, null, "404 page not found", null, List.of()))
                        : number == 2
                            ? Fate.answers(
                                TestServer.error(
                                    404, "NotFound", "namespaces \"shop\" not found", Map.of()))
                            : Fate.normal());
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
    assertThat(step.attempts()).isEqualTo(3);
    assertThat(world.progress)
        .filteredOn(event -> event.phase() == Progress.Phase.RETRYING)
        .extracting(Progress::message)
        .containsExactly(
            "the server answered 404: 404 page not found; again in 0.5 s",
            "the server answered 404 NotFound: namespaces \"shop\" not found; again in 1 s");
  }

  @Test
  void requests_are_retried_as_the_server_asks_and_then_ever_more_slowly() {
    TestWorld world =
        world(plan(create(A)))
            .fates(
                (request, number) ->
                    number <= 3
                        ? Fate.answers(
                                new Response(
                                    429,
                                    null,
                                    "Too many requests, please try again later.",
                                    number == 1 ? Duration.ofSeconds(7) : null,
                                    List.of()))
                            .after(Duration.ZERO)
                        : Fate.normal().after(Duration.ZERO));
    Outcome outcome = world.run();
    assertThat(outcome.isSuccess()).isTrue();
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(7 + 1 + 2));
  }

  @Test
  void a_deadline_names_the_last_error() {
    TestWorld world =
        world(plan(create(A)))
            .fates(
                (request, number) ->
                    Fate.answers(
                        TestServer.error(
                            500,
                            "InternalError",
                            "Internal error occurred: failed calling webhook \"w.example.org\": refused",
                            Map.of())));
    StepOutcome step = only(world.run());
    assertThat(step.status()).isEqualTo(StepStatus.TIMED_OUT);
    assertThat(step.explanation()).contains("1 min").contains("failed calling webhook");
    assertThat(step.took()).isEqualTo(Fixtures.DEADLINE);
  }

  @Test
  void a_cancelled_run_writes_nothing_more_and_sees_what_is_in_flight_to_its_end() {
    TestWorld world =
        new TestWorld(
                plan(create(A), create(B), create(C, "create ConfigMap/a")),
                RunOptions.standard().concurrency(1))
            .fates((request, number) -> Fate.normal().after(Duration.ofSeconds(2)))
            .cancelAt(Duration.ofSeconds(1));
    Outcome outcome = world.run();
    assertThat(statuses(outcome))
        .containsExactly(StepStatus.SUCCEEDED, StepStatus.CANCELLED, StepStatus.CANCELLED);
    assertThat(outcome.cancelled()).isTrue();
    assertThat(world.sent).hasSize(1);
  }

  @Test
  void what_is_not_answered_within_the_grace_is_unknown() {
    TestWorld world =
        world(plan(create(A)))
            .fates((request, number) -> Fate.never())
            .cancelAt(Duration.ofSeconds(1));
    Outcome outcome = world.run();
    assertThat(only(outcome).status()).isEqualTo(StepStatus.UNKNOWN);
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void an_answer_that_is_lost_after_a_cancellation_is_resolved_by_one_look() {
    TestWorld world =
        world(plan(create(A)))
            .fates(first(Fate.lostAfter().after(Duration.ofSeconds(2))))
            .cancelAt(Duration.ofSeconds(1));
    assertThat(only(world.run()).status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void concurrency_bounds_the_requests_in_flight() {
    Step[] steps = new Step[20];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = create(config("c" + i, "1"));
    }
    TestWorld world = new TestWorld(plan(steps), RunOptions.standard().concurrency(3));
    assertThat(world.run().isSuccess()).isTrue();
    assertThat(world.mostInFlight).isEqualTo(3);
  }

  @Test
  void an_empty_plan_ends_at_once() {
    Run run = Run.of(plan(), RunOptions.standard());
    assertThat(run.start(TestWorld.START)).singleElement().isInstanceOf(RunAction.Finish.class);
    assertThat(run.isDone()).isTrue();
    assertThat(run.handle(new RunEvent.Tick(), TestWorld.START)).isEmpty();
  }

  @Test
  void misuse_is_named() {
    Run run = Run.of(plan(create(A)), RunOptions.standard());
    assertThatIllegalStateException().isThrownBy(run::outcome);
    assertThatIllegalStateException()
        .isThrownBy(() -> run.handle(new RunEvent.Tick(), TestWorld.START));
    run.start(TestWorld.START);
    assertThatIllegalStateException().isThrownBy(() -> run.start(TestWorld.START));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.handle(new RunEvent.Lost(7, "x"), TestWorld.START))
        .withMessageContaining("request");
  }

  private static TestWorld world(Plan plan) {
    return new TestWorld(plan, RunOptions.standard());
  }

  /** An object that this application has applied, and a plan to change it. */
  private static TestWorld existing(Manifest desired, Manifest before) {
    TestServer planned = new TestServer();
    Response made = planned.handle(Request.Apply.of(before, MANAGER));
    TestWorld world = world(plan(apply(desired, made.object())));
    world.server.handle(Request.Apply.of(before, MANAGER));
    return world;
  }

  private static Manifest widget(String phase) {
    return Fixtures.json(
        "{'apiVersion':'example.org/v1','kind':'Widget','metadata':{'name':'w','namespace':'shop'},"
            + "'status':{'phase':'"
            + phase
            + "'}}");
  }

  private static void setPhase(TestWorld world, Manifest object, String phase) {
    world.server.put(found(world, object).manifest().with(phase, "status", "phase"));
  }

  private static TestWorld.Fates first(Fate fate) {
    return (request, number) -> number == 1 ? fate : Fate.normal();
  }

  private static boolean of(Request request, String name) {
    return request instanceof Request.Apply apply && apply.manifest().name().equals(name);
  }

  private static LiveObject found(TestWorld world, Manifest manifest) {
    return requireNonNull(world.server.find(manifest.key()));
  }

  private static List<StepStatus> statuses(Outcome outcome) {
    return outcome.steps().stream().map(StepOutcome::status).toList();
  }

  private static StepOutcome only(Outcome outcome) {
    assertThat(outcome.steps()).hasSize(1);
    return outcome.steps().get(0);
  }
}

package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a plan. Resources are named by their ids in the application, such as {@code
 * Deployment/api}. Every failure shows the plan.
 */
public final class PlanAssert extends AbstractAssert<PlanAssert, Plan> {
  private static final Set<StepKind> WRITES =
      Set.of(StepKind.CREATE, StepKind.APPLY, StepKind.PATCH, StepKind.DELETE);

  PlanAssert(@Nullable Plan actual) {
    super(actual, PlanAssert.class);
  }

  /**
   * Insists that nothing has to be done.
   *
   * @throws AssertionError if a step does anything, waiting included
   */
  public PlanAssert isEmpty() {
    return check(present().isEmpty(), "Expected an empty plan");
  }

  /**
   * Insists that the plan changes nothing; it may wait.
   *
   * @throws AssertionError if a step writes
   */
  public PlanAssert hasNoWrites() {
    List<String> writes =
        present().steps().stream().filter(PlanAssert::isWrite).map(Step::id).toList();
    return check(writes.isEmpty(), "Expected no writes, but found {}", writes);
  }

  /**
   * Insists that these are created, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert creates(String... resources) {
    return has(StepKind.CREATE, resources);
  }

  /**
   * Insists that these are changed by server-side apply, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert applies(String... resources) {
    return has(StepKind.APPLY, resources);
  }

  /**
   * Insists that these are changed by a patch, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert patches(String... resources) {
    return has(StepKind.PATCH, resources);
  }

  /**
   * Insists that these are deleted, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert deletes(String... resources) {
    return has(StepKind.DELETE, resources);
  }

  /**
   * Insists that these are waited for until they are ready, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert awaits(String... resources) {
    return has(StepKind.AWAIT_READY, resources);
  }

  /**
   * Insists that these are waited for until they are gone, among others.
   *
   * @throws AssertionError if one is not
   */
  public PlanAssert awaitsGone(String... resources) {
    return has(StepKind.AWAIT_GONE, resources);
  }

  /**
   * Insists that the plan writes to none of these.
   *
   * @throws AssertionError if a step creates, changes or deletes one
   */
  public PlanAssert leavesAlone(String... resources) {
    for (String resource : resources) {
      for (Step step : present().steps()) {
        check(
            !(isWrite(step) && step.target().resource().equals(resource)),
            "Expected {} to be left alone, but found the step \"{}\"",
            resource,
            step.id());
      }
    }
    return this;
  }

  /**
   * Insists that the plan has just these steps, in any order, by their ids such as {@code create
   * Deployment/api}; steps that do nothing are not counted.
   *
   * @throws AssertionError if one is missing, or there are more
   */
  public PlanAssert hasOnlySteps(String... ids) {
    Set<String> expected = new TreeSet<>(List.of(ids));
    Set<String> found = new TreeSet<>();
    for (Step step : present().steps()) {
      if (step.kind().isWork()) {
        found.add(step.id());
      }
    }
    return check(
        found.equals(expected), "Expected only the steps {}, but found {}", expected, found);
  }

  /**
   * Insists that the plan writes to these one after the other: each write waits, directly or by way
   * of other steps, for all writes to the resource named before it. To stand earlier in the text is
   * not enough.
   *
   * @throws AssertionError if one is not written, or does not wait
   */
  public PlanAssert inOrder(String... resources) {
    for (int i = 0; i < resources.length; i++) {
      List<Step> later = writes(resources[i]);
      check(!later.isEmpty(), "Expected a write to {}, but found none", resources[i]);
      for (Step step : i == 0 ? List.<Step>of() : later) {
        Set<String> waitsFor = everythingBefore(step);
        for (Step earlier : writes(resources[i - 1])) {
          check(
              waitsFor.contains(earlier.id()),
              "Expected \"{}\" to wait for \"{}\", but nothing makes it",
              step.id(),
              earlier.id());
        }
      }
    }
    return this;
  }

  /**
   * Insists on a warning.
   *
   * @throws AssertionError if there is none with this code; shows all warnings
   */
  public PlanAssert warns(ProblemCode code) {
    List<Problem> warnings = present().warnings();
    return check(
        warnings.stream().anyMatch(warning -> warning.code() == code),
        "Expected a warning {}, but found {}",
        code.id(),
        warnings);
  }

  /**
   * Insists that the plan, as people read it, contains these texts.
   *
   * @throws AssertionError if one is missing
   */
  public PlanAssert says(String... texts) {
    String rendered = present().render();
    for (String text : texts) {
      check(rendered.contains(text), "Expected the plan to say \"{}\"", text);
    }
    return this;
  }

  private PlanAssert has(StepKind kind, String... resources) {
    List<String> found = new ArrayList<>();
    for (Step step : present().steps()) {
      if (step.kind() == kind) {
        found.add(step.target().resource());
      }
    }
    for (String resource : resources) {
      check(
          found.contains(resource),
          "Expected a step {} for {}, but found such steps only for {}",
          kind,
          resource,
          found);
    }
    return this;
  }

  private List<Step> writes(String resource) {
    return present().steps().stream()
        .filter(step -> isWrite(step) && step.target().resource().equals(resource))
        .toList();
  }

  private Set<String> everythingBefore(Step step) {
    Set<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(step.after());
    while (!open.isEmpty()) {
      String id = open.pop();
      if (found.add(id)) {
        present().step(id).ifPresent(before -> open.addAll(before.after()));
      }
    }
    return found;
  }

  private PlanAssert check(boolean holds, String message, Object... arguments) {
    if (!holds) {
      throw failure(
          "%s", Message.fill(message, arguments) + "\nin the plan:\n" + present().render());
    }
    return this;
  }

  private Plan present() {
    isNotNull();
    return requireNonNull(actual);
  }

  private static boolean isWrite(Step step) {
    return WRITES.contains(step.kind());
  }
}

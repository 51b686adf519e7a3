package io.sailplan.plan;

import io.sailplan.plan.PlanView.Block;
import io.sailplan.plan.PlanView.Change;
import io.sailplan.plan.PlanView.Sign;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Makes {@link PlanView}s. */
final class PlanViews {
  private final Plan plan;
  private final Doubts doubts;

  PlanViews(Plan plan) {
    this.plan = plan;
    this.doubts = Doubts.of(plan);
  }

  PlanView view() {
    Map<String, List<Step>> bySubject = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      bySubject.computeIfAbsent(subject(step), subject -> new ArrayList<>()).add(step);
    }
    List<Block> blocks = new ArrayList<>();
    bySubject.forEach(
        (subject, steps) -> {
          if (isWorthTelling(steps)) {
            blocks.add(block(subject, steps));
          }
        });
    return new PlanView(
        plan.operation().verb() + " " + plan.operation().membership(),
        blocks,
        doubts.reasons(),
        plan.warnings().stream().map(warning -> warning.at(null)).toList(),
        summary(),
        doubts.sureness());
  }

  private static String subject(Step step) {
    return step.kind() == StepKind.GATE ? step.id() : step.target().resource();
  }

  private boolean isWorthTelling(List<Step> steps) {
    if (steps.get(0).kind() == StepKind.GATE) {
      return !plan.isEmpty();
    }
    return steps.size() > 1
        || !(steps.get(0) instanceof Step.Unchanged unchanged)
        || unchanged.kept();
  }

  private Block block(String subject, List<Step> steps) {
    Step first = steps.get(0);
    List<Change> changes = new ArrayList<>();
    for (Step step : steps) {
      for (FieldChange change : told(step)) {
        changes.add(change(change));
      }
    }
    boolean plain = first.kind() == StepKind.GATE || first.reason().equals(Step.Create.ABSENT);
    return new Block(
        first.kind(),
        Visible.text(subject),
        String.join(", then ", steps.stream().map(this::deedInFull).toList()),
        plain ? "" : Visible.text(first.reason()),
        changes,
        steps.stream().map(Step::id).toList());
  }

  /** Of an object that is made, everything is new: told is what tells people what it will run. */
  private static List<FieldChange> told(Step step) {
    List<FieldChange> changes = Steps.changes(step);
    return step instanceof Step.Create
        ? changes.stream().filter(PlanViews::isTelling).toList()
        : changes;
  }

  private static boolean isTelling(FieldChange change) {
    String path = change.path().toString();
    return change.before() != null
        || (change.after() == null && change.certainty() instanceof Certainty.Deferred)
        || (change.after() != null
            && (path.endsWith("].image")
                || path.equals(".spec.replicas")
                || path.equals(".spec.schedule")
                || path.equals(".spec.type")));
  }

  private Change change(FieldChange change) {
    int doubt = doubts.number(change);
    String path = Visible.text(change.path().toString());
    String later =
        change.certainty() instanceof Certainty.Deferred deferred ? deferred.toString() : "";
    if (!later.isEmpty() && change.after() == null) {
      boolean shown = change.before() != null && !change.secret();
      return new Change(
          change.before() == null ? Sign.ADDED : Sign.CHANGED,
          path,
          shown ? Visible.value(change.before()) : "",
          "",
          List.of(),
          later,
          doubt);
    }
    if (change.certainty() instanceof Certainty.Unknown) {
      return new Change(Sign.UNKNOWN, path, "", "", List.of(), "", doubt);
    }
    Sign sign =
        change.before() == null ? Sign.ADDED : change.after() == null ? Sign.REMOVED : Sign.CHANGED;
    if (change.secret()) {
      return new Change(
          sign,
          path,
          sign == Sign.REMOVED ? Visible.SECRET : "",
          sign == Sign.ADDED ? Visible.SECRET : sign == Sign.CHANGED ? Visible.CHANGING : "",
          List.of(),
          later,
          doubt);
    }
    if (sign == Sign.CHANGED) {
      List<String> lines = TextDiff.lines(change.before(), change.after());
      ValueTexts texts = ValueTexts.of(change.before(), change.after());
      return new Change(
          sign,
          path,
          lines.isEmpty() ? texts.before() : "",
          lines.isEmpty() ? texts.after() : "",
          lines,
          later,
          doubt);
    }
    return new Change(
        sign,
        path,
        sign == Sign.REMOVED ? Visible.value(change.before()) : "",
        sign == Sign.ADDED ? Visible.value(change.after()) : "",
        List.of(),
        later,
        doubt);
  }

  private String summary() {
    long unchanged = count(step -> step.kind() == StepKind.UNCHANGED);
    if (plan.isEmpty()) {
      return "Nothing to do: "
          + (unchanged == 1 ? "1 object is as it" : unchanged + " objects are as they")
          + " should be.";
    }
    List<String> parts = new ArrayList<>();
    add(parts, count(step -> step.kind() == StepKind.CREATE), "to create");
    add(
        parts,
        count(step -> step.kind() == StepKind.APPLY || step.kind() == StepKind.PATCH),
        "to change");
    add(parts, count(step -> step.kind() == StepKind.DELETE), "to delete");
    add(parts, count(step -> step.kind() == StepKind.AWAIT_READY), "to become ready");
    add(parts, count(step -> step.kind() == StepKind.AWAIT_GONE), "to vanish");
    add(parts, unchanged, "left alone");
    return "Plan: " + String.join(", ", parts) + ".";
  }

  private static void add(List<String> parts, long count, String text) {
    if (count > 0) {
      parts.add(count + " " + text);
    }
  }

  /** Counts objects: one that is taken over and then applied to is still one. */
  private long count(Predicate<Step> predicate) {
    return plan.steps().stream().filter(predicate).map(Step::target).distinct().count();
  }

  /** Says as well if it is only done about a failure. */
  private String deedInFull(Step step) {
    boolean rescues =
        step.after().stream()
            .map(plan::step)
            .anyMatch(
                before ->
                    before.isPresent()
                        && before.get() instanceof Step.Gate gate
                        && gate.opens() == Step.Gate.Opens.ANY_FAILED);
    return rescues ? deed(step) + " in case of failure" : deed(step);
  }

  private static String deed(Step step) {
    return switch (step.kind()) {
      case CREATE -> "create";
      case APPLY ->
          step instanceof Step.Apply apply && apply.force() ? "change by force" : "change";
      case PATCH -> "patch";
      case DELETE -> "delete";
      case AWAIT_READY -> "wait until ready (at most " + duration(step.deadline()) + ")";
      case AWAIT_GONE -> "wait until gone (at most " + duration(step.deadline()) + ")";
      case UNCHANGED -> "leave alone";
      case GATE -> step.reason();
    };
  }

  private static String duration(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}

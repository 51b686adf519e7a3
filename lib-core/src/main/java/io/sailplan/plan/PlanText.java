package io.sailplan.plan;

import io.sailplan.model.Json;
import io.sailplan.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes plans as people read them: one block for each object, in the order of the plan, what
 * changes field by field, and a last line that counts. Values of Secrets are never written.
 */
public final class PlanText {
  private static final PlanText PLAIN = new PlanText(false);
  private static final PlanText COLOURED = new PlanText(true);
  private static final int LONGEST_VALUE = 100;

  private final boolean coloured;

  private PlanText(boolean coloured) {
    this.coloured = coloured;
  }

  /** Returns a writer of plain text. */
  public static PlanText plain() {
    return PLAIN;
  }

  /**
   * Returns a writer that colours by ANSI escapes: green for what is made, yellow for what changes,
   * red for what goes.
   */
  public static PlanText coloured() {
    return COLOURED;
  }

  /** Returns the text, ending with a line break. */
  public String render(Plan plan) {
    StringBuilder text = new StringBuilder();
    text.append("Plan: ")
        .append(plan.operation().verb())
        .append(' ')
        .append(plan.operation().membership())
        .append("\n\n");
    Map<String, List<Step>> byResource = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      String block = step.kind() == StepKind.GATE ? step.id() : step.target().resource();
      byResource.computeIfAbsent(block, resource -> new ArrayList<>()).add(step);
    }
    int width =
        plan.steps().stream()
            .filter(step -> step.kind() != StepKind.GATE)
            .mapToInt(step -> step.target().resource().length())
            .max()
            .orElse(0);
    byResource.forEach(
        (resource, steps) -> block(text, plan, resource, steps, Math.min(width, 48)));
    if (!plan.isEmpty()) {
      text.append('\n');
    }
    for (Problem warning : plan.warnings()) {
      // Without its place: the same documents in another order are the same plan, to the byte.
      text.append(paint(YELLOW, warning.at(null).toString())).append('\n');
    }
    return text.append(summary(plan)).append('\n').toString();
  }

  /** Returns the last line: how much of what the plan does. */
  String summary(Plan plan) {
    long unchanged = count(plan, step -> step.kind() == StepKind.UNCHANGED);
    if (plan.isEmpty()) {
      return "Nothing to do: "
          + (unchanged == 1 ? "1 object is as it" : unchanged + " objects are as they")
          + " should be.";
    }
    List<String> parts = new ArrayList<>();
    add(parts, count(plan, step -> step.kind() == StepKind.CREATE), "to create");
    add(
        parts,
        count(plan, step -> step.kind() == StepKind.APPLY || step.kind() == StepKind.PATCH),
        "to change");
    add(parts, count(plan, step -> step.kind() == StepKind.DELETE), "to delete");
    add(parts, count(plan, step -> step.kind() == StepKind.AWAIT_READY), "to become ready");
    add(parts, count(plan, step -> step.kind() == StepKind.AWAIT_GONE), "to vanish");
    add(parts, unchanged, "left alone");
    return "Plan: " + String.join(", ", parts) + ".";
  }

  private void block(StringBuilder text, Plan plan, String resource, List<Step> steps, int width) {
    Step first = steps.get(0);
    if (first.kind() == StepKind.GATE) {
      if (!plan.isEmpty()) {
        text.append("  ").append(mark(StepKind.GATE)).append(' ').append(verb(first)).append('\n');
      }
      return;
    }
    if (steps.size() == 1 && first.kind() == StepKind.UNCHANGED && !isKept(plan, first)) {
      return;
    }
    String colour = colour(first.kind());
    String verbs = String.join(", then ", steps.stream().map(PlanText::verb).toList());
    String line = "  " + mark(first.kind()) + " " + pad(resource, width) + "  " + verbs;
    text.append(paint(colour, line.stripTrailing())).append('\n');
    if (!first.reason().equals(Step.Create.ABSENT)) { // a plus says as much
      text.append("      ").append(first.reason()).append('\n');
    }
    for (Step step : steps) {
      changes(text, step);
    }
  }

  /**
   * Returns whether an operation that removes leaves this object alone: people want to be told
   * each.
   */
  private static boolean isKept(Plan plan, Step step) {
    return plan.operation().verb().equals("delete") && step.kind() == StepKind.UNCHANGED;
  }

  private void changes(StringBuilder text, Step step) {
    if (step instanceof Step.Create create) {
      for (FieldChange change : create.changes()) {
        if (change.before() != null) { // of the object that it takes the place of
          text.append("      ").append(changed(change)).append('\n');
        } else if (isFact(change)) {
          text.append("      ").append(created(change)).append('\n');
        }
      }
      return;
    }
    List<FieldChange> changes =
        step instanceof Step.Apply apply
            ? apply.changes()
            : step instanceof Step.Patch patch ? patch.changes() : List.of();
    for (FieldChange change : changes) {
      text.append("      ").append(changed(change)).append('\n');
    }
  }

  /** Returns whether the field is one of the few that tell people what an object will run. */
  private static boolean isFact(FieldChange change) {
    String path = change.path().toString();
    return change.after() != null
        && (path.endsWith("].image")
            || path.equals(".spec.replicas")
            || path.equals(".spec.schedule")
            || path.equals(".spec.type"));
  }

  private String created(FieldChange change) {
    return paint(GREEN, "+ " + change.path() + ": " + value(change.after(), change.secret()));
  }

  private String changed(FieldChange change) {
    if (change.certainty() instanceof Certainty.Unknown) {
      return paint(YELLOW, "~ fields unknown: this kind, or this version of it, was not to be had");
    }
    String certainty =
        change.certainty() instanceof Certainty.Deferred deferred ? "  (" + deferred + ")" : "";
    if (change.secret() && change.before() != null && change.after() != null) {
      return paint(YELLOW, "~ " + change.path() + ": (secret, changes)" + certainty);
    }
    if (change.before() == null) {
      return paint(
          GREEN, "+ " + change.path() + ": " + value(change.after(), change.secret()) + certainty);
    }
    if (change.after() == null) {
      return paint(
          RED, "- " + change.path() + ": " + value(change.before(), change.secret()) + certainty);
    }
    return paint(
        YELLOW,
        "~ "
            + change.path()
            + ": "
            + value(change.before(), false)
            + " → "
            + value(change.after(), false)
            + certainty);
  }

  private static String value(@Nullable Object value, boolean secret) {
    if (secret) {
      return "(secret)";
    }
    String text = Json.write(value);
    return text.length() <= LONGEST_VALUE
        ? text
        : text.substring(0, LONGEST_VALUE) + "… (" + text.length() + " characters)";
  }

  private static String verb(Step step) {
    return step.accept(
        new StepVisitor<>() {
          @Override
          public String create(Step.Create create) {
            return "create";
          }

          @Override
          public String apply(Step.Apply apply) {
            return apply.force() ? "change by force" : "change";
          }

          @Override
          public String patch(Step.Patch patch) {
            return "patch";
          }

          @Override
          public String delete(Step.Delete delete) {
            return "delete";
          }

          @Override
          public String awaitReady(Step.AwaitReady await) {
            return "wait until ready (at most " + duration(await.deadline()) + ")";
          }

          @Override
          public String awaitGone(Step.AwaitGone await) {
            return "wait until gone (at most " + duration(await.deadline()) + ")";
          }

          @Override
          public String unchanged(Step.Unchanged unchanged) {
            return "leave alone";
          }

          @Override
          public String gate(Step.Gate gate) {
            return gate.reason();
          }
        });
  }

  private static String mark(StepKind kind) {
    return switch (kind) {
      case CREATE -> "+";
      case APPLY, PATCH -> "~";
      case DELETE -> "-";
      case AWAIT_READY, AWAIT_GONE -> "…";
      case UNCHANGED -> "=";
      case GATE -> "·";
    };
  }

  private static String colour(StepKind kind) {
    return switch (kind) {
      case CREATE -> GREEN;
      case APPLY, PATCH -> YELLOW;
      case DELETE -> RED;
      case AWAIT_READY, AWAIT_GONE, UNCHANGED, GATE -> "";
    };
  }

  private static String duration(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private static void add(List<String> parts, long count, String text) {
    if (count > 0) {
      parts.add(count + " " + text);
    }
  }

  private static long count(Plan plan, Predicate<Step> predicate) {
    return plan.steps().stream().filter(predicate).count();
  }

  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String RED = "31";

  private String paint(String colour, String text) {
    return coloured && !colour.isEmpty() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}

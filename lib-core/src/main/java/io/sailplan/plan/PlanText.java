package io.sailplan.plan;

import io.sailplan.plan.PlanView.Block;
import io.sailplan.plan.PlanView.Change;
import io.sailplan.problem.Problem;
import java.util.List;

/**
 * Writes plans as people read them: one block for each object, in the order of the plan, what
 * changes field by field, and a last line that counts. Values of Secrets are never written.
 */
public final class PlanText {
  private static final PlanText PLAIN = new PlanText(false);
  private static final PlanText COLOURED = new PlanText(true);
  private static final int WIDEST = 48;

  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String RED = "31";
  private static final String DIM = "2";

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
    PlanView view = PlanView.of(plan);
    StringBuilder text = new StringBuilder("Plan: ").append(view.title()).append("\n\n");
    int width =
        view.blocks().stream()
            .filter(block -> block.kind() != StepKind.GATE)
            .mapToInt(block -> block.subject().length())
            .max()
            .orElse(0);
    view.blocks().forEach(block -> block(text, block, Math.min(width, WIDEST)));
    if (!view.blocks().isEmpty()) {
      text.append('\n');
    }
    doubts(text, view.doubts());
    for (Problem warning : view.warnings()) {
      text.append(paint(YELLOW, warning.toString())).append('\n');
    }
    text.append(view.summary()).append('\n');
    return view.sureness().isEmpty()
        ? text.toString()
        : text.append(view.sureness()).append('\n').toString();
  }

  private void block(StringBuilder text, Block block, int width) {
    String line =
        block.kind() == StepKind.GATE
            ? block.mark() + " " + block.deed()
            : block.mark() + " " + pad(block.subject(), width) + "  " + block.deed();
    text.append(paint(colour(block.kind()), "  " + line)).append('\n');
    if (!block.reason().isEmpty()) {
      text.append("      ").append(block.reason()).append('\n');
    }
    block.changes().forEach(change -> change(text, change));
  }

  private void change(StringBuilder text, Change change) {
    text.append("      ")
        .append(paint(colour(change), change.sign().mark() + " " + change.text() + change.notes()))
        .append('\n');
    for (String line : change.lines()) {
      String colour =
          line.startsWith("+")
              ? GREEN
              : line.startsWith("-") ? RED : line.startsWith("@") ? DIM : "";
      text.append("          ").append(paint(colour, line).stripTrailing()).append('\n');
    }
  }

  private void doubts(StringBuilder text, List<String> doubts) {
    for (int i = 0; i < doubts.size(); i++) {
      String number = doubts.size() == 1 ? "" : "[" + (i + 1) + "] ";
      text.append(paint(DIM, number + "assumed: " + doubts.get(i))).append('\n');
    }
  }

  private static String colour(Change change) {
    return switch (change.sign()) {
      case ADDED -> GREEN;
      case REMOVED -> RED;
      case CHANGED, UNKNOWN -> YELLOW;
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

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private String paint(String colour, String text) {
    return coloured && !colour.isEmpty() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }
}

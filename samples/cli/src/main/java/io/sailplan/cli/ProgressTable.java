package io.sailplan.cli;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.run.Progress;
import io.sailplan.run.StepStatus;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows on a terminal what is being done: what has ended scrolls away above, what goes on is
 * rewritten in place below. Lines are cut off at the edge by the terminal itself, so that its width
 * need not be known; few rows are shown, so that its height need not be, either.
 */
final class ProgressTable implements ProgressView {
  private static final int MOST_ROWS = 10;
  private static final String CUT_LINES = "\u001b[?7l";
  private static final String WRAP_LINES = "\u001b[?7h";

  private final Plan plan;
  private final PrintStream out;
  private final Style style;
  private final Map<String, Integer> open = new HashMap<>();
  private final Map<String, String> rows = new LinkedHashMap<>();
  private final int width;
  private final long total;
  private long done;
  private int drawn;

  ProgressTable(Plan plan, PrintStream out, Style style) {
    this.plan = plan;
    this.out = out;
    this.style = style;
    List<Step> steps = plan.steps().stream().filter(step -> step.kind().isWork()).toList();
    steps.forEach(step -> open.merge(step.target().resource(), 1, Integer::sum));
    this.total = open.size();
    this.width = open.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public void accept(Progress progress) {
    Optional<Step> step = plan.step(progress.step());
    if (step.isPresent() && step.get().kind().isWork()) {
      StringBuilder text = erased();
      update(step.get(), progress, text);
      draw(text);
      out.print(text);
      out.flush();
    }
  }

  @Override
  public void finish() {
    out.print(erased());
    out.flush();
  }

  private void update(Step step, Progress progress, StringBuilder above) {
    String resource = step.target().resource();
    String words = StepWords.ongoing(step.kind(), progress);
    if (progress.phase() != Progress.Phase.ENDED) {
      rows.put(resource, words);
      return;
    }
    StepStatus status = StepWords.status(progress);
    boolean isLast = open.merge(resource, -1, Integer::sum) == 0;
    if (isLast) {
      rows.remove(resource);
      done++;
    } else {
      rows.put(resource, words);
    }
    if (isLast || (!status.isGood() && status != StepStatus.SKIPPED)) {
      String why = StepWords.explanation(progress);
      String mark =
          status.isGood()
              ? style.green("✔")
              : status == StepStatus.SKIPPED ? style.yellow("-") : style.red("✘");
      above.append(mark).append(' ').append(name(resource)).append("  ").append(words);
      above.append(why.isEmpty() ? "" : ": " + why).append('\n');
    }
  }

  private void draw(StringBuilder text) {
    text.append(CUT_LINES);
    int shown = 0;
    for (Map.Entry<String, String> row : rows.entrySet()) {
      if (shown == MOST_ROWS) {
        break;
      }
      text.append(style.yellow("…")).append(' ').append(name(row.getKey())).append("  ");
      text.append(row.getValue()).append('\n');
      shown++;
    }
    text.append(style.dim(done + " of " + total + " objects done"));
    text.append(
        rows.size() > shown ? style.dim(", " + (rows.size() - shown) + " more under way") : "");
    text.append('\n').append(WRAP_LINES);
    drawn = shown + 1;
  }

  private StringBuilder erased() {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append("A\r\u001b[J");
      drawn = 0;
    }
    return text;
  }

  private String name(String resource) {
    return style.bold(resource) + " ".repeat(width - resource.length());
  }
}

package io.sailplan.cli;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.run.Progress;
import io.sailplan.run.StepStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a line for each event, for logs: the time since the start, the object, what happened. */
final class ProgressLines implements ProgressView {
  private final Plan plan;
  private final PrintStream out;
  private final Style style;
  private @Nullable Instant start;

  ProgressLines(Plan plan, PrintStream out, Style style) {
    this.plan = plan;
    this.out = out;
    this.style = style;
  }

  @Override
  public void accept(Progress progress) {
    if (start == null) {
      start = progress.at();
    }
    Optional<Step> step = plan.step(progress.step());
    if (step.isPresent() && isNews(step.get(), progress)) {
      String time = seconds(Duration.between(start, progress.at()));
      out.println(style.dim(time) + "  " + line(step.get(), progress, style));
    }
  }

  @Override
  public void finish() {
    out.flush();
  }

  /** Returns the object, and what happened to it. */
  static String line(Step step, Progress progress, Style style) {
    String text = StepWords.ongoing(step.kind(), progress);
    if (progress.phase() == Progress.Phase.ENDED) {
      StepStatus status = StepWords.status(progress);
      text = status.isGood() ? style.green(text) : style.red(text);
      String why = StepWords.explanation(progress);
      text += why.isEmpty() ? "" : ": " + why;
    }
    return style.bold(step.target().resource()) + "  " + text;
  }

  /** What is left alone is no news; that a step was begun only if one may have to wait for it. */
  private static boolean isNews(Step step, Progress progress) {
    return step.kind().isWork() && progress.phase() != Progress.Phase.STARTED;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%6.1fs", duration.toMillis() / 1000.0);
  }
}

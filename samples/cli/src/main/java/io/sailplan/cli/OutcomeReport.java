package io.sailplan.cli;

import io.sailplan.run.Outcome;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells how a run ended. */
final class OutcomeReport {
  private OutcomeReport() {}

  static String text(Outcome outcome, Style style) {
    StringBuilder text = new StringBuilder();
    for (StepOutcome failure : outcome.failures()) {
      text.append('\n').append(style.bold(failure.step().target().resource())).append("  ");
      text.append(style.red(StepWords.ended(failure.step().kind(), failure.status())));
      text.append(style.dim("  (" + failure.step().id() + ")")).append('\n');
      failure.explanation().lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
    List<String> counts = new ArrayList<>();
    for (StepStatus status : StepStatus.values()) {
      long count = outcome.steps().stream().filter(step -> step.status() == status).count();
      if (count > 0 && status != StepStatus.UNCHANGED) {
        counts.add(count + " " + word(status));
      }
    }
    List<StepOutcome> assumed = outcome.steps().stream().filter(StepOutcome::assumedReady).toList();
    for (StepOutcome step : assumed) {
      text.append(style.bold(step.step().target().resource()));
      text.append("  says nothing of its state, and was taken as ready\n");
    }
    String verdict =
        outcome.isSuccess()
            ? style.green("Done")
            : style.red(outcome.cancelled() ? "Cancelled" : "Failed");
    text.append(style.bold(verdict)).append(" in ").append(Durations.text(outcome.took()));
    return text.append(": ").append(String.join(", ", counts)).append(".\n").toString();
  }

  static Map<String, @Nullable Object> json(Outcome outcome) {
    Map<String, @Nullable Object> document = Documents.of("outcome");
    document.put("operation", outcome.plan().operation().verb());
    Map<String, @Nullable Object> application = new LinkedHashMap<>();
    application.put("namespace", outcome.plan().operation().membership().namespace());
    application.put("name", outcome.plan().operation().membership().name());
    document.put("application", application);
    document.put("success", outcome.isSuccess());
    document.put("cancelled", outcome.cancelled());
    document.put("tookMillis", outcome.took().toMillis());
    document.put("steps", outcome.steps().stream().map(OutcomeReport::json).toList());
    return document;
  }

  private static Map<String, @Nullable Object> json(StepOutcome step) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", step.step().id());
    json.put("resource", step.step().target().resource());
    json.put("status", step.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("explanation", step.explanation());
    json.put("assumedReady", step.assumedReady());
    json.put("attempts", step.attempts());
    json.put("tookMillis", step.took().toMillis());
    return json;
  }

  private static String word(StepStatus status) {
    return switch (status) {
      case SUCCEEDED -> "done";
      case UNCHANGED -> "unchanged";
      case NOT_NEEDED -> "not needed";
      case FAILED -> "failed";
      case TIMED_OUT -> "timed out";
      case STALE -> "stale";
      case SKIPPED -> "skipped";
      case CANCELLED -> "cancelled";
      case UNKNOWN -> "of unknown effect";
    };
  }
}

package io.sailplan.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes outcomes as people read them. */
final class OutcomeText {
  private final StringBuilder text = new StringBuilder();

  private OutcomeText() {}

  static String of(Outcome outcome) {
    OutcomeText text = new OutcomeText();
    text.headline(outcome);
    outcome.failures().forEach(text::failure);
    text.groups(outcome);
    text.notes(outcome);
    return text.text.toString();
  }

  private void headline(Outcome outcome) {
    long good = outcome.steps().stream().filter(step -> step.status().isGood()).count();
    int all = outcome.steps().size();
    text.append(good)
        .append(" of ")
        .append(all)
        .append(all == 1 ? " step" : " steps")
        .append(" done in ")
        .append(Spans.text(outcome.took()))
        .append(outcome.cancelled() ? ", then cancelled\n" : "\n");
  }

  /** Steps that were cancelled before they began have nothing to say of themselves. */
  private static boolean isGrouped(StepOutcome step) {
    return step.status() == StepStatus.SKIPPED
        || (step.status() == StepStatus.CANCELLED && step.attempts() == 0);
  }

  private void failure(StepOutcome step) {
    if (isGrouped(step)) {
      return;
    }
    text.append('\n')
        .append(step.status())
        .append("  ")
        .append(step.step().id())
        .append("  (")
        .append(Spans.text(step.took()));
    if (step.attempts() > 1) {
      text.append(", ").append(step.attempts()).append(" attempts");
    }
    text.append(")\n");
    indented(step.explanation());
  }

  private void groups(Outcome outcome) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (StepOutcome step : outcome.steps()) {
      if (isGrouped(step)) {
        String why = step.explanation().replaceFirst("^Skipped ", "");
        groups
            .computeIfAbsent(step.status() + "  " + why, key -> new ArrayList<>())
            .add(step.step().id());
      }
    }
    groups.forEach(
        (why, ids) -> {
          text.append('\n').append(why).append('\n');
          ids.forEach(this::indented);
        });
  }

  private void notes(Outcome outcome) {
    List<String> notes = new ArrayList<>();
    for (StepOutcome step : outcome.steps()) {
      if (step.status().isGood() && step.assumedReady() && step.explanation().isEmpty()) {
        notes.add(step.step().id() + ": assumed to be ready, as nothing in it says whether it is.");
      }
      if (step.status().isGood() && !step.explanation().isEmpty()) {
        notes.add(step.step().id() + ": " + step.explanation());
      }
    }
    if (!notes.isEmpty()) {
      text.append("\nNOTE\n");
      notes.forEach(this::indented);
    }
  }

  private void indented(String lines) {
    lines.lines().forEach(line -> text.append("  ").append(line).append('\n'));
  }
}

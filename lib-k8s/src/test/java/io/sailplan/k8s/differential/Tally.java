package io.sailplan.k8s.differential;

import io.sailplan.k8s.differential.Outcome.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what all cases have shown. */
final class Tally {
  private final List<Outcome> outcomes = new ArrayList<>();

  void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  List<Outcome.Finding> findings(Verdict verdict) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.findings.stream())
        .filter(finding -> finding.verdict() == verdict)
        .toList();
  }

  /** What was proven and not so, each with what tries it again. */
  List<String> contradictions(long seed) {
    List<String> all = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      for (Outcome.Finding finding : outcome.findings) {
        if (finding.verdict() == Verdict.CONTRADICTED) {
          all.add(
              "-Dsailplan.plan.seed="
                  + seed
                  + " -Dsailplan.plan.case="
                  + outcome.index
                  + " "
                  + outcome.kind
                  + ": "
                  + finding.sort()
                  + " "
                  + finding.detail());
        }
      }
    }
    return all;
  }

  /** The cases in which a change was predicted. */
  long predictedChanges() {
    return outcomes.stream().filter(outcome -> outcome.ending.startsWith("changed")).count();
  }

  /** The share of changes that were proven, of those that could be. */
  double provenShare() {
    long all = outcomes.stream().mapToLong(outcome -> outcome.changes.size()).sum();
    long proven = count(outcomes, "Proven");
    return all == 0 ? 1 : (double) proven / all;
  }

  private static long count(List<Outcome> outcomes, String certainty) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.changes.stream())
        .filter(change -> change.certainty().equals(certainty))
        .count();
  }

  /** The whole report, in Markdown. */
  String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| kind | cases | changes | proven | assumed | deferred | unknown | endings |\n"
            + "|---|---|---|---|---|---|---|---|\n");
    Map<String, List<Outcome>> kinds = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      kinds.computeIfAbsent(outcome.kind, unused -> new ArrayList<>()).add(outcome);
    }
    kinds.forEach((kind, some) -> row(text, kind, some));
    row(text, "all", outcomes);
    reasons(text);
    for (Verdict verdict : Verdict.values()) {
      sorts(text, verdict);
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String kind, List<Outcome> some) {
    long all = some.stream().mapToLong(outcome -> outcome.changes.size()).sum();
    long proven = count(some, "Proven");
    Map<String, Integer> endings = new TreeMap<>();
    some.forEach(outcome -> endings.merge(outcome.ending, 1, Integer::sum));
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %.1f %% | %d | %d | %d | %s |%n",
            kind,
            some.size(),
            all,
            all == 0 ? 100.0 : 100.0 * proven / all,
            count(some, "Assumed"),
            count(some, "Deferred"),
            count(some, "Unknown"),
            endings));
  }

  private void reasons(StringBuilder text) {
    Map<String, Integer> reasons = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      for (Outcome.Change change : outcome.changes) {
        if (!change.reason().isEmpty()) {
          reasons.merge(Sorts.of(change.reason()), 1, Integer::sum);
        }
      }
    }
    text.append("\nWhy changes were only assumed:\n\n");
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            e ->
                text.append("- ")
                    .append(e.getValue())
                    .append("× ")
                    .append(e.getKey())
                    .append('\n'));
  }

  private void sorts(StringBuilder text, Verdict verdict) {
    Map<String, List<String>> sorts = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      for (Outcome.Finding finding : outcome.findings) {
        if (finding.verdict() == verdict) {
          sorts
              .computeIfAbsent(outcome.kind + ": " + finding.sort(), unused -> new ArrayList<>())
              .add(Integer.toString(outcome.index));
        }
      }
    }
    text.append("\n").append(verdict).append(": ").append(findings(verdict).size()).append("\n\n");
    sorts.entrySet().stream()
        .sorted(
            Comparator.comparing(
                (Map.Entry<String, List<String>> entry) -> -entry.getValue().size()))
        .forEach(
            entry ->
                text.append("- ")
                    .append(entry.getValue().size())
                    .append("× ")
                    .append(entry.getKey())
                    .append(" (case ")
                    .append(
                        String.join(
                            " ", entry.getValue().subList(0, Math.min(3, entry.getValue().size()))))
                    .append(")\n"));
  }

  /** All findings in full. */
  String details() {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : outcomes) {
      for (Outcome.Finding finding : outcome.findings) {
        text.append(outcome.index).append(' ').append(outcome.kind).append(' ');
        text.append(finding.verdict()).append(' ').append(finding.sort()).append('\n');
        text.append("  ").append(finding.detail()).append("\n\n");
      }
    }
    return text.toString();
  }
}

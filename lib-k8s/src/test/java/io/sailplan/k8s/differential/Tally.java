package io.sailplan.k8s.differential;

import io.sailplan.k8s.differential.Outcome.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Adds up what all cases have shown. */
final class Tally {
  private static final String CUSTOM = "differential.example/";

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

  /** The changes of all kinds that are described in the built-in documents, or of all others. */
  List<Outcome.Change> changes(boolean builtIn) {
    return outcomes.stream()
        .filter(outcome -> outcome.kind.startsWith(CUSTOM) != builtIn)
        .flatMap(outcome -> outcome.changes.stream())
        .toList();
  }

  /** The share of changes that were proven, of those in which no conversion takes part. */
  double provenShare() {
    return share(outcomes);
  }

  /**
   * Of a change in an object that the server converts nobody can be sure: it stores another version
   * than the declared one, or others own fields in another one.
   */
  private static boolean isConverted(Outcome.Change change) {
    return change.reason().contains("the server converts between")
        || change.reason().contains("conversion between versions is not predicted");
  }

  private static double share(List<Outcome> outcomes) {
    long all = count(outcomes, change -> !isConverted(change));
    return all == 0 ? 1 : (double) count(outcomes, is("Proven")) / all;
  }

  private static Predicate<Outcome.Change> is(String certainty) {
    return change -> change.certainty().equals(certainty);
  }

  private static long count(List<Outcome> outcomes, Predicate<Outcome.Change> which) {
    return outcomes.stream().flatMap(outcome -> outcome.changes.stream()).filter(which).count();
  }

  /** The whole report, in Markdown. */
  String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        "The share of proven changes leaves out those in which conversion takes part.\n\n"
            + "| kind | cases | changes | converted | proven | share | assumed otherwise | deferred |"
            + " unknown | endings |\n"
            + "|---|---|---|---|---|---|---|---|---|---|\n");
    Map<String, List<Outcome>> kinds = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      kinds.computeIfAbsent(outcome.kind, unused -> new ArrayList<>()).add(outcome);
    }
    kinds.forEach((kind, some) -> row(text, kind, some));
    row(text, "all", outcomes);
    reasons(text);
    text.append(
        String.format(
            Locale.ROOT,
            "%nOf %d changes of objects that were predicted, %d were no-ops.%n",
            predictedChanges(),
            findings(Verdict.NEEDLESS).size()));
    for (Verdict verdict : Verdict.values()) {
      sorts(text, verdict);
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String kind, List<Outcome> some) {
    Map<String, Integer> endings = new TreeMap<>();
    some.forEach(outcome -> endings.merge(outcome.ending, 1, Integer::sum));
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %d | %.2f %% | %d | %d | %d | %s |%n",
            kind,
            some.size(),
            count(some, change -> true),
            count(some, Tally::isConverted),
            count(some, is("Proven")),
            100 * share(some),
            count(some, is("Assumed").and(change -> !isConverted(change))),
            count(some, is("Deferred")),
            count(some, is("Unknown")),
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

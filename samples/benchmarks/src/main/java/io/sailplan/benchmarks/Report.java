package io.sailplan.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures, and whether they keep their budgets. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void title(String text) {
    out.printf("%n%s%n%n", text);
  }

  void row(String name, String one, double oneValue, String other, double otherValue) {
    out.printf(Locale.ROOT, "  %-44s " + one + "   " + other + "%n", name, oneValue, otherValue);
  }

  /** Prints a figure beside its budget; returns whether it keeps it. */
  boolean budget(String name, double figure, double most) {
    boolean kept = figure <= most;
    out.printf(
        Locale.ROOT,
        "  %-44s %8.3f   budget %.3f   %s%n",
        name,
        figure,
        most,
        kept ? "kept" : "EXCEEDED");
    return kept;
  }
}

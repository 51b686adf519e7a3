package io.sailplan.problem;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person probably meant, for the "did you mean" of a hint. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Returns the known word that is nearest to {@code found}; empty if none is near.
   *
   * <p>Near means: equal but for case, or reached by inserting, deleting, replacing or swapping at
   * most a third of the characters of the longer word (one in short words). Ties go to the word
   * that comes first alphabetically, so that the order of {@code known} does not matter.
   */
  public static Optional<String> nearest(String found, Collection<String> known) {
    requireNonNull(found, "found");
    String wanted = found.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String word : known) {
      if (word.equals(found)) {
        continue;
      }
      int allowed = Math.max(1, Math.max(word.length(), found.length()) / 3);
      if (Math.abs(word.length() - found.length()) > allowed) {
        continue;
      }
      int distance = distance(wanted, word.toLowerCase(Locale.ROOT));
      boolean nearer =
          distance < bestDistance
              || (distance == bestDistance && best != null && word.compareTo(best) < 0);
      if (distance <= allowed && nearer) {
        best = word;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Returns {@code Did you mean "x"?} for the nearest known word, or the empty string. */
  public static String didYouMean(String found, Collection<String> known) {
    return nearest(found, known).map(word -> "Did you mean \"" + word + "\"?").orElse("");
  }

  /** Counts single-character edits and swaps of neighbours (optimal string alignment). */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int cost = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[to.length()];
  }
}

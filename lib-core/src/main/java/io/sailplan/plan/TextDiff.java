package io.sailplan.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines in which two texts differ. */
final class TextDiff {
  private static final int CONTEXT = 2;

  /** Comparing takes time with the product of the lines that differ: more are only counted. */
  private static final int MOST_COMPARED = 2000;

  /** Nobody reads more of one field. */
  private static final int MOST_SHOWN = 200;

  private static final int LONGEST_LINE = 200;

  private TextDiff() {}

  /**
   * Returns the lines of a unified diff without its heading; empty unless both are texts and one
   * has several lines.
   */
  static List<String> lines(@Nullable Object before, @Nullable Object after) {
    if (!(before instanceof String one)
        || !(after instanceof String other)
        || (one.indexOf('\n') < 0 && other.indexOf('\n') < 0)) {
      return List.of();
    }
    List<String> from = split(one);
    List<String> to = split(other);
    if (from.equals(to)) {
      return List.of(); // they differ in their last line break only: shown as values
    }
    int shortest = Math.min(from.size(), to.size());
    int start = 0;
    while (start < shortest && from.get(start).equals(to.get(start))) {
      start++;
    }
    int end = 0;
    while (end < shortest - start
        && from.get(from.size() - 1 - end).equals(to.get(to.size() - 1 - end))) {
      end++;
    }
    if (from.size() + to.size() - 2 * (start + end) > MOST_COMPARED) {
      return List.of(
          "@@ line "
              + (start + 1)
              + " and following: "
              + from.size()
              + " lines become "
              + to.size()
              + " @@");
    }
    Patch<String> patch = DiffUtils.diff(from, to);
    List<String> diff = UnifiedDiffUtils.generateUnifiedDiff("", "", from, patch, CONTEXT);
    return shown(diff.subList(Math.min(2, diff.size()), diff.size()));
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static List<String> shown(List<String> diff) {
    List<String> lines = new ArrayList<>();
    for (String line : diff.subList(0, Math.min(MOST_SHOWN, diff.size()))) {
      String visible = Visible.text(line);
      lines.add(
          visible.length() <= LONGEST_LINE ? visible : visible.substring(0, LONGEST_LINE) + "…");
    }
    if (diff.size() > MOST_SHOWN) {
      lines.add("@@ and " + (diff.size() - MOST_SHOWN) + " more lines @@");
    }
    return lines;
  }
}

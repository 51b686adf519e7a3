package io.sailplan.plan;

import io.sailplan.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * Two values as text. Long ones are cut to where they differ: two that begin alike must not look
 * the same.
 */
record ValueTexts(String before, String after) {
  private static final int LONGEST = 100;
  private static final int AROUND = 24;

  static ValueTexts of(@Nullable Object before, @Nullable Object after) {
    String one = Visible.text(Json.write(before));
    String other = Visible.text(Json.write(after));
    if (one.length() <= LONGEST && other.length() <= LONGEST) {
      return new ValueTexts(one, other);
    }
    int shortest = Math.min(one.length(), other.length());
    int start = 0;
    while (start < shortest && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shortest - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    return new ValueTexts(cut(one, start, end), cut(other, start, end));
  }

  /** Returns the text without most of what both begin and end with. */
  private static String cut(String text, int start, int end) {
    int from = boundary(text, Math.max(0, start - AROUND));
    int to = boundary(text, Math.min(text.length(), text.length() - end + AROUND));
    String middle = text.substring(from, to);
    if (middle.length() > LONGEST) {
      middle = middle.substring(0, boundary(middle, LONGEST)) + "…";
      to = text.length();
    }
    return (from > 0 ? "…" : "")
        + middle
        + (to < text.length() ? "…" : "")
        + " ("
        + text.length()
        + " characters)";
  }

  /** Never between the halves of one character. */
  private static int boundary(String text, int index) {
    boolean inside =
        index > 0
            && index < text.length()
            && Character.isLowSurrogate(text.charAt(index))
            && Character.isHighSurrogate(text.charAt(index - 1));
    return inside ? index - 1 : index;
  }
}

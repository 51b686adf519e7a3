package io.sailplan.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Patterns in Go's syntax, compiled and kept. RE2/J takes linear time over a text; what a pattern
 * may expand to is bounded here.
 */
final class Patterns {
  private static final int LONGEST = 1_000;

  /** How often the repetitions of a pattern, multiplied, may write it out. */
  private static final int MOST_COPIES = 1_000;

  private static final int KEPT = 128;

  private final Map<String, Pattern> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
          return size() > KEPT;
        }
      };

  /** Returns a pattern, after paying for its use on a text. */
  Pattern use(Frame frame, String pattern, String text) {
    if (pattern.length() > LONGEST) {
      throw TooCostly.pattern();
    }
    long copies = copies(pattern);
    // Each character of the text may meet each place of the pattern.
    frame.spend(10 + (long) (text.length() + 1) * (1 + pattern.length() * copies / 4));
    synchronized (compiled) {
      Pattern known = compiled.get(pattern);
      if (known != null) {
        return known;
      }
    }
    frame.spend(pattern.length() * copies);
    Pattern made;
    try {
      made = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new CallFailure("the pattern is not one that RE2 reads");
    }
    synchronized (compiled) {
      compiled.put(pattern, made);
    }
    return made;
  }

  /** Multiplies all repetitions: more than what nesting really does, never less. */
  private static long copies(String pattern) {
    long copies = 1;
    int at = pattern.indexOf('{');
    while (at >= 0) {
      int end = pattern.indexOf('}', at);
      if (end < 0) {
        break;
      }
      long most = 1;
      for (String number : pattern.substring(at + 1, end).split(",")) {
        if (number.matches("[0-9]{1,6}")) {
          most = Math.max(most, Long.parseLong(number));
        }
      }
      copies *= most;
      if (copies > MOST_COPIES) {
        throw TooCostly.pattern();
      }
      at = pattern.indexOf('{', at + 1);
    }
    return copies;
  }
}

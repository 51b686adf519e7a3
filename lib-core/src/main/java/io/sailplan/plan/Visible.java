package io.sailplan.plan;

import io.sailplan.model.Json;
import org.jspecify.annotations.Nullable;

/** Values as people may see them. */
final class Visible {
  static final String SECRET = "(secret)";
  static final String CHANGING = "(secret, changes)";
  private static final int LONGEST = 100;

  private Visible() {}

  /** Returns a value as JSON, cut where it is long. */
  static String value(@Nullable Object value) {
    String text = text(Json.write(value));
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
  }

  /**
   * Returns the text with what would not be seen, or would move the cursor, written as an escape: a
   * value must not be able to paint over a line of the plan.
   */
  static String text(String text) {
    StringBuilder visible = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHidden(c)) {
        if (visible == null) {
          visible = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        visible.append(escape(c));
      } else if (visible != null) {
        visible.append(c);
      }
    }
    return visible == null ? text : visible.toString();
  }

  private static boolean isHidden(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT // among them those that turn the direction of writing
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String escape(char c) {
    return c == '\t' ? "\\t" : "\\u" + Integer.toHexString(0x10000 | c).substring(1);
  }
}

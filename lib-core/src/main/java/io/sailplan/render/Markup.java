package io.sailplan.render;

import com.google.common.html.HtmlEscapers;

/** Takes text as text in HTML, SVG and XML. */
final class Markup {
  private static final char UNKNOWN = '\ufffd';

  private Markup() {}

  /** Returns the text escaped; what XML cannot hold, or nobody sees, becomes a question mark. */
  static String escape(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int type = Character.getType(c);
      visible.append(type == Character.CONTROL || type == Character.FORMAT ? UNKNOWN : c);
    }
    return HtmlEscapers.htmlEscaper().escape(visible.toString());
  }
}

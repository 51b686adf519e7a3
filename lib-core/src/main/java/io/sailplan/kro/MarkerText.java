package io.sailplan.kro;

import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the markers of a field, {@code required=true default="a b"}, character by character, just
 * as kro does: quotes and brackets hold spaces together, a backslash counts in quotes only.
 */
final class MarkerText {
  private static final String FORM = "Markers are written key=value, with spaces between them.";

  private final String text;
  private final List<Marker> markers = new ArrayList<>();
  private final StringBuilder buffer = new StringBuilder();
  private Marker.@Nullable Kind current;
  private boolean quoted;
  private boolean escaped;
  private int brackets;

  private MarkerText(String text) {
    this.text = text;
  }

  /** Returns the markers of a field; none if it has no bar. */
  static List<Marker> of(String field) throws SchemaMistake {
    int bar = field.indexOf('|');
    return bar < 0 ? List.of() : new MarkerText(field.substring(bar + 1)).read();
  }

  private List<Marker> read() throws SchemaMistake {
    for (int c : text.codePoints().toArray()) {
      boolean outside = !quoted && brackets == 0;
      if (c == '=' && current == null && outside) {
        key();
      } else if (c == '"' && !escaped) {
        quoted = !quoted;
        buffer.appendCodePoint(c);
      } else if (c == '\\' && quoted && !escaped) {
        escaped = true;
        buffer.appendCodePoint(c);
      } else if (!quoted && isBracket(c)) {
        bracket(c);
      } else if (outside && GoText.isSpace(c)) {
        finish();
      } else {
        escaped = false;
        buffer.appendCodePoint(c);
      }
    }
    end();
    return markers;
  }

  private static boolean isBracket(int c) {
    return c == '{' || c == '[' || c == '}' || c == ']';
  }

  private void bracket(int c) throws SchemaMistake {
    brackets += c == '{' || c == '[' ? 1 : -1;
    buffer.appendCodePoint(c);
    if (brackets < 0) {
      throw new SchemaMistake(
          "unmatched closing bracket/brace", "Take it away, or put the value in quotes.");
    }
  }

  private void key() throws SchemaMistake {
    String key = GoText.trim(buffer.toString());
    if (key.isEmpty()) {
      throw new SchemaMistake("empty marker key", FORM);
    }
    current = Marker.Kind.of(key).orElse(null);
    if (current == null) {
      String hint =
          key.startsWith("|")
              ? "One bar stands between the type and all markers; these have only spaces between them."
              : Suggestion.didYouMean(key, Marker.Kind.words());
      throw new SchemaMistake(
          "invalid marker key \"" + key + "\": unknown marker: " + key,
          hint.isEmpty() ? "There are " + String.join(", ", Marker.Kind.words()) + "." : hint);
    }
    buffer.setLength(0);
  }

  private void finish() throws SchemaMistake {
    if (current != null) {
      markers.add(new Marker(current, value(buffer.toString())));
      current = null;
      buffer.setLength(0);
    }
  }

  private void end() throws SchemaMistake {
    if (current == null) {
      throw new SchemaMistake(
          "marker key '" + buffer + "' without a value",
          buffer.isEmpty()
              ? "Take away the bar, or the space at the end of the markers."
              : FORM + " Values with spaces stand in double quotes.");
    }
    if (quoted) {
      throw new SchemaMistake("unclosed quote", "Write the closing quote.");
    }
    if (brackets > 0) {
      throw new SchemaMistake("unclosed bracket/brace", "Write the closing bracket.");
    }
    finish();
  }

  private static String value(String written) throws SchemaMistake {
    if (written.equals("\"")) {
      throw new SchemaMistake("unclosed quote", "Write the closing quote.");
    }
    return written.startsWith("\"") && written.endsWith("\"")
        ? unescape(written.substring(1, written.length() - 1))
        : GoText.trim(written);
  }

  /** Only quotes and backslashes lose the backslash before them. */
  private static String unescape(String written) {
    StringBuilder plain = new StringBuilder();
    boolean escaped = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (!escaped && c == '\\') {
        escaped = true;
      } else {
        if (escaped && c != '"' && c != '\\') {
          plain.append('\\');
        }
        plain.append(c);
        escaped = false;
      }
    }
    return plain.toString();
  }
}

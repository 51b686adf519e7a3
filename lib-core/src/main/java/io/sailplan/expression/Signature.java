package io.sailplan.expression;

import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a function takes and gives, as it is written in the libraries: {@code [string].charAt(int):
 * string} is called on a string, {@code math.abs(int): int} is not called on anything.
 */
record Signature(String name, boolean member, List<CelType> parameters, CelType result) {

  static Signature parse(String text) {
    List<CelType> parameters = new ArrayList<>();
    String rest = text;
    boolean member = text.startsWith("[");
    if (member) {
      int end = text.indexOf("].");
      parameters.add(Types.parse(text.substring(1, end)));
      rest = text.substring(end + 2);
    }
    int open = rest.indexOf('(');
    int close = rest.lastIndexOf("):");
    for (String parameter : split(rest.substring(open + 1, close))) {
      parameters.add(Types.parse(parameter));
    }
    return new Signature(
        rest.substring(0, open), member, parameters, Types.parse(rest.substring(close + 2)));
  }

  /** Splits at the commas that stand in no parentheses. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      parts.add(text.substring(start));
    }
    return parts;
  }
}

package io.sailplan.expression;

import io.sailplan.problem.SourceLocation;
import org.jspecify.annotations.Nullable;

/** Where the characters of a template were written. */
@FunctionalInterface
interface Places {

  /** Returns the place of the character at {@code offset}; null if that is not known. */
  @Nullable SourceLocation at(int offset);

  /** Returns the places of a text that stands by itself, its first character at 1:1. */
  static Places of(String text) {
    return offset -> {
      int line = 1;
      int start = 0;
      for (int i = 0; i < offset && i < text.length(); i++) {
        if (text.charAt(i) == '\n') {
          line++;
          start = i + 1;
        }
      }
      int end = Math.min(offset, text.length());
      return SourceLocation.of("", line, text.codePointCount(start, end) + 1);
    };
  }
}

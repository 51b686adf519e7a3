package io.sailplan.model;

import org.jspecify.annotations.Nullable;

/** A text by code point, as the YAML parser counts. */
final class CodePoints {
  private final String text;
  private int @Nullable [] points;

  CodePoints(String text) {
    this.text = text;
    this.points = text.chars().noneMatch(c -> Character.isSurrogate((char) c)) ? new int[0] : null;
  }

  /** Returns the code point at {@code index}, or -1 behind the end. */
  int at(int index) {
    int[] all = points;
    if (all == null) {
      all = text.codePoints().toArray();
      points = all;
    }
    if (all.length == 0) {
      return index < text.length() ? text.charAt(index) : -1;
    }
    return index < all.length ? all[index] : -1;
  }
}

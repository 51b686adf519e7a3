package io.sailplan.model;

/**
 * A part of a text that holds one document.
 *
 * @param text the part
 * @param line the line of the whole text where it starts, counted from 1
 * @param column the column there, counted from 1
 */
record TextChunk(String text, int line, int column) {

  /** Returns whether it holds nothing but blanks and comments. */
  boolean isBlank() {
    return text.lines().allMatch(l -> l.isBlank() || l.stripLeading().startsWith("#"));
  }
}

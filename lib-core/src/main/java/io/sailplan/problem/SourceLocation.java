package io.sailplan.problem;

import static java.util.Objects.requireNonNull;

/**
 * A place in something that a person wrote.
 *
 * @param source the name of the text, usually a file name; empty if the text had no name
 * @param line the line, counted from 1; 0 if unknown
 * @param column the column, counted from 1 in characters; 0 if unknown
 * @param path the field inside the document, such as {@code .spec.replicas}; empty for the whole
 *     document
 */
public record SourceLocation(String source, int line, int column, String path) {

  /**
   * Checks its parts.
   *
   * @throws IllegalArgumentException if {@code line} or {@code column} is negative
   */
  public SourceLocation {
    requireNonNull(source, "source");
    requireNonNull(path, "path");
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "line and column must not be negative: " + line + ":" + column);
    }
  }

  /** Returns a place given by line and column, both counted from 1. */
  public static SourceLocation of(String source, int line, int column) {
    return new SourceLocation(source, line, column, "");
  }

  /** Returns this place, narrowed to the field at {@code path}. */
  public SourceLocation at(String path) {
    return new SourceLocation(source, line, column, path);
  }

  /** Returns {@code shop.yaml:12:7 .spec.replicas}, leaving out what is unknown. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(source.isEmpty() ? "<text>" : source);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    if (!path.isEmpty()) {
      text.append(' ').append(path);
    }
    return text.toString();
  }
}

package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.SourceLocation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in a text the fields of one document were written. */
public final class SourceMap {
  private static final SourceMap NONE = new SourceMap(null, Map.of());

  private final @Nullable SourceLocation start;
  private final Map<String, SourceLocation> places;

  private SourceMap(@Nullable SourceLocation start, Map<String, SourceLocation> places) {
    this.start = start;
    this.places = places;
  }

  /** Returns the map of an object that was not read from a text: it knows no place. */
  public static SourceMap none() {
    return NONE;
  }

  /**
   * Returns a map.
   *
   * @param start where the document starts
   * @param places the place of each field by its plain path: fields and list positions, such as
   *     {@code .spec.containers[0].image}
   */
  public static SourceMap of(SourceLocation start, Map<String, SourceLocation> places) {
    return new SourceMap(requireNonNull(start, "start"), Map.copyOf(places));
  }

  /**
   * Returns the place of the field at {@code path}, or that of its nearest ancestor with the path
   * added; null if the object was not read from a text.
   *
   * @param path fields and list positions, such as {@code .spec.containers[0].image}
   */
  public @Nullable SourceLocation find(String path) {
    if (start == null) {
      return null;
    }
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      SourceLocation place = places.get(at);
      if (place != null) {
        return place.at(path);
      }
    }
    return start.at(path);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}

package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where in a text the fields of one object were written: a field at its key, an item of a list at
 * its start.
 *
 * <p>Paths lead through fields and list positions: {@code .spec.containers[0].image}. A key that is
 * not a word of ASCII letters, digits, {@code _}, {@code $} and {@code -} stands in brackets and
 * double quotes, with a backslash before a quote or backslash: {@code
 * .metadata.annotations["example.com/owner"]}.
 */
public final class SourceMap {
  private static final SourceMap NONE = new SourceMap(null, path -> null);

  private final @Nullable SourceLocation start;
  private final Function<String, @Nullable SourceLocation> places;

  private SourceMap(
      @Nullable SourceLocation start, Function<String, @Nullable SourceLocation> places) {
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
   * @param start where the object starts
   * @param places the place of each field by its path
   */
  public static SourceMap of(SourceLocation start, Map<String, SourceLocation> places) {
    Map<String, SourceLocation> copy = Map.copyOf(places);
    return new SourceMap(requireNonNull(start, "start"), copy::get);
  }

  /** Returns the map of an object that was read from {@code source}. */
  static SourceMap of(String source, TextNode object) {
    return new SourceMap(
        new SourceLocation(source, object.line(), object.column(), ""),
        path -> place(source, object, PlainPath.steps(path)));
  }

  /**
   * Returns the place of the field at {@code path}, or that of its nearest ancestor with the path
   * added; null if the object was not read from a text.
   */
  public @Nullable SourceLocation find(String path) {
    if (start == null) {
      return null;
    }
    for (String at = path; !at.isEmpty(); at = PlainPath.parent(at)) {
      SourceLocation place = places.apply(at);
      if (place != null) {
        return place.at(path);
      }
    }
    return start.at(path);
  }

  private static @Nullable SourceLocation place(
      String source, TextNode object, List<Object> steps) {
    TextNode node = object;
    int line = 0;
    int column = 0;
    for (Object step : steps) {
      if (node instanceof TextNode.Mapping mapping && step instanceof String name) {
        TextNode.Field field = mapping.fields().get(name);
        if (field == null) {
          return null;
        }
        node = field.value();
        line = field.line();
        column = field.column();
      } else if (node instanceof TextNode.Items list
          && step instanceof Integer index
          && index < list.items().size()) {
        node = list.items().get(index);
        line = node.line();
        column = node.column();
      } else {
        return null;
      }
    }
    return new SourceLocation(source, line, column, "");
  }
}

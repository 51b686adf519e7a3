package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final SourceMap NONE = new SourceMap(null, steps -> null, null);

  private final @Nullable SourceLocation start;

  /** The place of what stands at the end of some steps, see {@link PlainPath#steps}. */
  private final Function<List<Object>, @Nullable SourceLocation> places;

  /** What was read; null if that is not at hand. */
  private final @Nullable TextNode root;

  private SourceMap(
      @Nullable SourceLocation start,
      Function<List<Object>, @Nullable SourceLocation> places,
      @Nullable TextNode root) {
    this.start = start;
    this.places = places;
    this.root = root;
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
    Map<List<Object>, SourceLocation> copy = new HashMap<>();
    places.forEach((path, place) -> copy.put(PlainPath.steps(path), place));
    return new SourceMap(requireNonNull(start, "start"), copy::get, null);
  }

  /** Returns the map of an object that was read from {@code source}. */
  static SourceMap of(String source, TextNode object) {
    return new SourceMap(
        new SourceLocation(source, object.line(), object.column(), ""),
        steps -> place(source, object, steps),
        object);
  }

  /**
   * Returns the map of what stands at {@code path}, such as {@code .spec.resources[2].template},
   * for those who read it by itself; the places that it gives have the path of the whole.
   */
  public SourceMap below(String path) {
    SourceLocation place = find(path);
    if (place == null) {
      return NONE;
    }
    List<Object> prefix = PlainPath.steps(path);
    TextNode inner = root;
    for (Object step : prefix) {
      inner =
          inner instanceof TextNode.Mapping mapping && step instanceof String name
              ? mapping.get(name)
              : inner instanceof TextNode.Items list ? item(list, step) : null;
    }
    return new SourceMap(
        place.at(path),
        steps -> {
          List<Object> all = new ArrayList<>(prefix);
          all.addAll(steps);
          return places.apply(all);
        },
        inner);
  }

  /**
   * Returns the place of the field at {@code path}, or that of its nearest ancestor with the path
   * added; null if the object was not read from a text.
   */
  public @Nullable SourceLocation find(String path) {
    return find(PlainPath.steps(path), path);
  }

  /**
   * Returns the place of what stands at {@code path}, like {@link #find(String)}; items of keyed
   * lists and sets are found by what they hold.
   */
  public @Nullable SourceLocation find(FieldPath path) {
    List<Object> steps = new ArrayList<>();
    for (PathElement element : path.elements()) {
      if (element instanceof PathElement.Field field) {
        steps.add(field.name());
      } else if (element instanceof PathElement.Index index) {
        steps.add(index.index());
      } else {
        steps.add(element);
      }
    }
    return find(steps, steps.isEmpty() ? "" : path.toString());
  }

  /**
   * Returns the place of a character of the string at {@code path}; where that is not known, what
   * {@link #find(FieldPath)} returns.
   *
   * @param path the field
   * @param offset the character's position in the string, counted from 0
   */
  public @Nullable SourceLocation find(FieldPath path, int offset) {
    SourceLocation field = find(path);
    TextNode.Scalar scalar = root == null ? null : scalar(root, path);
    if (field == null || scalar == null) {
      return field;
    }
    if (scalar.written() == null || !(scalar.tree() instanceof String value)) {
      return new SourceLocation(field.source(), scalar.line(), scalar.column(), field.path());
    }
    WrittenText.Place place = scalar.written().at(value, offset);
    return new SourceLocation(field.source(), place.line(), place.column(), field.path());
  }

  private static TextNode.@Nullable Scalar scalar(TextNode root, FieldPath path) {
    TextNode node = root;
    for (PathElement element : path.elements()) {
      if (node instanceof TextNode.Mapping mapping && element instanceof PathElement.Field field) {
        node = mapping.get(field.name());
      } else if (node instanceof TextNode.Items list) {
        node = item(list, element instanceof PathElement.Index index ? index.index() : element);
      } else {
        return null;
      }
    }
    return node instanceof TextNode.Scalar scalar ? scalar : null;
  }

  private @Nullable SourceLocation find(List<Object> steps, String path) {
    if (start == null) {
      return null;
    }
    for (int i = steps.size(); i > 0; i--) {
      SourceLocation place = places.apply(steps.subList(0, i));
      if (place != null) {
        return place.at(path);
      }
    }
    return start.at(path);
  }

  private static @Nullable SourceLocation place(
      String source, TextNode object, List<Object> steps) {
    TextNode node = object;
    int line = object.line();
    int column = object.column();
    for (Object step : steps) {
      if (node instanceof TextNode.Mapping mapping && step instanceof String name) {
        TextNode.Field field = mapping.fields().get(name);
        if (field == null) {
          return null;
        }
        node = field.value();
        line = field.line();
        column = field.column();
      } else {
        node = node instanceof TextNode.Items list ? item(list, step) : null;
        if (node == null) {
          return null;
        }
        line = node.line();
        column = node.column();
      }
    }
    return new SourceLocation(source, line, column, "");
  }

  private static @Nullable TextNode item(TextNode.Items list, Object step) {
    if (step instanceof Integer index) {
      return index < list.items().size() ? list.items().get(index) : null;
    }
    for (TextNode item : list.items()) {
      boolean meant =
          step instanceof PathElement.Key key
              ? Trees.object(item.tree()).entrySet().containsAll(key.values().entrySet())
              : step.equals(new PathElement.Value(item.tree()));
      if (meant) {
        return item;
      }
    }
    return null;
  }
}

package io.sailplan.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in an object, written as the API server writes it in conflicts: {@code
 * .spec.template.spec.containers[name="app"].image}.
 *
 * @param elements the steps from the root; empty for the root itself
 */
public record FieldPath(List<PathElement> elements) implements Comparable<FieldPath> {
  private static final FieldPath ROOT = new FieldPath(List.of());

  /** Copies the steps. */
  public FieldPath {
    elements = List.copyOf(elements);
  }

  /** Returns the path of the whole object. */
  public static FieldPath root() {
    return ROOT;
  }

  /** Returns a path of fields only. */
  public static FieldPath of(String... fields) {
    return new FieldPath(Arrays.stream(fields).<PathElement>map(PathElement.Field::new).toList());
  }

  /** Returns this path, one step deeper. */
  public FieldPath child(PathElement element) {
    List<PathElement> deeper = new ArrayList<>(elements);
    deeper.add(element);
    return new FieldPath(deeper);
  }

  /** Returns this path, one field deeper. */
  public FieldPath child(String field) {
    return child(new PathElement.Field(field));
  }

  /** Returns whether this path is {@code other} or leads to something inside of it. */
  public boolean startsWith(FieldPath other) {
    return elements.size() >= other.elements.size()
        && elements.subList(0, other.elements.size()).equals(other.elements);
  }

  /** Returns the value in {@code tree}; empty if nothing stands there or if it is null. */
  public Optional<Object> find(@Nullable Object tree) {
    Object at = tree;
    for (PathElement element : elements) {
      at = step(at, element);
    }
    return Optional.ofNullable(at);
  }

  private static @Nullable Object step(@Nullable Object at, PathElement element) {
    if (element instanceof PathElement.Field field) {
      return Trees.object(at).get(field.name());
    }
    List<@Nullable Object> items = Trees.list(at);
    if (element instanceof PathElement.Index index) {
      return index.index() < items.size() ? items.get(index.index()) : null;
    }
    for (Object item : items) {
      if (element instanceof PathElement.Key key
          ? Trees.object(item).entrySet().containsAll(key.values().entrySet())
          : element.equals(new PathElement.Value(item))) {
        return item;
      }
    }
    return null;
  }

  /** Orders by text. */
  @Override
  public int compareTo(FieldPath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return elements.isEmpty()
        ? "."
        : elements.stream().map(PathElement::toString).collect(Collectors.joining());
  }
}

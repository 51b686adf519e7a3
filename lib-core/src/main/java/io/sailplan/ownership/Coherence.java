package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server refuses although each field is right by itself: fields that exclude or need
 * each other. An object can come to that by fields of several managers, each of which makes sense.
 * Source: pkg/apis/&#42;/validation of Kubernetes 1.36, confirmed by trial. A pure function;
 * thread-safe.
 */
public final class Coherence {
  private final KindShape kind;
  private final List<String> errors = new ArrayList<>();

  private Coherence(KindShape kind) {
    this.kind = kind;
  }

  /**
   * Returns what is wrong with an object as it would be stored, each with its path, in the order of
   * the object; empty if nothing is. No value is said.
   */
  public static List<String> errors(Manifest stored, KindShape shape) {
    Coherence coherence = new Coherence(shape);
    coherence.value(stored.tree(), shape.shape(), "");
    if (!shape.custom()) {
      WorkloadCoherence.check(stored, coherence::add);
      OtherCoherence.check(stored, coherence::add);
    }
    return List.copyOf(coherence.errors);
  }

  private void add(String path, String error) {
    errors.add(path + ": " + error);
  }

  private void value(@Nullable Object value, Shape shape, String path) {
    if (value instanceof Map) {
      object(Values.map(value), shape, path);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        value(list.get(i), shape.items(), PlainPath.item(path, i));
      }
    }
  }

  private void object(Map<String, @Nullable Object> object, Shape shape, String path) {
    String name = shape.name();
    if (!name.isEmpty()) {
      String error = Unions.error(name, object);
      if (!error.isEmpty()) {
        add(path, error);
      }
      PartCoherence.check(name, object, path, this::add);
    }
    object.forEach(
        (key, child) -> {
          if (path.isEmpty() && (key.equals("metadata") || (key.equals("status") && status()))) {
            return;
          }
          String inner = PlainPath.field(path, key);
          FieldShape field = shape.field(key);
          boolean taken = field == null ? takesNull(Values.child(shape, key)) : takesNull(field);
          if (child == null && kind.custom() && !taken) {
            add(inner, "must not be null");
          }
          value(child, Values.child(shape, key), inner);
        });
  }

  private boolean status() {
    return kind.status();
  }

  private static boolean takesNull(FieldShape field) {
    return takesNull(field.shape()) || field.defaultValue().isPresent();
  }

  private static boolean takesNull(Shape shape) {
    return shape.nullable() || Values.isAny(shape) || !shape.asWritten();
  }

  /** Takes what is wrong. */
  interface Errors {
    void add(String path, String error);
  }

  static boolean isEmpty(@Nullable Object value) {
    return value == null || value.equals("") || Values.isEmptyMap(value) || isEmptyList(value);
  }

  private static boolean isEmptyList(Object value) {
    return Trees.list(value).isEmpty() && value instanceof List;
  }
}

package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a JSON patch (RFC 6902). {@link #toString} does not show the value.
 *
 * @param op {@code add}, {@code remove}, {@code replace} or {@code test}
 * @param pointer a JSON pointer (RFC 6901)
 * @param value the value; null for {@code remove}
 */
public record PatchOperation(String op, String pointer, @Nullable Object value) {

  /** Checks and copies. */
  public PatchOperation {
    requireNonNull(op, "op");
    requireNonNull(pointer, "pointer");
    value = Trees.copyOf(value);
  }

  /**
   * Returns an operation that fails the whole patch unless {@code value} stands at {@code pointer}.
   */
  public static PatchOperation test(String pointer, @Nullable Object value) {
    return new PatchOperation("test", pointer, value);
  }

  /** Returns an operation that sets a member, whether or not it was there. */
  public static PatchOperation add(String pointer, @Nullable Object value) {
    return new PatchOperation("add", pointer, value);
  }

  /** Returns an operation that takes away a member that is there. */
  public static PatchOperation remove(String pointer) {
    return new PatchOperation("remove", pointer, null);
  }

  /** Returns {@code name} as one step of a JSON pointer. */
  public static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** Returns the JSON object that stands in a patch. */
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("op", op);
    tree.put("path", pointer);
    if (!op.equals("remove")) {
      tree.put("value", value);
    }
    return tree;
  }

  @Override
  public String toString() {
    return "PatchOperation[" + op + " " + pointer + "]";
  }
}

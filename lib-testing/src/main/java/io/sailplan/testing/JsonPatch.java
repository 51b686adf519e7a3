package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies JSON patches (RFC 6902), with the messages of the library that the API server uses. */
final class JsonPatch {
  private JsonPatch() {}

  /** Something in the patch is not possible. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }

  static Map<String, @Nullable Object> apply(
      Map<String, @Nullable Object> tree, List<PatchOperation> operations) throws Failure {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("", Tree.mutableObject(tree));
    for (PatchOperation operation : operations) {
      apply(document, operation);
    }
    return Trees.object(document.get(""));
  }

  private static void apply(Map<String, @Nullable Object> document, PatchOperation operation)
      throws Failure {
    String pointer = operation.pointer();
    int last = pointer.lastIndexOf('/');
    Object parent = last < 0 ? document : document.get("");
    for (String name : last <= 0 ? new String[0] : pointer.substring(1, last).split("/", -1)) {
      parent = child(parent, unescape(name));
      if (!(parent instanceof Map) && !(parent instanceof List)) {
        throw missing(operation);
      }
    }
    String name = last < 0 ? "" : unescape(pointer.substring(last + 1));
    switch (operation.op()) {
      case "test" -> test(parent, name, operation);
      case "remove" -> remove(parent, name, operation);
      case "add" -> add(parent, name, operation);
      case "replace" -> replace(parent, name, operation);
      default -> throw new Failure("Unexpected kind: " + operation.op());
    }
  }

  private static void test(@Nullable Object parent, String name, PatchOperation operation)
      throws Failure {
    if (!Objects.equals(Trees.copyOf(child(parent, name)), Trees.copyOf(operation.value()))) {
      throw new Failure("testing value " + operation.pointer() + " failed: test failed");
    }
  }

  @SuppressWarnings("unchecked") // the tree was copied into collections that can be changed
  private static void remove(@Nullable Object parent, String name, PatchOperation operation)
      throws Failure {
    if (parent instanceof Map<?, ?> map && map.containsKey(name)) {
      map.remove(name);
    } else if (parent instanceof List<?> list) {
      ((List<@Nullable Object>) list).remove(index(list, name, false, operation));
    } else {
      throw missing(operation);
    }
  }

  private static void add(@Nullable Object parent, String name, PatchOperation operation)
      throws Failure {
    Object value = Tree.mutable(operation.value());
    if (parent instanceof List<?> list) {
      mutableList(list).add(index(list, name, true, operation), value);
    } else {
      mutableMap(parent).put(name, value);
    }
  }

  private static void replace(@Nullable Object parent, String name, PatchOperation operation)
      throws Failure {
    Object value = Tree.mutable(operation.value());
    if (parent instanceof List<?> list) {
      mutableList(list).set(index(list, name, false, operation), value);
    } else if (parent instanceof Map<?, ?> map && map.containsKey(name)) {
      mutableMap(parent).put(name, value);
    } else {
      throw missing(operation);
    }
  }

  private static int index(List<?> list, String name, boolean inserting, PatchOperation operation)
      throws Failure {
    if (inserting && name.equals("-")) {
      return list.size();
    }
    int end = inserting ? list.size() : list.size() - 1;
    if (!name.matches("[0-9]{1,9}") || Integer.parseInt(name) > end) {
      throw new Failure(
          operation.op()
              + " operation does not apply: doc is missing path: "
              + Json.write(operation.pointer())
              + ": invalid index referenced");
    }
    return Integer.parseInt(name);
  }

  private static @Nullable Object child(@Nullable Object parent, String name) {
    if (parent instanceof List<?> list) {
      return name.matches("[0-9]{1,9}") && Integer.parseInt(name) < list.size()
          ? list.get(Integer.parseInt(name))
          : null;
    }
    return Trees.object(parent).get(name);
  }

  private static Failure missing(PatchOperation operation) {
    return new Failure(
        operation.op()
            + " operation does not apply: doc is missing "
            + (operation.op().equals("add") ? "path: " : "key: ")
            + operation.pointer()
            + ": missing value");
  }

  private static String unescape(String name) {
    return name.replace("~1", "/").replace("~0", "~");
  }

  @SuppressWarnings("unchecked") // the tree was copied into collections that can be changed
  private static List<@Nullable Object> mutableList(List<?> list) {
    return (List<@Nullable Object>) list;
  }

  private static Map<String, @Nullable Object> mutableMap(@Nullable Object map) {
    return Trees.object(map);
  }
}

package io.sailplan.kro;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types that an author names, in an order in which each is made of those before it. */
final class CustomTypes {
  private final Map<String, @Nullable Object> types;
  private final String path;
  private final Mistakes mistakes;
  private final Map<String, Set<String>> needs = new TreeMap<>();

  CustomTypes(Map<String, @Nullable Object> types, String path, Mistakes mistakes) {
    this.types = types;
    this.path = path;
    this.mistakes = mistakes;
    types.forEach(
        (name, written) -> {
          Set<String> its = new TreeSet<>();
          collect(written, its);
          its.retainAll(types.keySet()); // others are told where they stand
          needs.put(name, its);
        });
  }

  private static void collect(@Nullable Object root, Set<String> found) {
    Deque<Object> open = new ArrayDeque<>();
    if (root != null) {
      open.add(root);
    }
    while (!open.isEmpty()) {
      Object next = open.remove();
      if (next instanceof Map<?, ?> fields) {
        fields.values().stream().filter(value -> value != null).forEach(open::add);
      } else if (next instanceof String text) {
        named(text).ifPresent(found::add);
      }
    }
  }

  private static Optional<String> named(String text) {
    try {
      return FieldText.type(text).named();
    } catch (SchemaMistake mistake) {
      return Optional.empty(); // told when the type is built
    }
  }

  /** Returns the names, without those that need themselves, and those that need such. */
  List<String> ordered() {
    Map<String, Set<String>> waiting = new TreeMap<>();
    needs.forEach((name, its) -> waiting.put(name, new TreeSet<>(its)));
    Map<String, List<String>> users = new TreeMap<>();
    needs.forEach(
        (name, its) ->
            its.forEach(other -> users.computeIfAbsent(other, n -> new ArrayList<>()).add(name)));
    List<String> order = new ArrayList<>();
    TreeSet<String> ready = new TreeSet<>();
    waiting.forEach(
        (name, its) -> {
          if (its.isEmpty()) {
            ready.add(name);
          }
        });
    while (!ready.isEmpty()) {
      String name = ready.first();
      ready.remove(name);
      waiting.remove(name);
      order.add(name);
      for (String user : users.getOrDefault(name, List.of())) {
        Set<String> its = waiting.get(user);
        if (its != null && its.remove(name) && its.isEmpty()) {
          ready.add(user);
        }
      }
    }
    circles(waiting);
    return order;
  }

  /** Tells each circle once; what only leads into one waits as well, and is not told. */
  private void circles(Map<String, Set<String>> waiting) {
    Set<String> told = new TreeSet<>();
    for (String start : waiting.keySet()) {
      Set<String> way = new LinkedHashSet<>();
      String at = start;
      while (!told.contains(at) && way.add(at)) {
        at = waiting.getOrDefault(at, Set.of()).iterator().next();
      }
      if (!told.contains(at)) {
        List<String> circle = new ArrayList<>(way);
        tell(circle.subList(circle.indexOf(at), circle.size()));
      }
      told.addAll(way);
    }
  }

  private void tell(List<String> circle) {
    String first = circle.get(0);
    mistakes.add(
        ProblemCode.CYCLE,
        PlainPath.field(path, first),
        circle.size() == 1
            ? "self references are not allowed: the type " + first + " is made of itself"
            : "graph contains a cycle: " + String.join(" -> ", circle) + " -> " + first,
        "A schema has an end: write object where the circle closes.");
  }

  /** Returns what an author wrote for a type. */
  @Nullable Object written(String name) {
    return types.get(name);
  }

  /** Returns whether an author wrote a type of this name, right or wrong. */
  boolean has(String name) {
    return types.containsKey(name);
  }

  Set<String> names() {
    return Trees.object(types).keySet();
  }
}

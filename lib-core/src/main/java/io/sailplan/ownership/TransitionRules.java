package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the schema of a custom resource compares a value with the one before. They
 * hold where the value was there before, and is still.
 */
final class TransitionRules {
  private final Transition transition;
  private final List<FieldPath> open = new ArrayList<>();

  private TransitionRules(Transition transition) {
    this.transition = transition;
  }

  /** Adds what the rules that say {@code self == oldSelf} refuse. */
  static void check(Transition transition) {
    new TransitionRules(transition).walk();
  }

  /**
   * Returns the places of rules that look at the value before and whose answer is not known,
   * because what they look at changes; in order.
   */
  static List<FieldPath> open(Manifest live, Manifest next, KindShape shape) {
    TransitionRules rules = new TransitionRules(new Transition(live, next, shape));
    rules.walk();
    return rules.open;
  }

  private void walk() {
    compare(
        FieldPath.root(),
        transition.live().tree(),
        transition.next().tree(),
        transition.shape().shape());
  }

  private void compare(
      FieldPath path, @Nullable Object before, @Nullable Object after, Shape shape) {
    if (before == null || after == null || Values.equal(before, after)) {
      return;
    }
    if (shape.fixed().isPresent() && !isSame(before, after, shape)) {
      transition.add(
          Violation.INVALID,
          path.toString().substring(1),
          Json.write(after),
          shape.fixed().get(),
          path,
          at -> at.startsWith(path));
    }
    if (shape.comparesWithBefore()) {
      open.add(path);
    }
    if (before instanceof Map && after instanceof Map && !shape.atomic()) {
      Map<String, @Nullable Object> next = Values.map(after);
      Values.map(before)
          .forEach(
              (name, value) ->
                  compare(path.child(name), value, next.get(name), Values.child(shape, name)));
    } else if (before instanceof List && after instanceof List && !Values.atomicList(shape)) {
      Map<PathElement, @Nullable Object> next = index(after, shape);
      index(before, shape)
          .forEach(
              (element, item) ->
                  compare(path.child(element), item, next.get(element), shape.items()));
    }
  }

  /** Items of keyed lists and of sets are the same in any order. */
  private static boolean isSame(@Nullable Object before, @Nullable Object after, Shape shape) {
    if (Values.equal(before, after)) {
      return true;
    }
    if (before instanceof List && after instanceof List && !Values.atomicList(shape)) {
      Map<PathElement, @Nullable Object> one = index(before, shape);
      Map<PathElement, @Nullable Object> other = index(after, shape);
      return one.keySet().equals(other.keySet())
          && one.entrySet().stream()
              .allMatch(
                  entry -> isSame(entry.getValue(), other.get(entry.getKey()), shape.items()));
    }
    if (before instanceof Map && after instanceof Map) {
      Map<String, @Nullable Object> one = Values.map(before);
      Map<String, @Nullable Object> other = Values.map(after);
      return one.keySet().equals(other.keySet())
          && one.entrySet().stream()
              .allMatch(
                  entry ->
                      isSame(
                          entry.getValue(),
                          other.get(entry.getKey()),
                          Values.child(shape, entry.getKey())));
    }
    return false;
  }

  private static Map<PathElement, @Nullable Object> index(@Nullable Object list, Shape shape) {
    Map<PathElement, @Nullable Object> index = new LinkedHashMap<>();
    for (Object item : Values.list(list)) {
      PathElement element = Values.element(shape, item);
      if (element != null) {
        index.put(element, item);
      }
    }
    return index;
  }
}

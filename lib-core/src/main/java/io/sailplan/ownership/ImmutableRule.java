package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must not change in objects of a kind. */
@FunctionalInterface
interface ImmutableRule {

  /** Adds to the transition what it must not do. */
  void check(Transition transition);

  /** The fields, paths of names joined by dots, stay as they are. */
  static ImmutableRule fixed(String... paths) {
    return transition -> {
      for (String path : paths) {
        transition.fixed(path.split("\\."));
      }
    };
  }

  /** The field stays as it is; the server calls it {@code name}. */
  static ImmutableRule fixedAs(String name, String path) {
    return transition -> transition.fixedAs(name, path.split("\\."));
  }

  /** The field stays as it is, and the server says so in its own way. */
  static ImmutableRule invalid(String path, String detail) {
    return transition -> {
      String[] names = path.split("\\.");
      if (transition.differs(names)) {
        transition.invalid(path, transition.next().get(names), detail, names);
      }
    };
  }

  /** The field stays as it is, and the server forbids it in its own words. */
  static ImmutableRule forbidden(String path, String detail) {
    return transition -> {
      String[] names = path.split("\\.");
      if (transition.differs(names)) {
        transition.forbidden(path, detail, names);
      }
    };
  }

  /** Whatever is below {@code parent} stays as it is, but for some fields. */
  static ImmutableRule allBut(String parent, String detail, String... mutable) {
    List<FieldPath> free =
        List.of(mutable).stream().map(field -> FieldPath.of(parent, field)).toList();
    return transition -> {
      Map<String, @Nullable Object> before = without(transition.before().get(parent), mutable);
      Map<String, @Nullable Object> after = without(transition.after().get(parent), mutable);
      if (!before.equals(after)) {
        FieldPath place = FieldPath.of(parent);
        transition.forbidden(
            parent,
            detail,
            place,
            path -> path.startsWith(place) && free.stream().noneMatch(path::startsWith));
      }
    };
  }

  /** Once {@code immutable} is true, it stays so, and so do the fields. */
  static ImmutableRule frozen(String... fields) {
    String detail = "field is immutable when `immutable` is set";
    return transition -> {
      if (!Boolean.TRUE.equals(transition.live().get("immutable"))) {
        return;
      }
      if (!Boolean.TRUE.equals(transition.next().get("immutable"))) {
        transition.forbidden("immutable", detail, "immutable");
      }
      for (String field : fields) {
        if (transition.differs(field)) {
          transition.forbidden(field, detail, field);
        }
      }
    };
  }

  /** Returns a copy without some fields, and without empty lists. */
  static Map<String, @Nullable Object> without(@Nullable Object tree, String... fields) {
    Map<String, @Nullable Object> left = new LinkedHashMap<>(Trees.object(tree));
    List.of(fields).forEach(left::remove);
    left.values().removeIf(value -> value instanceof List<?> list && list.isEmpty());
    return left;
  }
}

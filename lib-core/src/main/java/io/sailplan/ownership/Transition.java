package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An object before and after a write, and what must not become of it. */
final class Transition {
  private static final String IMMUTABLE = "field is immutable";

  private final Manifest live;
  private final Manifest next;
  private final KindShape shape;
  private final Manifest before;
  private final Manifest after;
  private final List<Violation> violations = new ArrayList<>();
  private @Nullable List<FieldDiff.Difference> differences;

  Transition(Manifest live, Manifest next, KindShape shape) {
    this.live = live;
    this.next = next;
    this.shape = shape;
    this.before = Amounts.plain(live, shape.shape());
    this.after = Amounts.plain(next, shape.shape());
  }

  /** Returns the object before, with amounts that can be compared. */
  Manifest before() {
    return before;
  }

  /** Returns the object afterwards, with amounts that can be compared. */
  Manifest after() {
    return after;
  }

  Manifest live() {
    return live;
  }

  Manifest next() {
    return next;
  }

  KindShape shape() {
    return shape;
  }

  List<Violation> violations() {
    return violations;
  }

  /** Returns whether the value differs; the server tells missing from empty lists nowhere here. */
  boolean differs(String... path) {
    return !same(before.get(path), after.get(path));
  }

  static boolean same(@Nullable Object one, @Nullable Object other) {
    return isEmptyList(one)
        ? other == null || isEmptyList(other)
        : Values.equal(one, other) || (one == null && isEmptyList(other));
  }

  private static boolean isEmptyList(@Nullable Object value) {
    return value instanceof List<?> list && list.isEmpty();
  }

  /** The value must stay as it is. */
  void fixed(String... path) {
    fixedAs(String.join(".", path), path);
  }

  /** The same, where the server calls the field something else. */
  void fixedAs(String field, String... path) {
    if (differs(path)) {
      invalid(field, next.get(path), IMMUTABLE, path);
    }
  }

  /** Adds a violation whose message repeats a value. */
  void invalid(String field, @Nullable Object value, String detail, String... path) {
    FieldPath place = FieldPath.of(path);
    add(Violation.INVALID, field, Json.write(value), detail, place, at -> at.startsWith(place));
  }

  /** Adds a violation whose message repeats no value. */
  void forbidden(String field, String detail, String... path) {
    FieldPath place = FieldPath.of(path);
    add(Violation.FORBIDDEN, field, "", detail, place, at -> at.startsWith(place));
  }

  /** Adds a violation of those changes that {@code which} takes. */
  void forbidden(String field, String detail, FieldPath place, Predicate<FieldPath> which) {
    add(Violation.FORBIDDEN, field, "", detail, place, which);
  }

  void add(
      String reason,
      String field,
      String value,
      String detail,
      FieldPath place,
      Predicate<FieldPath> which) {
    List<FieldDiff.Difference> changes =
        differences().stream().filter(difference -> which.test(difference.path())).toList();
    violations.add(
        new Violation(
            reason,
            field,
            value,
            detail,
            changes.isEmpty()
                ? List.of(
                    new FieldDiff.Difference(
                        place,
                        place.find(live.tree()).orElse(null),
                        place.find(next.tree()).orElse(null)))
                : changes));
  }

  private List<FieldDiff.Difference> differences() {
    if (differences == null) {
      differences =
          FieldDiff.between(live, next, shape).stream()
              .filter(difference -> !isSameAmount(difference.path()))
              .toList();
    }
    return Objects.requireNonNull(differences);
  }

  private boolean isSameAmount(FieldPath path) {
    return Objects.equals(path.find(before.tree()), path.find(after.tree()));
  }
}

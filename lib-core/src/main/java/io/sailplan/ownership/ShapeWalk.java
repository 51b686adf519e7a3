package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.PathElement;
import io.sailplan.model.PlainPath;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Misfit;
import io.sailplan.shape.Presence;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import io.sailplan.shape.ValueRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks an object along its shape and reports what does not fit. Values are never quoted: they may
 * be secret.
 */
final class ShapeWalk {
  private final ProblemPlaces problems;
  private final KindShape kind;
  private final Stage stage;

  /** What is looked at. */
  enum Stage {
    /** What somebody declares, to which others may add: each field by itself. */
    PART,
    /** What somebody declares, and nobody adds to. */
    DECLARED,
    /** What would be stored. */
    STORED
  }

  ShapeWalk(ProblemPlaces problems, KindShape kind, Stage stage) {
    this.problems = problems;
    this.kind = kind;
    this.stage = stage;
  }

  void object(Map<String, @Nullable Object> object) {
    boolean status = kind.status();
    Shape shape = kind.shape();
    object.forEach(
        (key, value) -> {
          if (!status || !key.equals("status")) { // what the server ignores cannot be wrong
            field(key, value, shape, "");
          }
        });
    required(object, shape, "", status);
    cross(object, shape, "");
  }

  private void keys(Map<String, @Nullable Object> map, Shape shape, String path) {
    ValueRule rule = shape.keyRule();
    if (rule != null) {
      for (String key : map.keySet()) {
        for (Misfit misfit : isExpression(key) ? List.<Misfit>of() : rule.misfits(key)) {
          problems.add(
              ProblemCode.INVALID_NAME,
              PlainPath.field(path, key),
              "the key \"" + key + "\" of " + path + " will not be taken",
              misfit.hint());
        }
      }
    }
  }

  private void cross(Map<String, @Nullable Object> map, Shape shape, String path) {
    CrossRule rule = stage != Stage.PART ? CrossRules.of(shape.name()) : null;
    if (rule != null) {
      rule.check(CrossRule.At.root(map, path, problems));
    }
  }

  private void field(String key, @Nullable Object value, Shape shape, String path) {
    String at = PlainPath.field(path, key);
    Shape child = shape.child(key);
    if (child == null) {
      String near = Suggestion.didYouMean(key, shape.fields().keySet());
      problems.add(
          ProblemCode.UNKNOWN_FIELD,
          at,
          "the field " + at + " does not exist",
          near.isEmpty() ? "Remove it, or check the apiVersion." : near);
    } else if (value == null
        && kind.custom()
        && stage == Stage.STORED
        && !at.startsWith(".metadata")
        && !takesNull(shape.field(key), child)) {
      problems.add(
          ProblemCode.WRONG_TYPE,
          at,
          at + " is null, but must be " + wanted(child.type()),
          "Write a value, or remove the field.");
    } else {
      value(value, child, at);
    }
  }

  /** Built-in kinds take null for nothing; others only where their schema says so. */
  private static boolean takesNull(@Nullable FieldShape field, Shape shape) {
    return shape.nullable()
        || Values.isAny(shape)
        || !shape.asWritten()
        || (field != null && field.defaultValue().isPresent());
  }

  private void value(@Nullable Object value, Shape shape, String path) {
    if (value == null || isExpression(value)) {
      return;
    }
    if (Values.isAny(shape)) {
      rule(value, shape, path);
    } else if (shape.type() == ShapeType.OBJECT) {
      if (value instanceof Map) {
        rule(value, shape, path);
        Map<String, @Nullable Object> map = Values.map(value);
        keys(map, shape, path);
        map.forEach((key, child) -> field(key, child, shape, path));
        required(map, shape, path, false);
        cross(map, shape, path);
      } else {
        wrongType(value, shape, path);
      }
    } else if (shape.type() == ShapeType.LIST) {
      if (value instanceof List) {
        rule(value, shape, path);
        items(Values.list(value), shape, path);
      } else {
        wrongType(value, shape, path);
      }
    } else if (!TypeCheck.mismatch(value, shape.type()).isEmpty()) {
      wrongType(value, shape, path);
    } else if (scalar(value, shape, path)) {
      rule(value, shape, path);
    }
  }

  private void rule(Object value, Shape shape, String path) {
    ValueRule rule = shape.rule();
    if (rule != null) {
      for (Misfit misfit : rule.misfits(value)) {
        problems.add(misfit, path, value);
      }
    }
  }

  /** What an expression comes to is not known here. */
  private static boolean isExpression(Object value) {
    return value instanceof String text && text.contains("${");
  }

  private void wrongType(Object value, Shape shape, String path) {
    problems.add(
        ProblemCode.WRONG_TYPE,
        path,
        path + " is " + article(value) + ", but must be " + wanted(shape.type()),
        mend(value, shape.type()));
  }

  private static String mend(Object value, ShapeType type) {
    switch (type) {
      case OBJECT:
        return "Write its fields below it, indented.";
      case LIST:
        return "Write each item on a line of its own, after \"- \".";
      default:
        boolean single = !(value instanceof Map) && !(value instanceof List);
        return single && value instanceof String
            ? "Take the quotes away, or write " + wanted(type) + "."
            : single && type == ShapeType.STRING
                ? "Put it into quotes."
                : "Write " + wanted(type) + ".";
    }
  }

  private static String article(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof String
        ? "a string"
        : value instanceof Boolean ? "a boolean" : "a number";
  }

  private static String wanted(ShapeType type) {
    switch (type) {
      case OBJECT:
        return "an object";
      case LIST:
        return "a list";
      case STRING:
      case BYTES:
        return "a string";
      case BOOLEAN:
        return "true or false";
      case INT32:
      case INT64:
        return "a whole number";
      case NUMBER:
        return "a number";
      default:
        return "a single value";
    }
  }

  /** Returns whether it has the form that its type demands. */
  private boolean scalar(Object value, Shape shape, String path) {
    String wanted = ScalarRules.wanted(value, shape.type());
    if (!wanted.isEmpty()) {
      boolean bytes =
          shape.type() == ShapeType.BYTES; // as a rule the value of a Secret: never quoted
      problems.add(
          ProblemCode.INVALID_VALUE,
          path,
          path + (bytes ? " is not " + wanted : " is " + Json.write(value)),
          bytes ? "Encode the value, or write it below stringData." : "Write " + wanted + ".");
    }
    return wanted.isEmpty();
  }

  private void items(List<@Nullable Object> list, Shape shape, String path) {
    Map<PathElement, Integer> seen = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      String at = PlainPath.item(path, i);
      // what was not applied may have an item twice, and be stored all the same if it is built in
      if ((stage != Stage.STORED || kind.custom())
          && shape.listType() != ListType.ATOMIC
          && item != null
          && !isExpression(item)) {
        key(item, shape, at, seen, i);
      }
      value(item, shape.items(), at);
    }
  }

  private void key(
      Object item, Shape shape, String path, Map<PathElement, Integer> seen, int index) {
    PathElement element = Values.element(shape, item);
    if (element == null && stage == Stage.STORED) {
      return; // who applies is refused earlier
    }
    if (element == null) {
      boolean single = shape.listType() == ListType.SET;
      problems.add(
          single ? ProblemCode.WRONG_TYPE : ProblemCode.MISSING_FIELD,
          path,
          path
              + (single
                  ? " must be a single value"
                  : " has none of its keys: " + String.join(", ", shape.keys())),
          single
              ? "Write a string, a number, or true or false."
              : "Add " + String.join(", ", shape.keys()) + ".");
      return;
    }
    Integer first = seen.putIfAbsent(element, index);
    if (first != null) {
      problems.add(
          ProblemCode.DUPLICATE,
          path,
          path + " has the same key as item " + first + ": " + element,
          "Keep one of them.");
    }
  }

  /** Numbers, amounts and flags of built-in kinds that are not written are zero and false. */
  private boolean mayBeZero(FieldShape field) {
    Shape shape = field.shape();
    ValueRule rule = shape.rule();
    if (rule == null || kind.custom() || field.presence() == Presence.WHEN_SET) {
      return false;
    }
    return switch (shape.type()) {
      case INT32, INT64 -> rule.judge(0L) != ValueRule.Verdict.REFUSED;
      case BOOLEAN -> rule.judge(false) != ValueRule.Verdict.REFUSED;
      case QUANTITY -> rule.judge("0") != ValueRule.Verdict.REFUSED;
      default -> false;
    };
  }

  private void required(
      Map<String, @Nullable Object> map, Shape shape, String path, boolean status) {
    for (FieldShape field : stage != Stage.PART ? shape.fields().values() : List.<FieldShape>of()) {
      boolean filled =
          field.defaultValue().isPresent() || (status && field.name().equals("status"));
      if (field.required() && !filled && !Values.present(map, field) && !mayBeZero(field)) {
        String at = PlainPath.field(path, field.name());
        problems.add(ProblemCode.MISSING_FIELD, at, at + " is required", "Add it.");
      }
    }
  }
}

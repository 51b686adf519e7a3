package io.sailplan.kro;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks that a status tells only what is computed. */
final class StatusCheck {
  private final Mistakes mistakes;

  StatusCheck(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  void check(Map<String, @Nullable Object> status, String path) {
    status.forEach(
        (name, value) -> {
          String at = PlainPath.field(path, name);
          if (name.equals("conditions")) {
            conditions(value, at);
          } else {
            value(value, at);
          }
        });
  }

  private void value(@Nullable Object value, String path) {
    if (value instanceof Map<?, ?> fields) {
      Trees.object(fields).forEach((name, inner) -> value(inner, PlainPath.field(path, name)));
    } else if (value instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        value(items.get(i), PlainPath.item(path, i));
      }
    } else if (!(value instanceof String text && Expressions.areIn(text))) {
      mistakes.add(
          ProblemCode.INVALID_VALUE,
          path,
          "status fields without expressions are not supported: " + path,
          "Write an expression that refers to a resource or to schema, \"${…}\".");
    }
  }

  private void conditions(@Nullable Object value, String path) {
    if (!(value instanceof List<?> items)) {
      mistakes.add(
          ProblemCode.WRONG_TYPE,
          path,
          "status.conditions must be a list",
          "Write a list of expressions: - ${runtime.newCondition({…})}.");
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      String at = PlainPath.item(path, i);
      if (!(items.get(i) instanceof String text)) {
        mistakes.add(
            ProblemCode.WRONG_TYPE,
            at,
            "status.conditions[" + i + "] must be a CEL expression string",
            "Write ${runtime.newCondition({…})}.");
      } else if (!Expressions.isStandalone(text)) {
        mistakes.add(
            ProblemCode.INVALID_VALUE,
            at,
            "invalid conditions block: only standalone expressions are allowed",
            "Write one expression and nothing around it: \"${…}\".");
      }
    }
  }
}

package io.sailplan.kro;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a label selector as far as it is not computed. */
final class SelectorCheck {
  private static final String WORD = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final Pattern VALUE = Pattern.compile("(" + WORD + ")?");
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?" + WORD);
  private static final List<String> FIELDS = List.of("matchLabels", "matchExpressions");
  private static final List<String> PARTS = List.of("key", "operator", "values");
  private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

  private final Mistakes mistakes;
  private boolean right = true;

  SelectorCheck(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  boolean check(Object selector, String path) {
    if (selector instanceof Map<?, ?> map) {
      object(Trees.object(map), path);
    } else if (!(selector instanceof String text && Expressions.isStandalone(text))) {
      wrong(
          ProblemCode.WRONG_TYPE,
          path,
          "selector must be a Kubernetes LabelSelector object or a CEL expression that resolves to"
              + " one",
          "Write matchLabels with keys and values, or \"${…}\".");
    }
    return right;
  }

  private void object(Map<String, @Nullable Object> selector, String path) {
    unknown(selector, FIELDS, path);
    Object labels = selector.get("matchLabels");
    if (labels instanceof Map<?, ?> map) {
      Trees.object(map)
          .forEach(
              (key, value) -> {
                String at = PlainPath.field(path + ".matchLabels", key);
                key(key, at);
                value(value, at);
              });
    } else {
      text(labels, path + ".matchLabels", "a mapping");
    }
    Object expressions = selector.get("matchExpressions");
    if (expressions instanceof List<?> items) {
      for (int i = 0; i < items.size(); i++) {
        String at = path + ".matchExpressions[" + i + "]";
        if (items.get(i) instanceof Map<?, ?> item) {
          requirement(Trees.object(item), at);
        } else {
          text(items.get(i), at, "a mapping");
        }
      }
    } else {
      text(expressions, path + ".matchExpressions", "a list");
    }
  }

  private void requirement(Map<String, @Nullable Object> item, String path) {
    unknown(item, PARTS, path);
    if (item.get("key") instanceof String key) {
      key(key, path + ".key");
    } else {
      wrong(ProblemCode.MISSING_FIELD, path, "the requirement has no key", "Write a label's key.");
    }
    String operator = Trees.string(item.get("operator"));
    if (operator.contains("${")) {
      return;
    }
    if (!OPERATORS.contains(operator)) {
      wrong(
          ProblemCode.INVALID_VALUE,
          path + ".operator",
          "\"" + operator + "\" is not a valid selector operator",
          "Write one of " + String.join(", ", OPERATORS) + ".");
      return;
    }
    Object values = item.get("values");
    boolean some = values instanceof String || !Trees.list(values).isEmpty();
    boolean wants = operator.endsWith("In");
    if (some != wants) {
      wrong(
          wants ? ProblemCode.MISSING_FIELD : ProblemCode.CONTRADICTION,
          some ? path + ".values" : path,
          wants
              ? "values must be specified when `operator` is 'In' or 'NotIn'"
              : "values may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
          wants ? "Write values." : "Take the values away.");
    }
    List<@Nullable Object> items = Trees.list(values);
    for (int i = 0; i < items.size(); i++) {
      value(items.get(i), path + ".values[" + i + "]");
    }
  }

  private void unknown(Map<String, @Nullable Object> map, List<String> known, String path) {
    for (String field : map.keySet()) {
      if (!known.contains(field)) {
        wrong(
            ProblemCode.UNKNOWN_FIELD,
            PlainPath.field(path, field),
            "schema not found for field " + field,
            Suggestion.didYouMean(field, known));
      }
    }
  }

  private void text(@Nullable Object value, String path, String wanted) {
    if (value != null && !(value instanceof String text && text.contains("${"))) {
      wrong(ProblemCode.WRONG_TYPE, path, "expected " + wanted + " for " + path, "");
    }
  }

  private void key(String key, String path) {
    if (!key.contains("${") && !KEY.matcher(key).matches()) {
      wrong(
          ProblemCode.INVALID_NAME,
          path,
          "invalid label selector: \"" + key + "\" is no key of a label",
          "Use letters, digits, \"-\", \"_\" and \".\", perhaps with a domain and \"/\" before.");
    }
  }

  private void value(@Nullable Object value, String path) {
    if (!(value instanceof String text)) {
      wrong(ProblemCode.WRONG_TYPE, path, "a label's value is a string", "Put it in quotes.");
    } else if (!text.contains("${") && !VALUE.matcher(text).matches()) {
      wrong(
          ProblemCode.INVALID_VALUE,
          path,
          "invalid label selector: \"" + text + "\" is no value of a label",
          "Use at most 63 letters, digits, \"-\", \"_\" and \".\".");
    }
  }

  private void wrong(ProblemCode code, String path, String message, String hint) {
    mistakes.add(code, path, message, hint);
    right = false;
  }
}

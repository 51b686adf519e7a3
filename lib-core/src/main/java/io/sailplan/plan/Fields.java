package io.sailplan.plan;

import io.sailplan.model.PlainPath;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each to be taken once. What is missing or of another type is noted
 * as a problem, and something harmless stands in for it, so that reading goes on.
 */
final class Fields {
  private static final String OTHER_RELEASE =
      "Read the plan with the release that has written it, or plan again.";

  private final Map<String, @Nullable Object> tree;
  private final String path;
  private final SourceMap source;
  private final List<Problem> problems;
  private final TreeSet<String> known = new TreeSet<>();

  Fields(
      Map<String, @Nullable Object> tree, String path, SourceMap source, List<Problem> problems) {
    this.tree = tree;
    this.path = path;
    this.source = source;
    this.problems = problems;
  }

  /** Returns the names of all fields, in their order. */
  List<String> names() {
    return List.copyOf(tree.keySet());
  }

  /** Returns whether the field is there, even if it is null. */
  boolean has(String name) {
    known.add(name);
    return tree.containsKey(name);
  }

  /** Returns the value, whatever it is. */
  @Nullable Object any(String name) {
    if (!has(name)) {
      wrong(ProblemCode.MISSING_FIELD, name, "the field \"" + name + "\" is missing", "");
    }
    return tree.get(name);
  }

  String text(String name) {
    return typed(name, String.class, "a string", "");
  }

  boolean flag(String name) {
    return typed(name, Boolean.class, "true or false", false);
  }

  List<@Nullable Object> list(String name) {
    return Trees.list(typed(name, List.class, "a list", List.of()));
  }

  Map<String, @Nullable Object> tree(String name) {
    return Trees.object(typed(name, Map.class, "an object", Map.of()));
  }

  Fields object(String name) {
    return new Fields(tree(name), PlainPath.field(path, name), source, problems);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<@Nullable Object> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text) {
        texts.add(text);
      } else {
        item(name, i, ProblemCode.WRONG_TYPE, "a string is wanted here");
      }
    }
    return texts;
  }

  <T> List<T> objects(String name, Function<Fields, T> reader) {
    List<T> objects = new ArrayList<>();
    List<@Nullable Object> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> map) {
        String at = PlainPath.item(PlainPath.field(path, name), i);
        objects.add(reader.apply(new Fields(Trees.object(map), at, source, problems)));
      } else {
        item(name, i, ProblemCode.WRONG_TYPE, "an object is wanted here");
      }
    }
    return objects;
  }

  /** An ISO-8601 duration that is not negative. */
  Duration duration(String name) {
    String text = text(name);
    try {
      Duration duration = Duration.parse(text.isEmpty() ? "PT0S" : text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // said below
    }
    wrong(ProblemCode.INVALID_VALUE, name, "this is no duration", "Write it as in PT1M30S.");
    return Duration.ZERO;
  }

  /** Returns what one of the known words means; null, after noting it, for another one. */
  <T> @Nullable T choice(String name, Map<String, ? extends T> words) {
    String word = text(name);
    T meant = words.get(word);
    if (meant == null && !word.isEmpty()) {
      String near = Suggestion.didYouMean(word, words.keySet());
      wrong(
          ProblemCode.INVALID_VALUE,
          name,
          "the " + name + " \"" + word + "\" is not known",
          near.isEmpty() ? OTHER_RELEASE : near);
    }
    return meant;
  }

  /** Notes every field that nobody has asked for. */
  void end() {
    for (String name : tree.keySet()) {
      if (!known.contains(name)) {
        String near = Suggestion.didYouMean(name, known);
        problems.add(
            Problem.error(ProblemCode.UNKNOWN_FIELD, "the field \"" + name + "\" is not known here")
                .at(source.find(PlainPath.field(path, name)))
                .hint(near.isEmpty() ? OTHER_RELEASE : near));
      }
    }
  }

  void wrong(ProblemCode code, String name, String message, String hint) {
    problems.add(
        Problem.error(code, message)
            .at(source.find(name.isEmpty() ? path : PlainPath.field(path, name)))
            .hint(hint));
  }

  void item(String name, int index, ProblemCode code, String message) {
    problems.add(
        Problem.error(code, message)
            .at(source.find(PlainPath.item(PlainPath.field(path, name), index))));
  }

  private <T> T typed(String name, Class<T> type, String what, T otherwise) {
    if (!has(name)) {
      wrong(ProblemCode.MISSING_FIELD, name, "the field \"" + name + "\" is missing", "");
      return otherwise;
    }
    Object value = tree.get(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    wrong(ProblemCode.WRONG_TYPE, name, "the field \"" + name + "\" must be " + what, "");
    return otherwise;
  }
}

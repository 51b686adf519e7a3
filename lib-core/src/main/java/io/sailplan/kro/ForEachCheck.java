package io.sailplan.kro;

import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lists that a resource is repeated over. */
final class ForEachCheck {
  /** kro's bound, unless it is started with another. */
  static final int MOST_DIMENSIONS = 10;

  private final Mistakes mistakes;
  private final Set<String> resourceIds;

  ForEachCheck(Mistakes mistakes, Set<String> resourceIds) {
    this.mistakes = mistakes;
    this.resourceIds = resourceIds;
  }

  List<ForEachDimension> read(Map<String, @Nullable Object> resource, String id, String path) {
    List<@Nullable Object> items = Trees.list(resource.get("forEach"));
    if (items.size() > MOST_DIMENSIONS) {
      mistakes.add(
          ProblemCode.TOO_LARGE,
          path,
          "resource \""
              + id
              + "\": forEach cannot have more than "
              + MOST_DIMENSIONS
              + " dimensions, got "
              + items.size(),
          "Join lists in one expression.");
    }
    List<ForEachDimension> dimensions = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String at = path + "[" + i + "]";
      Trees.strings(items.get(i))
          .forEach(
              (name, expression) -> {
                name(name, id, at, seen);
                if (!Expressions.isStandalone(expression)) {
                  mistakes.add(
                      ProblemCode.INVALID_VALUE,
                      at + "." + name,
                      "invalid forEach expression for dimension \""
                          + name
                          + "\": only standalone expressions are allowed",
                      "Write one expression and nothing around it: \"${…}\".");
                }
                dimensions.add(new ForEachDimension(name, expression));
              });
    }
    return dimensions;
  }

  private void name(String name, String id, String path, Set<String> seen) {
    String what = "resource \"" + id + "\": forEach iterator name \"" + name + "\" ";
    String hint = "Choose another name.";
    if (!Names.isIdentifier(name)) {
      String better = Names.lowerCamel(name);
      mistakes.add(
          ProblemCode.INVALID_NAME,
          path,
          what + "is not valid: must be lowerCamelCase",
          better.isEmpty() ? hint : "Did you mean \"" + better + "\"?");
    } else if (Names.isReserved(name)) {
      mistakes.add(ProblemCode.INVALID_NAME, path, what + "is a reserved keyword", hint);
    } else if (resourceIds.contains(name)) {
      mistakes.add(ProblemCode.DUPLICATE, path, what + "conflicts with resource ID", hint);
    }
    if (!seen.add(name)) {
      mistakes.add(
          ProblemCode.DUPLICATE,
          path,
          "resource \"" + id + "\": duplicate forEach iterator name \"" + name + "\"",
          hint);
    }
  }
}

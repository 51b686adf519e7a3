package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.SourceMap;
import io.sailplan.ownership.ShapeWalk.Stage;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks an object offline, as strictly as the API server does and more clearly: unknown fields,
 * wrong types, missing required fields, items with the same key, values that no field of the sort
 * takes, fields that do not go together, names. What is declared and what would be stored are
 * checked by the same rules.
 */
public final class ShapeValidator {
  private ShapeValidator() {}

  /**
   * Returns everything that is wrong, in the order of the object; empty if nothing is. Text that
   * holds an expression ({@code ${…}}) is taken as right.
   *
   * @param resource what to check; the places of its text go into the problems
   * @param shape the structure of its kind
   */
  public static List<Problem> validate(Resource resource, KindShape shape) {
    return validate(resource.manifest(), resource.source(), shape, Stage.DECLARED);
  }

  /**
   * Returns what is wrong with single fields of a declared object, whatever others write: not what
   * is missing, and not what does not go together.
   */
  public static List<Problem> validateParts(Resource resource, KindShape shape) {
    return validate(resource.manifest(), resource.source(), shape, Stage.PART);
  }

  /** Returns everything that is wrong with {@code manifest}, with paths but without places. */
  public static List<Problem> validate(Manifest manifest, KindShape shape) {
    return validate(manifest, SourceMap.none(), shape, Stage.DECLARED);
  }

  /**
   * Returns for what the API server refuses to store an object, in the order of the object; empty
   * if nothing is known to be wrong. What was wrong already is left out: either the server takes
   * it, or whoever wrote it is to blame.
   *
   * @param stored the object as it would be stored, with its defaults and what others wrote
   * @param before the object as it is stored; null if there is none
   * @param shape the structure of the kind, in the version of both
   */
  public static List<Flaw> flaws(Manifest stored, @Nullable Manifest before, KindShape shape) {
    List<Problem> problems = ofStored(stored, shape);
    if (!problems.isEmpty() && before != null) {
      List<Problem> known = ofStored(before, shape);
      problems.removeAll(known);
      if (shape.custom() && known.stream().anyMatch(ShapeValidator::isDuplicate)) {
        problems.removeIf(ShapeValidator::isDuplicate); // then the server does not look for more
      }
    }
    return problems.stream().map(problem -> Flaw.of(problem, stored.tree(), shape)).toList();
  }

  private static boolean isDuplicate(Problem problem) {
    return problem.code() == ProblemCode.DUPLICATE;
  }

  private static List<Problem> ofStored(Manifest stored, KindShape shape) {
    List<Problem> problems = new ArrayList<>();
    ProblemPlaces places = new ProblemPlaces(SourceMap.none(), problems);
    new ShapeWalk(places, shape, Stage.STORED)
        .object(stored.without("metadata", "managedFields").tree());
    return problems;
  }

  private static List<Problem> validate(
      Manifest manifest, SourceMap source, KindShape shape, Stage stage) {
    List<Problem> problems = new ArrayList<>();
    ProblemPlaces places = new ProblemPlaces(source, problems);
    new ShapeWalk(places, shape, stage).object(manifest.tree());
    NameRules.check(manifest, shape, places);
    return List.copyOf(problems);
  }
}

package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.SourceMap;
import io.sailplan.problem.Problem;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a desired object offline, as strictly as the API server does and more clearly: unknown
 * fields, wrong types, missing required fields, items with the same key, bad quantities, times and
 * base64, numbers that do not fit, names.
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
    return validate(resource.manifest(), resource.source(), shape);
  }

  /** Returns everything that is wrong with {@code manifest}, with paths but without places. */
  public static List<Problem> validate(Manifest manifest, KindShape shape) {
    return validate(manifest, SourceMap.none(), shape);
  }

  private static List<Problem> validate(Manifest manifest, SourceMap source, KindShape shape) {
    List<Problem> problems = new ArrayList<>();
    ProblemPlaces places = new ProblemPlaces(source, problems);
    new ShapeWalk(places).object(manifest.tree(), shape);
    NameRules.check(manifest, shape, places);
    return List.copyOf(problems);
  }
}

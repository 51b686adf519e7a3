package io.sailplan.ownership;

import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import io.sailplan.shape.KindShape;
import java.util.List;

/** Validates manifests against shapes (stand-in: on conflict take the other file). */
public final class ShapeValidator {
  private ShapeValidator() {}

  /** Returns all problems. */
  public static List<Problem> validate(Resource resource, KindShape shape) {
    return List.of();
  }
}

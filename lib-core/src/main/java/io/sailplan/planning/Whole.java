package io.sailplan.planning;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Resource;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.Canonical;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.problem.Problem;
import io.sailplan.shape.KindShape;
import java.util.List;

/** What is wrong with a declared object: alone, or with what others have written into it. */
final class Whole {
  private Whole() {}

  /**
   * Returns what is wrong. What is missing, or does not go together, is no mistake where the object
   * exists and has the rest: the server looks at the whole.
   */
  static List<Problem> problems(World world, Resource resource, KindShape shape) {
    List<Problem> problems = ShapeValidator.validate(resource, shape);
    if (problems.isEmpty()
        || !(world.snapshot().lookup(resource.manifest().key()) instanceof Lookup.Found found)) {
      return problems;
    }
    List<Problem> byItself = ShapeValidator.validateParts(resource, shape);
    boolean same =
        byItself.size() == problems.size()
            || !found.object().manifest().apiVersion().equals(resource.manifest().apiVersion());
    return same || !isWhole(world, resource, found.object(), shape) ? problems : byItself;
  }

  private static boolean isWhole(World world, Resource resource, LiveObject live, KindShape shape) {
    return ServerSideApply.apply(
                ApplyRequest.of(
                        live.manifest(),
                        Canonical.canonical(resource.manifest(), shape),
                        world.membership().fieldManager(),
                        shape,
                        world.now())
                    .forced())
            instanceof ApplyResult.Applied applied
        && ShapeValidator.flaws(applied.object(), live.manifest(), shape).isEmpty();
  }
}

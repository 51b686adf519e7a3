package io.sailplan.planning;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Resource;
import io.sailplan.readiness.Readiness;
import io.sailplan.readiness.ReadinessQuery;
import io.sailplan.readiness.Verdict;
import io.sailplan.shape.KindShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an object that exists has to be waited for. */
final class ReadinessCheck {
  private ReadinessCheck() {}

  /** Returns why the object is not ready; empty if it is, or if nothing tells. */
  static Optional<String> notReady(World world, Resource resource, LiveObject live) {
    Verdict verdict =
        Readiness.judge(
            live,
            ReadinessQuery.plain().withRule(rule(world, resource)).withRelated(world.snapshot()));
    // Of a silent object nobody will ever hear: what has been applied before counts as ready.
    return verdict.isReady() || verdict.status() == Verdict.Status.SILENT
        ? Optional.empty()
        : Optional.of(verdict.message());
  }

  /**
   * Returns whether the resource may be anything but ready once it exists: whether it would be
   * judged unready in its first generation, before any controller has seen it.
   */
  static boolean isNeeded(World world, Resource resource) {
    LiveObject unseen =
        LiveObject.of(resource.manifest().without("status").with(1L, "metadata", "generation"));
    ReadinessQuery query = ReadinessQuery.plain().withRule(rule(world, resource));
    Verdict verdict = Readiness.judge(unseen, query);
    return !verdict.isReady() || verdict.assumed();
  }

  /**
   * Returns the rule by which it is judged; custom resources that cannot have a status are ready
   * when they exist.
   */
  static @Nullable ReadinessRule rule(World world, Resource resource) {
    if (resource.readiness() != null) {
      return resource.readiness();
    }
    Optional<KindShape> shape = world.catalog().find(resource.manifest());
    boolean mute =
        shape.isPresent() && shape.get().custom() && shape.get().shape().child("status") == null;
    return mute ? new ReadinessRule.Exists() : null;
  }
}

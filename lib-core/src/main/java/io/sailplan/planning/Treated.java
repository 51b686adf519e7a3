package io.sailplan.planning;

import io.sailplan.dialect.Treatment;
import io.sailplan.model.Lookup;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Resource;
import io.sailplan.plan.Target;
import org.jspecify.annotations.Nullable;

/**
 * Plans what happens to objects of which an annotation says that they are written rarely or not.
 */
final class Treated {
  private Treated() {}

  /** Returns the draft; null if the object is treated like any other. */
  static @Nullable Draft draft(World world, Treatment treatment, Resource resource, ObjectKey key) {
    Target target =
        new Target(
            resource.id(), resource.manifest().groupVersionKind(), key.namespace(), key.name());
    Lookup found = world.lookup(key);
    boolean exists = found instanceof Lookup.Found live && !live.object().isTerminating();
    return switch (treatment.writing()) {
      case NORMAL -> null;
      case CREATE_ONLY ->
          exists ? unchanged(target, "it exists, and is not changed: " + treatment.text()) : null;
      case EXPECTED ->
          exists
              ? unchanged(target, "it exists, and somebody else keeps it: " + treatment.text())
              : new Draft(
                  target,
                  null,
                  "somebody else has to make it: " + treatment.text(),
                  "",
                  true,
                  "",
                  new ReadinessRule.Exists(),
                  false);
      case NEVER -> unchanged(target, "it is not touched: " + treatment.text());
    };
  }

  private static Draft unchanged(Target target, String reason) {
    return new Draft(target, null, reason, "", false, "", null, false);
  }
}

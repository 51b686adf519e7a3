package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Look;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.policy.Policy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Computes what to look at. */
final class Looks {
  private Looks() {}

  static List<Look> next(Operation operation, Policy policy, Snapshot seen) {
    Membership membership = operation.membership();
    Set<Look> looks = new LinkedHashSet<>();
    looks.add(new Look.AtObject(membership.parent()));
    operation
        .declared()
        .ifPresent(
            application -> {
              for (Resource resource : application.resources()) {
                looks.add(new Look.AtObject(resource.manifest().key()));
              }
            });
    looks.removeIf(look -> seen.hasTaken(look) || seen.refused().containsKey(look));
    return List.copyOf(looks);
  }
}

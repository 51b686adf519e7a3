package io.sailplan.run;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which objects carry the label of members when the plan has been carried out. */
final class Members {
  private final Map<String, String> label;
  private final Set<ObjectKey> keys = new HashSet<>();

  Members(Plan plan) {
    label = Map.of(Membership.PART_OF, plan.operation().membership().id());
    for (Step step : plan.steps()) {
      Payload payload = payload(step);
      if (payload != null && isOne(payload.manifest())) {
        keys.add(step.target().key());
      }
    }
  }

  Map<String, String> label() {
    return label;
  }

  boolean contains(ObjectKey key) {
    return keys.contains(key);
  }

  boolean isOne(Manifest manifest) {
    return manifest.labels().entrySet().containsAll(label.entrySet());
  }

  private static @Nullable Payload payload(Step step) {
    return step instanceof Step.Create create
        ? create.payload()
        : step instanceof Step.Apply apply ? apply.payload() : null;
  }
}

package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every plan goes through before it is run here: it is saved, read back and opened, so that
 * nothing can be missing in the file that a run needs.
 */
final class Passage {
  private static final PlanKey KEY =
      PlanKey.of("the key of every simulated cluster".getBytes(StandardCharsets.UTF_8));

  private Passage() {}

  /** Returns the plan as it arrives; what cannot be saved is returned as it is. */
  static Plan of(Plan plan) {
    Optional<SavedPlan> saved = SavedPlan.of(plan, KEY).saved();
    if (saved.isEmpty()) {
      return plan;
    }
    SavedPlan read = SavedPlan.read("plan", saved.get().toJson()).orThrow();
    if (!read.equals(saved.get())) {
      throw new IllegalStateException("a plan was read back as another one: " + plan.render());
    }
    Map<ObjectKey, Manifest> secrets = secrets(plan);
    return read.open(KEY, key -> Optional.ofNullable(secrets.get(key))).orThrow();
  }

  /** Returns the plan, knowing also how {@code served} are served. */
  static Plan knowing(Plan plan, List<ApiResource> served) {
    List<ApiResource> kinds = new ArrayList<>(plan.kinds());
    kinds.addAll(served);
    return plan.servedAs(ApiResources.of(kinds));
  }

  private static Map<ObjectKey, Manifest> secrets(Plan plan) {
    Map<ObjectKey, Manifest> secrets = new TreeMap<>();
    for (Step step : plan.steps()) {
      Payload payload =
          step instanceof Step.Create create
              ? create.payload()
              : step instanceof Step.Apply apply ? apply.payload() : null;
      if (payload instanceof Payload.Literal literal) {
        secrets.put(step.target().key(), literal.manifest());
      }
    }
    return secrets;
  }
}

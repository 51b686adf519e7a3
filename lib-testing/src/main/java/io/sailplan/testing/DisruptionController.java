package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts for PodDisruptionBudgets; nothing is evicted here. */
final class DisruptionController extends Controller {
  DisruptionController(ControllerClient client) {
    super(client, Kind.DISRUPTION_BUDGET);
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    if (change.key().groupKind().equals(Kind.POD)) {
      enqueueAll(Kind.DISRUPTION_BUDGET, change.key().namespace());
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest budget = client.get(key);
    if (budget == null) {
      return;
    }
    List<Manifest> pods =
        client.list(Kind.POD, budget.namespace()).stream()
            .filter(pod -> Selectors.selects(budget.get("spec", "selector"), pod.labels()))
            .filter(PodTemplates::isActive)
            .toList();
    long healthy = pods.stream().filter(PodTemplates::isReady).count();
    long desired = desired(budget, pods.size());
    long allowed = pods.isEmpty() ? 0 : Math.max(0, healthy - desired);
    Conditions conditions = Conditions.of(budget, client.now());
    conditions.set(
        "DisruptionAllowed",
        allowed > 0 ? "True" : "False",
        allowed > 0 ? "SufficientPods" : "InsufficientPods",
        "");
    client.updateStatus(
        budget,
        Tree.of(
            "observedGeneration",
            budget.get("metadata", "generation"),
            "disruptionsAllowed",
            allowed,
            "currentHealthy",
            healthy,
            "desiredHealthy",
            desired,
            "expectedPods",
            (long) pods.size(),
            "conditions",
            withMessages(conditions, budget)));
  }

  private static long desired(Manifest budget, int pods) {
    Object most = budget.get("spec", "maxUnavailable");
    if (most != null) {
      return Math.max(0, pods - DeploymentController.share(most, pods, true));
    }
    Object least = budget.get("spec", "minAvailable");
    return DeploymentController.share(least == null ? 1L : least, pods, true);
  }

  /** Messages are always written here, as is the generation. */
  private static @Nullable Object withMessages(Conditions conditions, Manifest budget) {
    List<Map<String, @Nullable Object>> all = conditions.tree();
    return all == null
        ? null
        : all.stream()
            .map(
                condition -> {
                  Map<String, @Nullable Object> full = new LinkedHashMap<>(condition);
                  full.putIfAbsent("message", "");
                  full.put("observedGeneration", budget.get("metadata", "generation"));
                  return full;
                })
            .toList();
  }
}

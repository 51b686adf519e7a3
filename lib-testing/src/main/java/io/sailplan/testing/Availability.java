package io.sailplan.testing;

import io.sailplan.model.Manifest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a ready pod counts as available: once it was ready for {@code minReadySeconds}. */
final class Availability {
  private Availability() {}

  static boolean isAvailable(Manifest pod, long minReadySeconds, Instant now) {
    Instant since = since(pod, minReadySeconds);
    return since != null && !since.isAfter(now);
  }

  /** Returns when the pod is, or will be, available; null if it is not ready. */
  static @Nullable Instant since(Manifest pod, long minReadySeconds) {
    if (Owners.isTerminating(pod)) {
      return null;
    }
    for (Map<String, @Nullable Object> condition : Tree.objects(pod, "status", "conditions")) {
      if ("Ready".equals(condition.get("type")) && "True".equals(condition.get("status"))) {
        Instant ready = Tree.time(condition.get("lastTransitionTime"));
        return ready == null ? null : ready.plusSeconds(minReadySeconds);
      }
    }
    return null;
  }
}

package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many objects a namespace may hold, and holds. Only counts of objects are known: {@code pods},
 * {@code services}, {@code count/deployments.apps} and the like.
 */
final class Quotas extends Controller {
  private final World world;

  Quotas(World world, ControllerClient client) {
    super(client, Kind.QUOTA);
    this.world = world;
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    if (change.before() == null || change.after() == null || isPod(change.key())) {
      enqueueAll(Kind.QUOTA, change.key().namespace());
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest quota = client.get(key);
    if (quota == null) {
      return;
    }
    Map<String, @Nullable Object> used = new TreeMap<>();
    for (String name : limits(quota).keySet()) {
      used.put(name, Long.toString(used(world, name, quota.namespace())));
    }
    client.updateStatus(quota, Tree.of("hard", quota.get("spec", "hard"), "used", used));
  }

  /** Returns the limits that count objects. */
  static Map<String, Long> limits(Manifest quota) {
    Map<String, Long> limits = new TreeMap<>();
    Trees.object(quota.get("spec", "hard"))
        .forEach(
            (name, limit) -> {
              if (limit != null) {
                limits.put(name, Quantity.parse(limit).longValue());
              }
            });
    return limits;
  }

  static boolean counts(String limit, ApiResource resource) {
    return limit.equals("count/" + Answers.qualified(resource))
        || (resource.kind().group().isEmpty() && limit.equals(resource.plural()));
  }

  /** Returns how many objects a limit counts; pods that have ended do not count. */
  static long used(World world, String limit, String namespace) {
    for (KindShape shape : world.kinds().all()) {
      if (counts(limit, shape.resource())) {
        GroupKind kind = shape.kind().groupKind();
        return world.store().list(kind, namespace).stream()
            .filter(object -> !isPod(object.key()) || PodTemplates.isActive(object))
            .count();
      }
    }
    return 0;
  }

  private static boolean isPod(ObjectKey key) {
    return key.groupKind().equals(Kind.POD);
  }
}

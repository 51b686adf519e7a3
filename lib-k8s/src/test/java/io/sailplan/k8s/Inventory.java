package io.sailplan.k8s;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that exists in a cluster. */
final class Inventory {
  /** What comes and goes by itself. */
  private static final Set<String> RESTLESS =
      Set.of("Event", "Lease", "ComponentStatus", "IPAddress", "Node");

  private Inventory() {}

  /** Returns every object that can be listed, ordered by key. */
  static Map<ObjectKey, LiveObject> of(KubernetesCluster cluster) {
    Map<ObjectKey, LiveObject> all = new TreeMap<>();
    Set<GroupKind> kinds = new LinkedHashSet<>();
    cluster.served().forEach(resource -> kinds.add(resource.kind().groupKind()));
    kinds.removeIf(kind -> RESTLESS.contains(kind.kind()));
    for (GroupKind kind : kinds) {
      Response list = cluster.send(new Request.ListObjects(kind, "", Map.of(), Map.of()));
      if (list.isSuccess()) {
        list.objects().forEach(object -> all.put(object.key(), object));
      }
    }
    return all;
  }

  /**
   * Returns what is there now and was not before, once it satisfies {@code enough} or the time is
   * up: garbage collection and namespaces take a moment.
   */
  static List<LiveObject> since(
      Map<ObjectKey, LiveObject> before,
      KubernetesCluster cluster,
      Predicate<List<LiveObject>> enough) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      Map<ObjectKey, LiveObject> now = of(cluster);
      now.keySet().removeAll(before.keySet());
      List<LiveObject> more = List.copyOf(now.values());
      if (enough.test(more) || System.nanoTime() > deadline) {
        return more;
      }
    }
  }
}

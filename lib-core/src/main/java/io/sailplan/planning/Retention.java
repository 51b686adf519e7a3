package io.sailplan.planning;

import io.sailplan.dialect.Dialect;
import io.sailplan.dialect.Protection;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which members stay although they would go, and why: what the policy or a mark of another tool
 * protects, and what that needs in its turn.
 */
final class Retention {
  private final World world;
  private final MemberGraph graph;
  private final Protection.Removal removal;
  private final Map<ObjectKey, Manifest> declared = new HashMap<>();

  /**
   * A member stays.
   *
   * @param reason why
   * @param detached whether it stays without being a member
   */
  record Stay(String reason, boolean detached) {
    static Stay because(String reason) {
      return new Stay(reason, false);
    }
  }

  Retention(World world, MemberGraph graph, Protection.Removal removal) {
    this.world = world;
    this.graph = graph;
    this.removal = removal;
    String home = world.membership().namespace();
    for (Resource resource : world.declared()) {
      ObjectKey key = resource.manifest().key();
      declared.put(key, resource.manifest());
      if (key.namespace().isEmpty()) { // at home, unless its kind lives in none
        declared.put(key.inNamespace(home), resource.manifest());
      }
    }
  }

  /**
   * Returns what stays, ordered by id.
   *
   * @param going what would go
   * @param needed what is needed by what does not go
   */
  Map<String, Stay> of(Set<String> going, Map<String, Stay> needed) {
    Map<String, Stay> stays = new TreeMap<>(needed);
    for (String id : going) {
      own(graph.object(id)).ifPresent(stay -> stays.putIfAbsent(id, stay));
    }
    Set<String> reasoned = Set.copyOf(stays.keySet());
    for (String id : graph.order()) {
      Stay stay = stays.get(id);
      if (stay != null) {
        for (String need : graph.hardDependencies(id)) {
          if (going.contains(need) && !reasoned.contains(need) && loses(id, need)) {
            Stay too = new Stay(id + ", which stays, needs it", stay.detached());
            stays.merge(need, too, (known, more) -> known.detached() ? more : known);
          }
        }
      }
    }
    return stays;
  }

  /** What is protected for the data that it holds does without all but the place where it lives. */
  private boolean loses(String id, String need) {
    LiveObject object = graph.object(id);
    return world.policy().mayDelete(object.key().kind())
        || MemberGraph.contains(graph.object(need), object);
  }

  private Optional<Stay> own(LiveObject object) {
    Optional<Stay> marked = protection(object).map(protection -> stay(protection, object));
    String kind = object.key().kind();
    return marked.isPresent() || world.policy().mayDelete(kind)
        ? marked
        : Optional.of(Stay.because("a " + kind + " is only deleted if the policy names the kind"));
  }

  /** What is declared counts as well: the mark may be as new as the wish to delete. */
  private Optional<Protection> protection(LiveObject object) {
    Set<Dialect> all = world.policy().dialects();
    Optional<Protection> live = Protection.find(object, removal, all);
    return live.isPresent()
        ? live
        : Optional.ofNullable(declared.get(object.key()))
            .flatMap(manifest -> Protection.find(LiveObject.of(manifest), removal, all));
  }

  private Stay stay(Protection protection, LiveObject object) {
    return switch (protection.effect()) {
      case KEEP -> Stay.because(protection.text() + ": it stays");
      case CONFIRM ->
          Stay.because(protection.text() + ": it stays until that is taken away or says otherwise");
      case DETACH ->
          world.membership().contains(object) && !object.isTerminating()
              ? new Stay(protection.text() + ": it stays, and is no member any more", true)
              : Stay.because(protection.text() + ": it stays");
    };
  }
}

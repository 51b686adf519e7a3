package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server keeps of an object, but shows to nobody: who writes it may or may not
 * conflict with its owners, and it may come back. That is {@code internalTrafficPolicy} of a
 * Service that has become an external name (pkg/registry/core/service/storage of Kubernetes 1.36,
 * confirmed by trial).
 */
final class Hidden {
  private static final FieldPath POLICY = FieldPath.of("spec", "internalTrafficPolicy");

  private Hidden() {}

  /** Returns the fields of a live object that may hold something, although nothing is seen. */
  static FieldSet in(KindShape shape, @Nullable Manifest live) {
    return live != null
            && !shape.custom()
            && shape.kind().groupKind().toString().equals("Service")
            && live.string("spec", "type").equals("ExternalName")
            && POLICY.find(live.tree()).isEmpty()
        ? FieldSet.of(POLICY)
        : FieldSet.empty();
  }

  /**
   * Returns what cannot be known of a write for that.
   *
   * @param sent what the client sent
   * @param owners who owns what afterwards
   */
  static List<Assumption> doubts(
      KindShape shape,
      @Nullable Manifest live,
      Map<String, @Nullable Object> sent,
      ManagedFields owners) {
    if (in(shape, live).isEmpty()) {
      return List.of();
    }
    boolean ours = Trees.get(sent, "spec", "internalTrafficPolicy") != null;
    List<ManagedEntry> all = owners.ownersOf(POLICY);
    if (all.size() < (ours ? 2 : 1)) {
      return List.of();
    }
    String reason = "a Service with an external name does not show what is set at " + POLICY;
    return List.of(ours ? Assumption.ofAll(reason) : new Assumption(FieldSet.of(POLICY), reason));
  }
}

package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server takes once the object exists, and does not store: no write changes it, and no
 * answer says so. A pure function; thread-safe.
 */
public final class IgnoredFields {
  private static final Map<GroupKind, FieldPath> KEPT =
      Map.of(
          new GroupKind("certificates.k8s.io", "CertificateSigningRequest"), FieldPath.of("spec"),
          new GroupKind("", "Namespace"), FieldPath.of("spec", "finalizers"));

  private IgnoredFields() {}

  /** Returns whether anything of a kind is ignored. */
  public static boolean has(GroupKind kind) {
    return KEPT.containsKey(kind);
  }

  /**
   * Returns what is declared and will not become so: what the object has, and what is declared;
   * ordered as the API server orders paths.
   *
   * @param live the object as the cluster returned it
   * @param declared the object as it should be
   * @param shape the structure of the kind, in the version of both
   */
  public static List<FieldDiff.Difference> of(Manifest live, Manifest declared, KindShape shape) {
    FieldPath kept = KEPT.get(shape.kind().groupKind());
    List<FieldDiff.Difference> ignored = new ArrayList<>();
    if (kept != null) {
      Manifest stored = Manifest.of(StoredForm.of(declared.tree(), shape.shape()));
      for (FieldPath path : WrittenFields.of(declared.tree(), shape.shape()).stream().toList()) {
        @Nullable Object there = path.find(live.tree()).orElse(null);
        @Nullable Object wanted = path.find(stored.tree()).orElse(null);
        if (path.startsWith(kept) && !Values.equal(there, wanted)) {
          ignored.add(new FieldDiff.Difference(path, there, wanted));
        }
      }
    }
    return ignored;
  }
}

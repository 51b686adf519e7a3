package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the endpoint of an object, or of a subresource of it, resets whatever is written ("reset
 * fields" in Kubernetes).
 */
final class Endpoint {
  private static final FieldSet STATUS = FieldSet.of(FieldPath.of("status"));
  private static final FieldSet SPEC = FieldSet.of(FieldPath.of("spec"));

  /** Groups whose status endpoints reset metadata as well. */
  private static final Set<String> METADATA =
      Set.of(
          "resource.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "internal.apiserver.k8s.io",
          "storagemigration.k8s.io",
          "scheduling.k8s.io",
          "storage.k8s.io");

  private Endpoint() {}

  static FieldSet resets(KindShape shape, String subresource) {
    if (subresource.isEmpty()) {
      // What is to be signed is never changed, so nobody owns it, not even who has asked for it.
      return shape.kind().kind().equals("CertificateSigningRequest")
          ? STATUS.union(SPEC)
          : shape.status() ? STATUS : FieldSet.empty();
    }
    if (!subresource.equals("status")) {
      return FieldSet.empty();
    }
    List<FieldPath> more = new ArrayList<>();
    if (shape.custom()
        || METADATA.contains(shape.kind().group())
        || shape.kind().kind().equals("ServiceCIDR")) {
      more.add(FieldPath.of("metadata"));
    } else if (shape.kind().kind().equals("Deployment")) {
      more.add(FieldPath.of("metadata", "labels"));
    }
    return SPEC.union(FieldSet.of(more));
  }
}

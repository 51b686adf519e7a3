package io.sailplan.k8s;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import java.util.Map;

/**
 * What one watch of a reconciler shows: the members of all applications in a namespace, or a single
 * object.
 *
 * @param kind the kind
 * @param namespace the namespace; empty for all, or for cluster-scoped kinds
 * @param labels the labels that the objects carry; empty for all
 * @param name the name of the only object; empty for all
 */
record Source(GroupKind kind, String namespace, Map<String, String> labels, String name) {

  static Source of(Look look) {
    if (look instanceof Look.AtObject one) {
      return new Source(one.groupKind(), one.key().namespace(), Map.of(), one.key().name());
    }
    Look.AtList list = (Look.AtList) look;
    return isMembers(list)
        ? new Source(list.groupKind(), list.namespace(), Map.of(Membership.PART_OF, ""), "")
        : new Source(list.groupKind(), list.namespace(), list.labels(), "");
  }

  /** Many applications share a watch of all their members. */
  private static boolean isMembers(Look.AtList list) {
    return list.labels().keySet().equals(Map.of(Membership.PART_OF, "").keySet());
  }

  HttpCall select(HttpCall http) {
    if (labels.equals(Map.of(Membership.PART_OF, ""))) {
      return http.query("labelSelector", Membership.PART_OF);
    }
    return Lists.select(http, labels, name.isEmpty() ? Map.of() : Map.of("metadata.name", name));
  }
}

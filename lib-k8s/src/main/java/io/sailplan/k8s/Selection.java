package io.sailplan.k8s;

import io.sailplan.model.GroupKind;
import io.sailplan.model.ObjectKey;
import java.util.Map;

/**
 * What one watch shows.
 *
 * @param kind the kind
 * @param namespace the namespace; empty for all, or for cluster-scoped kinds
 * @param labels the labels that the objects carry; empty for all
 * @param name the name of the only object; empty for all
 */
record Selection(GroupKind kind, String namespace, Map<String, String> labels, String name) {

  static Selection ofMembers(ObjectKey key, Map<String, String> labels) {
    return new Selection(key.groupKind(), key.namespace(), labels, "");
  }

  static Selection ofOne(ObjectKey key) {
    return new Selection(key.groupKind(), key.namespace(), Map.of(), key.name());
  }

  static Selection ofKind(ObjectKey key) {
    return new Selection(key.groupKind(), key.namespace(), Map.of(), "");
  }

  HttpCall select(HttpCall http) {
    return Lists.select(http, labels, name.isEmpty() ? Map.of() : Map.of("metadata.name", name));
  }
}

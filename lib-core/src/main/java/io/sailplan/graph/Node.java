package io.sailplan.graph;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A resource whose kind and namespace are settled.
 *
 * @param index its position in the order of ids
 * @param resource the resource; its manifest names the namespace if and only if it is namespaced
 * @param key the identity of its object
 * @param api how its kind is served; null if it is not known
 * @param pods the pods it runs; null if it runs none
 */
record Node(
    int index,
    Resource resource,
    ObjectKey key,
    @Nullable ApiResource api,
    @Nullable PodTemplate pods) {

  String id() {
    return resource.id();
  }

  Manifest manifest() {
    return resource.manifest();
  }

  GroupKind groupKind() {
    return key.groupKind();
  }

  String namespace() {
    return key.namespace();
  }

  boolean is(String group, String kind) {
    return key.group().equals(group) && key.kind().equals(kind);
  }
}

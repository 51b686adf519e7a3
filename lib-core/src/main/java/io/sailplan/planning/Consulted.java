package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What else decides about a write, beside the object itself and the rules of its kind: the objects
 * that admission consults.
 */
final class Consulted {
  static final GroupKind QUOTA = new GroupKind("", "ResourceQuota");
  static final GroupKind LIMITS = new GroupKind("", "LimitRange");
  static final GroupKind STORAGE_CLASS = new GroupKind("storage.k8s.io", "StorageClass");
  static final GroupKind INGRESS_CLASS = new GroupKind("networking.k8s.io", "IngressClass");
  static final GroupKind PRIORITY_CLASS = new GroupKind("scheduling.k8s.io", "PriorityClass");

  /** The Service that every cluster has: its address is of the family that the cluster prefers. */
  static final ObjectKey FIRST_SERVICE = new ObjectKey("", "Service", "default", "kubernetes");

  private final World world;

  Consulted(World world) {
    this.world = world;
  }

  /** Adds what has to be seen to be sure of what becomes of these objects. */
  void addTo(Set<Look> looks, List<ObjectKey> declared) {
    Set<String> namespaces = new TreeSet<>();
    declared.forEach(key -> namespaces.add(key.namespace()));
    namespaces.remove("");
    Admission.KINDS.forEach(kind -> list(looks, kind, ""));
    namespaces.forEach(namespace -> list(looks, QUOTA, namespace));
    for (Resource resource : world.declared()) {
      Manifest manifest = resource.manifest();
      switch (manifest.groupVersionKind().groupKind().toString()) {
        case "PersistentVolumeClaim":
          list(looks, STORAGE_CLASS, "");
          namespaces.forEach(namespace -> list(looks, LIMITS, namespace));
          break;
        case "Ingress.networking.k8s.io":
          list(looks, INGRESS_CLASS, "");
          break;
        case "PriorityClass.scheduling.k8s.io":
          list(looks, PRIORITY_CLASS, "");
          break;
        case "Service":
          looks.add(new Look.AtObject(FIRST_SERVICE));
          break;
        default:
          break;
      }
      custom(looks, manifest.groupVersionKind());
    }
  }

  private void custom(Set<Look> looks, GroupVersionKind kind) {
    boolean builtIn = world.catalog().find(kind).map(shape -> !shape.custom()).orElse(false);
    if (!builtIn && !kind.group().isEmpty() && !world.kinds().find(kind).isEmpty()) {
      if (world.isServed(World.API_SERVICE)) {
        looks.add(new Look.AtObject(World.apiService(kind)));
      }
    }
  }

  private void list(Set<Look> looks, GroupKind kind, String namespace) {
    if (world.kinds().find(kind).isPresent()) {
      looks.add(new Look.AtList(kind, namespace, Map.of()));
    }
  }
}

package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.PodAdmission;
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

  static final GroupKind RUNTIME_CLASS = new GroupKind("node.k8s.io", "RuntimeClass");
  static final GroupKind SERVICE_ACCOUNT = new GroupKind("", "ServiceAccount");

  /** The Service that every cluster has: its address is of the family that the cluster prefers. */
  static final ObjectKey FIRST_SERVICE = new ObjectKey("", "Service", "default", "kubernetes");

  private final World world;

  Consulted(World world) {
    this.world = world;
  }

  /** Adds what has to be seen to be sure of what becomes of these objects. */
  void addTo(Set<Look> looks, List<ObjectKey> declared) {
    Set<String> namespaces = new TreeSet<>();
    namespaces.add(world.membership().namespace()); // where the parent is
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
        case "Pod":
          pod(looks, manifest, namespaces);
          break;
        default:
          break;
      }
      custom(looks, manifest.groupVersionKind());
    }
  }

  /** What is declared without namespace may be meant for any. */
  private void pod(Set<Look> looks, Manifest pod, Set<String> namespaces) {
    list(looks, PRIORITY_CLASS, "");
    PodAdmission.runtimeClass(pod)
        .filter(name -> !name.isEmpty() && world.kinds().find(RUNTIME_CLASS).isPresent())
        .ifPresent(name -> looks.add(new Look.AtObject(NewPod.runtimeClass(name))));
    for (String namespace : pod.namespace().isEmpty() ? namespaces : Set.of(pod.namespace())) {
      list(looks, LIMITS, namespace);
      looks.add(new Look.AtObject(NewPod.account(namespace, PodAdmission.account(pod))));
      looks.add(new Look.AtObject(World.namespace(namespace)));
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

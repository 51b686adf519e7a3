package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server itself makes of an object when it is created, and keeps when it is changed:
 * the strategies of its kinds and the admission plugins that are on by default. Source:
 * pkg/registry and plugin/pkg/admission of Kubernetes 1.36, confirmed by trial.
 */
final class Creation {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  private Creation() {}

  /**
   * Completes a new object, which is stored already in every other respect.
   *
   * @param sent what the client sent
   */
  static void prepare(
      KindShape shape,
      Map<String, @Nullable Object> sent,
      Map<String, @Nullable Object> stored,
      Instant time) {
    if (shape.custom()) {
      return;
    }
    switch (shape.kind().groupKind().toString()) {
      case "Namespace":
        finalizers(stored, "spec", "kubernetes");
        put(stored, "status", "phase", "Active");
        break;
      case "PersistentVolume":
        finalizers(stored, "metadata", "kubernetes.io/pv-protection");
        put(stored, "status", "phase", "Pending");
        put(stored, "status", "lastPhaseTransitionTime", Scalars.time(time.toString()).orElse(""));
        break;
      case "PersistentVolumeClaim":
        finalizers(stored, "metadata", "kubernetes.io/pvc-protection");
        ClaimSources.complete(stored, Map.of());
        break;
      case "Node":
        notReady(stored);
        rangesOfPods(stored);
        break;
      case "VolumeAttributesClass.storage.k8s.io":
        finalizers(stored, "metadata", "kubernetes.io/vac-protection");
        break;
      case "Pod":
        PodCreation.prepare(stored);
        break;
      case "Service":
        ServiceCreation.prepare(stored);
        break;
      case "Job.batch":
        JobCreation.prepare(sent, stored);
        break;
      case "DaemonSet.apps":
        templateGeneration(stored, 1);
        break;
      case "CustomResourceDefinition.apiextensions.k8s.io":
        storedVersions(stored);
        break;
      default:
        break;
    }
  }

  /** Adds to a written object what its version shows of fields that only other versions have. */
  static void convert(KindShape shape, Map<String, @Nullable Object> written) {
    boolean daemon = shape.kind().groupKind().toString().equals("DaemonSet.apps");
    if (daemon && Trees.get(written, "metadata", "annotations", TEMPLATE_GENERATION) == null) {
      templateGeneration(written, 0);
    }
  }

  /** Keeps in a changed object what only the server may change. */
  static void keep(KindShape shape, Map<String, @Nullable Object> stored, Manifest live) {
    if (shape.custom()) {
      return;
    }
    switch (shape.kind().groupKind().toString()) {
      case "Namespace":
        put(stored, "spec", "finalizers", live.get("spec", "finalizers"));
        break;
      case "PersistentVolumeClaim":
        ClaimSources.complete(stored, live.tree());
        break;
      case "Pod":
        PodCreation.keep(stored);
        break;
      case "CertificateSigningRequest.certificates.k8s.io":
        stored.put("spec", live.get("spec"));
        break;
      case "Node":
        rangesOfPods(stored);
        break;
      case "Service":
        ServiceCreation.keep(stored, live);
        break;
      case "DaemonSet.apps":
        String before = live.string("metadata", "annotations", TEMPLATE_GENERATION);
        long generation = before.matches("[0-9]{1,9}") ? Long.parseLong(before) : 0;
        boolean same =
            Values.equal(live.get("spec", "template"), Trees.get(stored, "spec", "template"));
        if (generation > 0 || !same) {
          templateGeneration(stored, generation + (same ? 0 : 1));
        }
        break;
      default:
        break;
    }
  }

  /**
   * The fields of a changed object that nobody can know before: a Service may need an address or
   * node ports only now.
   */
  static FieldSet serverChosenLater(KindShape shape, Map<String, @Nullable Object> stored) {
    List<FieldPath> paths = new ArrayList<>();
    if (!shape.custom() && shape.kind().groupKind().toString().equals("Service")) {
      ServiceCreation.serverChosen(stored, paths);
    }
    return FieldSet.of(paths);
  }

  /** The fields of a new object that nobody can know before. */
  static FieldSet serverChosen(KindShape shape, Map<String, @Nullable Object> stored) {
    List<FieldPath> paths = new ArrayList<>();
    for (String field : List.of("uid", "resourceVersion", "creationTimestamp")) {
      paths.add(FieldPath.of("metadata", field));
    }
    switch (shape.kind().groupKind().toString()) {
      case "Service":
        ServiceCreation.serverChosen(stored, paths);
        break;
      case "Pod":
        PodCreation.serverChosen(stored, paths);
        break;
      case "Job.batch":
        JobCreation.serverChosen(stored, paths);
        break;
      case "CertificateSigningRequest.certificates.k8s.io":
        for (String field : List.of("username", "uid", "groups", "extra")) {
          paths.add(FieldPath.of("spec", field)); // who asks is who is logged in
        }
        break;
      default:
        break;
    }
    return FieldSet.of(paths);
  }

  private static void templateGeneration(Map<String, @Nullable Object> stored, long generation) {
    Map<String, @Nullable Object> annotations =
        new LinkedHashMap<>(Trees.object(Trees.get(stored, "metadata", "annotations")));
    annotations.put(TEMPLATE_GENERATION, Long.toString(generation));
    put(stored, "metadata", "annotations", annotations);
  }

  /** A new node takes no pods until its kubelet has spoken (the plugin TaintNodesByCondition). */
  private static void notReady(Map<String, @Nullable Object> stored) {
    Map<String, @Nullable Object> taint = new LinkedHashMap<>();
    taint.put("key", "node.kubernetes.io/not-ready");
    taint.put("effect", "NoSchedule");
    List<@Nullable Object> taints =
        new ArrayList<>(Trees.list(Trees.get(stored, "spec", "taints")));
    if (!taints.contains(taint)) {
      taints.add(taint);
    }
    put(stored, "spec", "taints", taints);
  }

  /** The single range of a node is the first of its ranges, and counts more than the list. */
  private static void rangesOfPods(Map<String, @Nullable Object> stored) {
    List<@Nullable Object> ranges =
        new ArrayList<>(Trees.list(Trees.get(stored, "spec", "podCIDRs")));
    Object single = Trees.get(stored, "spec", "podCIDR");
    if (single == null && ranges.isEmpty()) {
      return;
    }
    if (single != null) {
      ranges.subList(0, Math.min(1, ranges.size())).clear();
      ranges.add(0, single);
    }
    put(stored, "spec", "podCIDR", ranges.get(0));
    put(stored, "spec", "podCIDRs", ranges);
  }

  private static void storedVersions(Map<String, @Nullable Object> stored) {
    for (Object version : Trees.list(Trees.get(stored, "spec", "versions"))) {
      if (Boolean.TRUE.equals(Trees.get(version, "storage"))) {
        List<@Nullable Object> versions = new ArrayList<>();
        versions.add(Trees.get(version, "name"));
        put(stored, "status", "storedVersions", versions);
        return;
      }
    }
  }

  private static void finalizers(
      Map<String, @Nullable Object> stored, String outer, String finalizer) {
    List<@Nullable Object> all =
        new ArrayList<>(Trees.list(Trees.get(stored, outer, "finalizers")));
    if (!all.contains(finalizer)) {
      all.add(finalizer);
    }
    put(stored, outer, "finalizers", all);
  }

  static void put(
      Map<String, @Nullable Object> stored, String outer, String inner, @Nullable Object value) {
    Map<String, @Nullable Object> child = new LinkedHashMap<>(Trees.object(stored.get(outer)));
    if (value == null) {
      child.remove(inner);
    } else {
      child.put(inner, value);
    }
    stored.put(outer, child);
  }
}

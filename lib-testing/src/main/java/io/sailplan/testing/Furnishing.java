package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the server and its standard admission plugins add to an object before it is stored: initial
 * status, finalizers, allocated addresses, labels of Jobs, service accounts of pods.
 */
final class Furnishing {
  private static final long FIRST_NODE_PORT = 30_000;
  private static final long TRIED_NODE_PORT = 32_769;

  private final World world;

  Furnishing(World world) {
    this.world = world;
  }

  /**
   * Returns a new object as it is stored, but for its uid and times.
   *
   * @param sent the object as the client sent it
   */
  Manifest created(Manifest sent, Manifest object, String uid, boolean dryRun) {
    return switch (object.kind()) {
      case "Namespace" -> namespace(object);
      case "PersistentVolumeClaim" -> claim(object);
      case "PersistentVolume" ->
          protect(object.with("Pending", "status", "phase"), ClaimController.VOLUME_PROTECTION);
      case "Secret" -> secret(object);
      case "Service" -> object.key().group().isEmpty() ? service(object, null, dryRun) : object;
      case "Job" -> job(object, uid);
      case "Pod" -> new NewPods(world).admitted(sent, object);
      case "DaemonSet" -> template(object, 1);
      case "CustomResourceDefinition" -> definition(object);
      default -> object;
    };
  }

  /** Returns a changed object as it is stored. */
  Manifest updated(Manifest object, Manifest live, boolean dryRun) {
    return switch (object.kind()) {
      case "Secret" -> secret(object);
      case "Service" -> object.key().group().isEmpty() ? service(object, live, dryRun) : object;
      case "DaemonSet" -> template(object, object.integer(1, "metadata", "generation"));
      case "CustomResourceDefinition" -> definition(object);
      default -> object;
    };
  }

  private static Manifest namespace(Manifest namespace) {
    return namespace
        .with(namespace.name(), "metadata", "labels", "kubernetes.io/metadata.name")
        .with(List.of("kubernetes"), "spec", "finalizers")
        .with("Active", "status", "phase");
  }

  private Manifest claim(Manifest claim) {
    Manifest next = protect(claim, ClaimController.CLAIM_PROTECTION);
    if (next.get("spec", "storageClassName") == null) {
      for (Manifest storage : world.store().list(Kind.STORAGE_CLASS, "")) {
        String standard =
            storage.annotations().getOrDefault("storageclass.kubernetes.io/is-default-class", "");
        if (standard.equals("true")) {
          next = next.with(storage.name(), "spec", "storageClassName");
        }
      }
    }
    return next.with("Pending", "status", "phase");
  }

  private static Manifest protect(Manifest object, String finalizer) {
    List<Object> finalizers = new ArrayList<>();
    Trees.list(object.get("metadata", "finalizers")).forEach(f -> finalizers.add(Trees.string(f)));
    if (!finalizers.contains(finalizer)) {
      finalizers.add(finalizer);
    }
    return object.with(finalizers, "metadata", "finalizers");
  }

  private static Manifest secret(Manifest secret) {
    Map<String, String> texts = Trees.strings(secret.get("stringData"));
    Manifest next = secret.without("stringData");
    for (Map.Entry<String, String> text : texts.entrySet()) {
      String encoded =
          Base64.getEncoder()
              .encodeToString(text.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      next = next.with(encoded, "data", text.getKey());
    }
    return next.string("type").isEmpty() ? next.with("Opaque", "type") : next;
  }

  private static Manifest template(Manifest set, long generation) {
    return set.with(
        Long.toString(generation),
        "metadata",
        "annotations",
        "deprecated.daemonset.template.generation");
  }

  private static Manifest definition(Manifest definition) {
    String kind = definition.string("spec", "names", "kind");
    Manifest next = definition;
    if (next.string("spec", "names", "singular").isEmpty()) {
      next = next.with(kind.toLowerCase(java.util.Locale.ROOT), "spec", "names", "singular");
    }
    if (next.string("spec", "names", "listKind").isEmpty()) {
      next = next.with(kind + "List", "spec", "names", "listKind");
    }
    return next.get("spec", "conversion") == null
        ? next.with("None", "spec", "conversion", "strategy")
        : next;
  }

  private static Manifest job(Manifest job, String uid) {
    if (Boolean.TRUE.equals(job.get("spec", "manualSelector"))) {
      return job;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("batch.kubernetes.io/controller-uid", uid);
    labels.put("batch.kubernetes.io/job-name", job.name());
    labels.put("controller-uid", uid);
    labels.put("job-name", job.name());
    Manifest next = job;
    boolean unlabelled = job.labels().isEmpty();
    for (Map.Entry<String, String> label : labels.entrySet()) {
      next = next.with(label.getValue(), "spec", "template", "metadata", "labels", label.getKey());
      if (unlabelled) { // labels of a Job without any default to those of its template
        next = next.with(label.getValue(), "metadata", "labels", label.getKey());
      }
    }
    return next.with(uid, "spec", "selector", "matchLabels", "batch.kubernetes.io/controller-uid");
  }

  /** An address and ports are chosen only when they are kept; a dry run has fixed ones. */
  private Manifest service(Manifest service, @Nullable Manifest live, boolean dryRun) {
    String type = service.string("spec", "type");
    Manifest next = service;
    if (type.equals("ExternalName")) {
      return next.without("spec", "clusterIP").without("spec", "clusterIPs");
    }
    if (next.string("spec", "clusterIP").isEmpty()) {
      String kept = live == null ? "" : live.string("spec", "clusterIP");
      next =
          next.with(
              kept.isEmpty() ? dryRun ? address(0) : freeAddress() : kept, "spec", "clusterIP");
    }
    next = next.with(List.of(next.string("spec", "clusterIP")), "spec", "clusterIPs");
    if (next.get("spec", "ipFamilies") == null) {
      next = next.with(List.of("IPv4"), "spec", "ipFamilies");
    }
    if (next.string("spec", "ipFamilyPolicy").isEmpty()) {
      next = next.with("SingleStack", "spec", "ipFamilyPolicy");
    }
    boolean nodePorts = type.equals("NodePort") || type.equals("LoadBalancer");
    List<Object> ports = new ArrayList<>();
    for (Map<String, @Nullable Object> port : Tree.objects(next, "spec", "ports")) {
      Map<String, @Nullable Object> copy = Tree.mutableObject(port);
      boolean given = Tree.integer(port, 0, "nodePort") > 0;
      if (nodePorts && !given) {
        copy.put("nodePort", dryRun ? TRIED_NODE_PORT : freeNodePort(next, live, port, ports));
      } else if (!nodePorts && live != null && given && wasGiven(live, port)) {
        copy.remove("nodePort");
      }
      ports.add(copy);
    }
    return ports.isEmpty() ? next : next.with(ports, "spec", "ports");
  }

  /** Whether the port has a node port only because it had one before. */
  private static boolean wasGiven(Manifest live, Map<String, @Nullable Object> port) {
    return Tree.objects(live, "spec", "ports").stream()
        .anyMatch(old -> java.util.Objects.equals(old.get("nodePort"), port.get("nodePort")));
  }

  private long freeNodePort(
      Manifest service,
      @Nullable Manifest live,
      Map<String, @Nullable Object> port,
      List<Object> chosen) {
    if (live != null) {
      for (Map<String, @Nullable Object> old : Tree.objects(live, "spec", "ports")) {
        boolean same =
            java.util.Objects.equals(old.get("port"), port.get("port"))
                && java.util.Objects.equals(old.get("protocol"), port.get("protocol"));
        if (same && Tree.integer(old, 0, "nodePort") > 0) {
          return Tree.integer(old, 0, "nodePort");
        }
      }
    }
    TreeSet<Long> taken = new TreeSet<>();
    chosen.forEach(p -> taken.add(Tree.integer(p, 0, "nodePort")));
    Tree.objects(service, "spec", "ports").forEach(p -> taken.add(Tree.integer(p, 0, "nodePort")));
    for (Manifest other : world.store().list(Kind.SERVICE, "")) {
      Tree.objects(other, "spec", "ports").forEach(p -> taken.add(Tree.integer(p, 0, "nodePort")));
    }
    long free = FIRST_NODE_PORT;
    while (taken.contains(free)) {
      free++;
    }
    return free;
  }

  private String freeAddress() {
    TreeSet<String> taken = new TreeSet<>();
    world.store().list(Kind.SERVICE, "").forEach(s -> taken.add(s.string("spec", "clusterIP")));
    int number = 11;
    while (taken.contains(address(number))) {
      number++;
    }
    return address(number);
  }

  private static String address(int number) {
    return "10.96." + (number >> 8) + "." + (number & 255);
  }
}

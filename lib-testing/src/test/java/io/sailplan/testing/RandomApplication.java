package io.sailplan.testing;

import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An application of random resources that need each other at random, in two versions: the second
 * has other data and other images, and a few resources more.
 */
final class RandomApplication {
  private static final String[] KINDS = {
    "ConfigMap",
    "ConfigMap",
    "Secret",
    "Secret",
    "ServiceAccount",
    "ServiceAccount",
    "Deployment",
    "Deployment",
    "StatefulSet",
    "Job",
    "Namespace"
  };

  private final Random random;
  private final boolean healthy;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> namespaces = new ArrayList<>(List.of("default"));

  /**
   * One resource.
   *
   * @param needs the numbers of the entries that must be ready before
   * @param config the number of the ConfigMap or Secret that its containers read; -1 for none
   * @param behaviour how its pods behave
   * @param changes whether the second version differs
   * @param late whether only the second version has it
   */
  private record Entry(
      String kind,
      String name,
      String namespace,
      Set<Integer> needs,
      int config,
      String behaviour,
      boolean changes,
      boolean late) {}

  /**
   * Makes one.
   *
   * @param most how many resources at the most
   * @param healthy whether all its pods become ready, and all its Jobs complete, in time
   */
  RandomApplication(long seed, int most, boolean healthy) {
    this.random = Seeds.random(seed, "application");
    this.healthy = healthy;
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      entries.add(entry(i));
    }
  }

  private Entry entry(int number) {
    String kind = KINDS[random.nextInt(KINDS.length)];
    String name = kind.toLowerCase(java.util.Locale.ROOT) + "-" + number;
    boolean late = random.nextInt(8) == 0;
    String namespace = "";
    Set<Integer> needs = new TreeSet<>();
    if (kind.equals("Namespace")) {
      namespaces.add(name);
      late = false;
    } else {
      namespace = namespaces.get(random.nextInt(namespaces.size()));
      for (int i = 0; i < number; i++) {
        if (entries.get(i).name().equals(namespace)) {
          needs.add(i);
        }
      }
    }
    int config = -1;
    for (int i = 0; i < number; i++) {
      Entry other = entries.get(i);
      if (other.late() && !late) {
        continue;
      }
      if (random.nextInt(8) == 0) {
        needs.add(i);
      }
      boolean readable = Set.of("ConfigMap", "Secret").contains(other.kind());
      if (readable && hasPods(kind) && other.namespace().equals(namespace) && chance(4)) {
        config = i;
        needs.add(i);
      }
    }
    return new Entry(
        kind, name, namespace, needs, config, behaviour(), chance(2) && !kind.equals("Job"), late);
  }

  private boolean chance(int outOf) {
    return random.nextInt(outOf) == 0;
  }

  private String behaviour() {
    switch (random.nextInt(healthy ? 2 : 12)) {
      case 0:
        return "late:" + (1 + random.nextInt(30)) + "s";
      case 2:
        return "never-ready";
      case 3:
        return "crash-loop";
      case 4:
        return "late:3m";
      default:
        return "";
    }
  }

  private static boolean hasPods(String kind) {
    return Set.of("Deployment", "StatefulSet", "Job").contains(kind);
  }

  /** Returns whether everything becomes ready in the end. */
  boolean isHealthy() {
    return healthy;
  }

  /** Returns version 1 or 2. */
  Application version(int version) {
    List<Resource> resources = new ArrayList<>();
    for (Entry entry : entries) {
      if (version == 2 || !entry.late()) {
        Resource resource = Resource.of(manifest(entry, version));
        for (int need : entry.needs()) {
          Entry other = entries.get(need);
          resource = resource.after(other.kind() + "/" + other.name());
        }
        resources.add(resource);
      }
    }
    return Application.of("random", resources);
  }

  /** Returns what each object of a version needs, by key. */
  Map<ObjectKey, Set<ObjectKey>> needs(int version) {
    Map<ObjectKey, Set<ObjectKey>> needs = new TreeMap<>();
    for (Entry entry : entries) {
      if (version == 2 || !entry.late()) {
        Set<ObjectKey> keys = new TreeSet<>();
        entry.needs().forEach(need -> keys.add(manifest(entries.get(need), version).key()));
        needs.put(manifest(entry, version).key(), keys);
      }
    }
    return needs;
  }

  private Manifest manifest(Entry entry, int version) {
    int shown = entry.changes() ? version : 1;
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", entry.name());
    if (!entry.namespace().isEmpty()) {
      metadata.put("namespace", entry.namespace());
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", apiVersion(entry.kind()));
    tree.put("kind", entry.kind());
    tree.put("metadata", metadata);
    switch (entry.kind()) {
      case "ConfigMap" -> tree.put("data", Map.of("version", "v" + shown));
      case "Secret" -> tree.put("stringData", Map.of("password", "hunter" + shown));
      case "Deployment", "StatefulSet" -> tree.put("spec", workload(entry, shown));
      case "Job" -> tree.put("spec", job(entry));
      default -> metadata.put("labels", Map.of("version", "v" + shown));
    }
    return Manifest.of(tree);
  }

  private static String apiVersion(String kind) {
    return switch (kind) {
      case "Deployment", "StatefulSet" -> "apps/v1";
      case "Job" -> "batch/v1";
      default -> "v1";
    };
  }

  private Map<String, Object> workload(Entry entry, int version) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("replicas", 1 + entry.name().length() % 2);
    spec.put("selector", Map.of("matchLabels", Map.of("app", entry.name())));
    spec.put("template", template(entry, version));
    if (entry.kind().equals("StatefulSet")) {
      spec.put("serviceName", entry.name());
    }
    return spec;
  }

  private Map<String, Object> job(Entry entry) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("backoffLimit", 0);
    spec.put("template", template(entry, 1));
    if (entry.name().hashCode() % 2 == 0) {
      spec.put("ttlSecondsAfterFinished", entry.name().length() % 3 * 20);
    }
    return spec;
  }

  private Map<String, Object> template(Entry entry, int version) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", "main");
    container.put(
        "image", "shop/" + entry.kind().toLowerCase(java.util.Locale.ROOT) + ":" + version);
    if (entry.config() >= 0) {
      Entry config = entries.get(entry.config());
      String reference = config.kind().equals("Secret") ? "secretRef" : "configMapRef";
      container.put("envFrom", List.of(Map.of(reference, Map.of("name", config.name()))));
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("labels", Map.of("app", entry.name()));
    if (!entry.behaviour().isEmpty()) {
      metadata.put("annotations", Map.of(PodBehaviour.ANNOTATION, entry.behaviour()));
    }
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("metadata", metadata);
    template.put(
        "spec",
        entry.kind().equals("Job")
            ? Tree.of("restartPolicy", "Never", "containers", List.of(container))
            : Map.of("containers", List.of(container)));
    return template;
  }
}

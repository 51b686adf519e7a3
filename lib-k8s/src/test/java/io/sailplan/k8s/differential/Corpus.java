package io.sailplan.k8s.differential;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects that cases start from, by kind; names and namespaces in them are still to be put. */
final class Corpus {
  private final Map<String, Object> pods = new LinkedHashMap<>();
  private final Map<String, List<Manifest>> byKind = new TreeMap<>();
  private final List<Manifest> definitions = new ArrayList<>();

  private Corpus() {
    Manifest specs = read("pods.yaml").get(0);
    specs.tree().forEach(pods::put);
    for (String file : List.of("core.yaml", "workloads.yaml", "rest.yaml", "customs.yaml")) {
      for (Manifest manifest : read(file)) {
        if (file.equals("customs.yaml") && manifest.kind().equals("CustomResourceDefinition")) {
          definitions.add(manifest);
        } else {
          Manifest whole = Manifest.of(Trees.object(withPods(manifest.tree())));
          byKind.computeIfAbsent(id(whole), kind -> new ArrayList<>()).add(whole);
        }
      }
    }
  }

  static Corpus load() {
    return new Corpus();
  }

  static List<Manifest> read(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream(file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ManifestReader.standard().read(file, text).orThrow().stream()
          .map(Resource::manifest)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The definitions of the custom kinds. */
  List<Manifest> definitions() {
    return definitions;
  }

  /** The objects of a kind in one version; none if there are none. */
  List<Manifest> objects(GroupVersionKind kind) {
    return byKind.getOrDefault(kind.toString(), List.of());
  }

  /** All objects. */
  List<Manifest> objects() {
    return byKind.values().stream().flatMap(List::stream).toList();
  }

  /** Returns {@code manifest} with a name of its own. */
  static Manifest named(Manifest manifest, Place place) {
    return Manifest.of(Trees.object(filled(manifest.tree(), place)));
  }

  /**
   * What stands for the placeholders.
   *
   * @param name for {@code NAME}
   * @param space for {@code SPACE}
   * @param apart for {@code APART}: the namespace of what rules over all others in it
   * @param number for {@code HIGH} and {@code LOW}; below 20,000
   */
  record Place(String name, String space, String apart, int number) {}

  private static @Nullable Object filled(@Nullable Object value, Place place) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      Trees.object(map).forEach((key, child) -> copy.put(key, filled(child, place)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      Trees.list(list).forEach(child -> copy.add(filled(child, place)));
      return copy;
    }
    return value instanceof String text
        ? text.replace("NAME", place.name())
            .replace("SPACE", place.space())
            .replace("APART", place.apart())
            .replace("HIGH", Integer.toString(100 + place.number() / 250))
            .replace("LOW", Integer.toString(1 + place.number() % 250))
        : value;
  }

  private @Nullable Object withPods(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      Trees.object(map).forEach((key, child) -> copy.put(key, withPods(child)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      Trees.list(list).forEach(child -> copy.add(withPods(child)));
      return copy;
    }
    return value instanceof String text && text.endsWith("POD_SPEC") ? pods.get(text) : value;
  }

  private static String id(Manifest manifest) {
    return manifest.groupVersionKind().toString();
  }
}

package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What containers read from ConfigMaps and Secrets: is it there, and what if not? */
final class PodSources {
  private final ControllerClient client;

  PodSources(ControllerClient client) {
    this.client = client;
  }

  /** What is missing, and in which container it was asked for. */
  record Missing(String container, String message) {}

  private record Source(boolean secret, String name, List<String> keys) {}

  /** Returns the message of the FailedMount event; empty if nothing is missing. */
  String missingVolume(Manifest pod) {
    for (Map<String, @Nullable Object> volume : Tree.objects(pod, "spec", "volumes")) {
      List<Source> sources = new ArrayList<>();
      addVolume(volume, "secretName", sources);
      for (Object projected : Trees.list(Trees.get(volume, "projected", "sources"))) {
        addVolume(Trees.object(projected), "name", sources);
      }
      for (Source source : sources) {
        Map<String, @Nullable Object> keys = keys(pod.namespace(), source);
        String problem = "";
        if (keys == null) {
          problem = kind(source) + " \"" + source.name() + "\" not found";
        } else {
          for (String key : source.keys()) {
            if (!keys.containsKey(key)) {
              problem =
                  "references non-existent "
                      + (source.secret() ? "secret" : "config")
                      + " key: "
                      + key;
            }
          }
        }
        if (!problem.isEmpty()) {
          return "MountVolume.SetUp failed for volume \""
              + Trees.string(volume.get("name"))
              + "\" : "
              + problem;
        }
      }
    }
    return "";
  }

  /** Returns the first container that cannot be made, and why. */
  @Nullable Missing missingEnvironment(Manifest pod) {
    List<Map<String, @Nullable Object>> containers =
        new ArrayList<>(Tree.objects(pod, "spec", "initContainers"));
    containers.addAll(Tree.objects(pod, "spec", "containers"));
    for (Map<String, @Nullable Object> container : containers) {
      for (Source source : environment(container)) {
        Map<String, @Nullable Object> keys = keys(pod.namespace(), source);
        String name = Trees.string(container.get("name"));
        if (keys == null) {
          return new Missing(name, kind(source) + " \"" + source.name() + "\" not found");
        }
        for (String key : source.keys()) {
          if (!keys.containsKey(key)) {
            return new Missing(
                name,
                "couldn't find key "
                    + key
                    + " in "
                    + (source.secret() ? "Secret" : "ConfigMap")
                    + " "
                    + pod.namespace()
                    + "/"
                    + source.name());
          }
        }
      }
    }
    return null;
  }

  private static List<Source> environment(Map<String, @Nullable Object> container) {
    List<Source> sources = new ArrayList<>();
    for (Object from : Trees.list(container.get("envFrom"))) {
      addReference(Trees.get(from, "configMapRef"), false, sources);
      addReference(Trees.get(from, "secretRef"), true, sources);
    }
    for (Object variable : Trees.list(container.get("env"))) {
      addReference(Trees.get(variable, "valueFrom", "configMapKeyRef"), false, sources);
      addReference(Trees.get(variable, "valueFrom", "secretKeyRef"), true, sources);
    }
    return sources;
  }

  private static void addReference(@Nullable Object reference, boolean secret, List<Source> to) {
    if (reference != null && !Boolean.TRUE.equals(Trees.get(reference, "optional"))) {
      String key = Trees.string(Trees.get(reference, "key"));
      to.add(
          new Source(
              secret,
              Trees.string(Trees.get(reference, "name")),
              key.isEmpty() ? List.of() : List.of(key)));
    }
  }

  private static void addVolume(
      Map<String, @Nullable Object> volume, String secretName, List<Source> to) {
    addVolume(volume.get("configMap"), "name", false, to);
    addVolume(volume.get("secret"), secretName, true, to);
  }

  private static void addVolume(
      @Nullable Object reference, String name, boolean secret, List<Source> to) {
    if (reference != null && !Boolean.TRUE.equals(Trees.get(reference, "optional"))) {
      List<String> keys =
          Trees.list(Trees.get(reference, "items")).stream()
              .map(item -> Trees.string(Trees.get(item, "key")))
              .toList();
      to.add(new Source(secret, Trees.string(Trees.get(reference, name)), keys));
    }
  }

  private @Nullable Map<String, @Nullable Object> keys(String namespace, Source source) {
    Manifest found =
        client.get(
            new ObjectKey("", source.secret() ? "Secret" : "ConfigMap", namespace, source.name()));
    if (found == null) {
      return null;
    }
    Map<String, @Nullable Object> keys = Tree.mutableObject(Trees.object(found.get("data")));
    keys.putAll(Trees.object(found.get("binaryData")));
    return keys;
  }

  private static String kind(Source source) {
    return source.secret() ? "secret" : "configmap";
  }
}

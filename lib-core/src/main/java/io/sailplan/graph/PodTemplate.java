package io.sailplan.graph;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pods that an object runs, wherever in it they are described. Found by structure, not by kind,
 * so that workloads of custom resources count as well.
 *
 * @param path where the pod's {@code spec} stands
 * @param labels the labels of the pods
 * @param spec the pod's {@code spec}
 */
record PodTemplate(String path, Map<String, String> labels, Map<String, @Nullable Object> spec) {
  private static final String[][] PLACES = {
    {"spec", "template"}, {"spec", "jobTemplate", "spec", "template"}, {"template"}
  };

  /** Returns the pods that the object runs; null if it runs none. */
  static @Nullable PodTemplate find(Manifest manifest) {
    if (manifest.kind().equals("Pod") && manifest.apiVersion().equals("v1")) {
      return new PodTemplate("spec", manifest.labels(), Trees.object(manifest.get("spec")));
    }
    for (String[] place : PLACES) {
      Object template = manifest.get(place);
      if (Trees.get(template, "spec", "containers") != null) {
        return new PodTemplate(
            String.join(".", place) + ".spec",
            Trees.strings(Trees.get(template, "metadata", "labels")),
            Trees.object(Trees.get(template, "spec")));
      }
    }
    return null;
  }
}

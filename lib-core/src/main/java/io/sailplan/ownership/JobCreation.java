package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The selector that a Job gets when it is created, unless it brings its own: its uid, in labels of
 * its pods.
 */
final class JobCreation {
  private static final List<String> UID =
      List.of("batch.kubernetes.io/controller-uid", "controller-uid");
  private static final List<String> NAME = List.of("batch.kubernetes.io/job-name", "job-name");

  private JobCreation() {}

  static void prepare(Map<String, @Nullable Object> sent, Map<String, @Nullable Object> stored) {
    if (ownSelector(stored)) {
      return;
    }
    Map<String, @Nullable Object> spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
    Map<String, @Nullable Object> template =
        new LinkedHashMap<>(Trees.object(spec.get("template")));
    Map<String, @Nullable Object> labels =
        new LinkedHashMap<>(Trees.object(Trees.get(template, "metadata", "labels")));
    NAME.forEach(label -> labels.put(label, Trees.get(stored, "metadata", "name")));
    Creation.put(template, "metadata", "labels", labels);
    spec.put("template", template);
    stored.put("spec", spec);
    // A Job without labels shares those of its template, generated ones included.
    if (Trees.object(Trees.get(sent, "metadata", "labels")).isEmpty()) {
      Creation.put(stored, "metadata", "labels", new LinkedHashMap<>(labels));
    }
  }

  static void serverChosen(Map<String, @Nullable Object> stored, List<FieldPath> paths) {
    if (ownSelector(stored)) {
      return;
    }
    paths.add(FieldPath.of("spec", "selector"));
    for (String label : UID) {
      paths.add(FieldPath.of("spec", "template", "metadata", "labels", label));
      if (Trees.get(stored, "metadata", "labels", NAME.get(0)) != null) {
        paths.add(FieldPath.of("metadata", "labels", label));
      }
    }
  }

  private static boolean ownSelector(Map<String, @Nullable Object> stored) {
    return Boolean.TRUE.equals(Trees.get(stored, "spec", "manualSelector"));
  }
}

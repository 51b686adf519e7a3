package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a Job cannot change. Its pod template can in parts while it is suspended and no pod runs.
 */
final class JobImmutability {
  private static final String TANDEM = "can only be modified in tandem with spec.parallelism";

  private JobImmutability() {}

  static void completions(Transition job) {
    if (!job.next().string("spec", "completionMode").equals("Indexed")) {
      job.fixed("spec", "completions");
      return;
    }
    Object completions = job.next().get("spec", "completions");
    if (job.differs("spec", "completions")
        && completions != null
        && !completions.equals(job.next().get("spec", "parallelism"))) {
      job.invalid("spec.completions", completions, TANDEM, "spec", "completions");
    }
  }

  static void template(Transition job) {
    if (!isMutable(job.live())) {
      job.fixed("spec", "template");
      return;
    }
    Map<String, @Nullable Object> before = bare(job.before());
    Map<String, @Nullable Object> after = bare(job.after());
    if (!Values.equal(before, after)) {
      job.invalid(
          "spec.template.spec",
          job.next().get("spec", "template", "spec"),
          "field is immutable",
          "spec",
          "template",
          "spec");
    }
  }

  /** It is suspended, none of its pods runs, and it has not started or is known to be suspended. */
  private static boolean isMutable(Manifest job) {
    boolean known =
        Trees.list(job.get("status", "conditions")).stream()
            .anyMatch(
                condition ->
                    "Suspended".equals(Trees.get(condition, "type"))
                        && "True".equals(Trees.get(condition, "status")));
    return Boolean.TRUE.equals(job.get("spec", "suspend"))
        && (job.get("status", "startTime") == null || known)
        && job.integer(0, "status", "active") == 0;
  }

  /** The spec of the pods without where they run and what they ask for. */
  private static Map<String, @Nullable Object> bare(Manifest job) {
    Map<String, @Nullable Object> spec =
        new LinkedHashMap<>(Trees.object(job.get("spec", "template", "spec")));
    spec.keySet().removeAll(List.of("nodeSelector", "tolerations", "schedulingGates"));
    Map<String, @Nullable Object> affinity =
        new LinkedHashMap<>(Trees.object(spec.get("affinity")));
    affinity.remove("nodeAffinity");
    if (affinity.isEmpty()) {
      spec.remove("affinity");
    } else {
      spec.put("affinity", affinity);
    }
    for (String list : List.of("containers", "initContainers")) {
      List<@Nullable Object> containers = new ArrayList<>();
      for (Object item : Trees.list(spec.get(list))) {
        Map<String, @Nullable Object> container = new LinkedHashMap<>(Trees.object(item));
        container.remove("resources");
        containers.add(container);
      }
      spec.put(list, containers);
    }
    return spec;
  }
}

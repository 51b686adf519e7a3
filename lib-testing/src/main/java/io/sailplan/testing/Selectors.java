package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which objects a selector selects. */
final class Selectors {
  private Selectors() {}

  /** Whether a label selector ({@code matchLabels}, {@code matchExpressions}) selects. */
  static boolean selects(@Nullable Object selector, Map<String, String> labels) {
    for (Map.Entry<String, @Nullable Object> wanted :
        Trees.object(Trees.get(selector, "matchLabels")).entrySet()) {
      if (!Trees.string(wanted.getValue()).equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    for (Object expression : Trees.list(Trees.get(selector, "matchExpressions"))) {
      if (!holds(Trees.object(expression), labels)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the selector names anything at all; an empty one selects everything. */
  static boolean isEmpty(@Nullable Object selector) {
    return Trees.object(Trees.get(selector, "matchLabels")).isEmpty()
        && Trees.list(Trees.get(selector, "matchExpressions")).isEmpty();
  }

  /** Whether the field selectors select; a field that the server cannot select by is refused. */
  static boolean selectsFields(Map<String, String> fields, Manifest object) {
    for (Map.Entry<String, String> wanted : fields.entrySet()) {
      if (!field(object, wanted.getKey()).equals(wanted.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static String field(Manifest object, String name) {
    boolean supported =
        switch (object.kind()) {
          case "Event" ->
              name.startsWith("involvedObject.")
                  || List.of("reason", "type", "source", "reportingComponent").contains(name);
          case "Pod" ->
              List.of(
                      "spec.nodeName",
                      "spec.restartPolicy",
                      "spec.schedulerName",
                      "spec.serviceAccountName",
                      "status.phase",
                      "status.podIP",
                      "status.nominatedNodeName")
                  .contains(name);
          case "Secret" -> name.equals("type");
          case "Namespace" -> name.equals("status.phase");
          case "Node" -> name.equals("spec.unschedulable");
          case "Job" -> name.equals("status.successful");
          case "ReplicaSet" -> name.equals("status.replicas");
          default -> false;
        };
    if (!supported && !List.of("metadata.name", "metadata.namespace").contains(name)) {
      throw Answers.badRequest(
          "\""
              + name
              + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }
    if (name.equals("source")) {
      return object.string("source", "component");
    }
    Object value = object.get(name.split("\\."));
    return value == null ? "" : String.valueOf(value);
  }

  private static boolean holds(
      Map<String, @Nullable Object> expression, Map<String, String> labels) {
    String value = labels.get(Trees.string(expression.get("key")));
    List<@Nullable Object> values = Trees.list(expression.get("values"));
    return switch (Trees.string(expression.get("operator"))) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}

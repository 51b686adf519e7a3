package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what an author says about a resource in annotations of this library. */
final class ResourceAnnotations {
  static final String PREFIX = "sailplan.io/";
  static final String DEPENDS_ON = PREFIX + "depends-on";
  static final String READY_WHEN = PREFIX + "ready-when";
  private static final List<String> KNOWN = List.of(DEPENDS_ON, READY_WHEN);

  private final Trail trail;
  private final ProblemLog log;
  private final TextNode.@Nullable Mapping annotations;

  ResourceAnnotations(TextNode.Mapping object, Trail trail, ProblemLog log) {
    this.trail = trail.field("metadata").field("annotations");
    this.log = log;
    this.annotations =
        object.get("metadata") instanceof TextNode.Mapping metadata
                && metadata.get("annotations") instanceof TextNode.Mapping map
            ? map
            : null;
  }

  /** Returns the resource with what its annotations say; checks them even if there is none. */
  @Nullable Resource apply(@Nullable Resource resource) {
    if (annotations == null) {
      return resource;
    }
    Resource result = resource;
    for (String key : annotations.fields().keySet()) {
      TextNode value = annotations.get(key);
      if (!key.startsWith(PREFIX) || value == null || !(value.tree() instanceof String text)) {
        continue;
      }
      switch (key) {
        case DEPENDS_ON:
          List<String> others = dependsOn(key, text);
          result = result == null ? null : result.after(others.toArray(new String[0]));
          break;
        case READY_WHEN:
          ReadinessRule rule = readyWhen(key, text);
          result = result == null || rule == null ? result : result.readyWhen(rule);
          break;
        default:
          unknown(key);
      }
    }
    return result;
  }

  private void unknown(String key) {
    String near = Suggestion.didYouMean(key, KNOWN);
    log.warn(
        ProblemCode.INVALID_ANNOTATION,
        place(key),
        "the annotation " + Trail.cut(key) + " is not known",
        near.isEmpty() ? "Known are " + String.join(", ", KNOWN) + "." : near);
  }

  private List<String> dependsOn(String key, String text) {
    List<String> ids = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String id = part.strip();
      if (id.isEmpty() || id.indexOf('/') < 1 || id.endsWith("/") || id.contains(" ")) {
        malformed(
            key,
            id.isEmpty() ? "an id is empty" : "\"" + Trail.cut(id) + "\" is not an id",
            "Write ids as Kind/name, separated by commas.");
      } else if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private @Nullable ReadinessRule readyWhen(String key, String text) {
    String rule = text.strip();
    String[] parts = rule.split("=", 3);
    if (rule.equals("exists")) {
      return new ReadinessRule.Exists();
    }
    if (rule.equals("address")) {
      return new ReadinessRule.HasAddress();
    }
    if (parts[0].equals("condition") && parts.length > 1 && !parts[1].isBlank()) {
      String status = parts.length > 2 ? parts[2] : "True";
      if (!status.isBlank()) {
        return new ReadinessRule.Condition(parts[1].strip(), status.strip());
      }
    }
    if (parts[0].equals("field") && parts.length == 3 && parts[1].startsWith(".")) {
      FieldPath path = path(parts[1]);
      if (path != null) {
        return new ReadinessRule.FieldEquals(path, parts[2]);
      }
    }
    malformed(
        key,
        "\"" + Trail.cut(rule) + "\" is not a readiness rule",
        "Write exists, address, condition=Type, condition=Type=Status"
            + " or field=.path.to.field=value.");
    return null;
  }

  private static @Nullable FieldPath path(String text) {
    FieldPath path = FieldPath.root();
    for (Object step : PlainPath.steps(text)) {
      if (step instanceof String name && (name.isBlank() || name.contains("["))) {
        return null;
      }
      path =
          step instanceof Integer index
              ? path.child(new PathElement.Index(index))
              : path.child((String) step);
    }
    return path;
  }

  private void malformed(String key, String what, String hint) {
    log.error(ProblemCode.INVALID_ANNOTATION, place(key), key + ": " + what, hint);
  }

  private SourceLocation place(String key) {
    String path = trail.field(key).path();
    TextNode.Field field = annotations == null ? null : annotations.fields().get(key);
    return field == null ? log.place(0, 0, path) : log.place(field.line(), field.column(), path);
  }
}

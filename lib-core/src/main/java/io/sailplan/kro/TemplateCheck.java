package io.sailplan.kro;

import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what every template needs, whatever its kind and its expressions. */
final class TemplateCheck {
  /** Both belong to kro, which writes its own records there. */
  private static final List<String> RESERVED = List.of("kro.run/", "internal.kro.run/");

  private static final Pattern KIND = Pattern.compile("[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?");
  private static final int LONGEST_KIND = 63;

  private final Mistakes mistakes;

  TemplateCheck(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Optional<ResourceContent> read(Map<String, @Nullable Object> tree, String id, String path) {
    boolean right = kind(tree, "resource " + id, path);
    Object metadata = tree.get("metadata");
    if (!(metadata instanceof Map)) {
      right = false;
      mistakes.add(
          tree.containsKey("metadata") ? ProblemCode.WRONG_TYPE : ProblemCode.MISSING_FIELD,
          tree.containsKey("metadata") ? path + ".metadata" : path,
          "resource "
              + id
              + " is not a valid Kubernetes object: metadata field "
              + (tree.containsKey("metadata") ? "is not a map" : "not found"),
          "Write metadata with a name.");
    }
    for (String field : List.of("label", "annotation")) {
      String at = path + ".metadata." + field + "s";
      for (String key : Trees.object(Trees.get(metadata, field + "s")).keySet()) {
        reserved(field, key, id, PlainPath.field(at, key));
      }
    }
    return right ? Optional.of(new ResourceContent.Template(tree)) : Optional.empty();
  }

  /** Checks {@code apiVersion} and {@code kind}, which cannot be computed. */
  boolean kind(Map<String, @Nullable Object> tree, String what, String path) {
    boolean right = true;
    for (String field : List.of("apiVersion", "kind")) {
      Object value = tree.get(field);
      if (!(value instanceof String)) {
        right = false;
        mistakes.add(
            value == null ? ProblemCode.MISSING_FIELD : ProblemCode.WRONG_TYPE,
            value == null ? path : path + "." + field,
            what
                + " is not a valid Kubernetes object: "
                + field
                + " field "
                + (value == null ? "not found" : "is not a string"),
            "Write " + field + " as in any manifest.");
      }
    }
    return right && words(tree, path);
  }

  private boolean words(Map<String, @Nullable Object> tree, String path) {
    String version = Trees.string(tree.get("apiVersion"));
    String kind = Trees.string(tree.get("kind"));
    boolean goodVersion = !version.isEmpty() && version.chars().filter(c -> c == '/').count() <= 1;
    boolean goodKind = kind.length() <= LONGEST_KIND && KIND.matcher(kind).matches();
    String computed = "It cannot be computed: write it out.";
    if (!goodVersion || version.contains("${")) {
      goodVersion = false;
      mistakes.add(
          ProblemCode.INVALID_VALUE,
          path + ".apiVersion",
          "invalid apiVersion format \"" + version + "\"",
          version.contains("${") ? computed : "Write the group and version, such as apps/v1.");
    }
    if (!goodKind) {
      mistakes.add(
          ProblemCode.INVALID_NAME,
          path + ".kind",
          "invalid kind \"" + kind + "\"",
          kind.contains("${") ? computed : "Write a kind, such as Deployment.");
    }
    return goodVersion && goodKind;
  }

  private void reserved(String field, String key, String id, String path) {
    RESERVED.stream()
        .filter(key::startsWith)
        .findFirst()
        .ifPresent(
            prefix ->
                mistakes.add(
                    ProblemCode.INVALID_NAME,
                    path,
                    "invalid "
                        + field
                        + " for resource \""
                        + id
                        + "\". "
                        + field
                        + "s with prefix \""
                        + prefix
                        + "\" are reserved for internal use",
                    "Choose a key with a prefix of your own."));
  }
}

package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.SourceLocation;
import org.jspecify.annotations.Nullable;

/** Checks what every object needs, whatever its kind. */
final class ObjectChecks {
  /** From the API conventions: names stand in URLs and are at most as long as a DNS subdomain. */
  private static final int LONGEST_NAME = 253;

  private final TextNode.Mapping object;
  private final Trail trail;
  private final ProblemLog log;

  ObjectChecks(TextNode.Mapping object, Trail trail, ProblemLog log) {
    this.object = object;
    this.trail = trail;
    this.log = log;
  }

  void run() {
    required(object, trail, "apiVersion", "Write the API group and version, such as apps/v1.");
    required(object, trail, "kind", "Write the kind, such as Deployment.");
    TextNode node = object.get("metadata");
    Trail at = trail.field("metadata");
    if (node instanceof TextNode.Mapping metadata) {
      metadata(metadata, at);
    } else if (node == null || node.tree() == null) {
      missing(object, at.field("name"), "Write metadata with a name.");
    } else {
      wrongType(object, "metadata", at, "a mapping", "Write metadata with a name.");
    }
  }

  private void metadata(TextNode.Mapping metadata, Trail at) {
    if (isAbsent(metadata.get("name")) && metadata.get("generateName") != null) {
      log.error(
          ProblemCode.MISSING_FIELD,
          place(metadata, "generateName", at.field("generateName")),
          "the object has no name but generateName, which server-side apply does not take",
          "Write metadata.name instead; a hook of that name is deleted before it runs again.");
    } else {
      name(required(metadata, at, "name", "Write a name."), metadata, at);
    }
    if (!isAbsent(metadata.get("namespace"))) {
      required(metadata, at, "namespace", "Remove it, or write a namespace.");
    }
    strings(metadata, at, "labels");
    strings(metadata, at, "annotations");
  }

  private void name(String name, TextNode.Mapping metadata, Trail at) {
    boolean forbidden =
        name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%");
    if (name.contains("${")) {
      return; // known only when the expression is
    }
    if (forbidden || name.length() > LONGEST_NAME) {
      log.error(
          ProblemCode.INVALID_NAME,
          place(metadata, "name", at.field("name")),
          forbidden
              ? "the name \"" + Trail.cut(name) + "\" cannot stand in a URL"
              : "the name has " + name.length() + " characters",
          "Use at most " + LONGEST_NAME + " characters, without \"/\" and \"%\".");
    }
  }

  private void strings(TextNode.Mapping metadata, Trail at, String field) {
    TextNode node = metadata.get(field);
    if (isAbsent(node)) {
      return;
    }
    if (!(node instanceof TextNode.Mapping map)) {
      wrongType(metadata, field, at.field(field), "a mapping", "Write keys and values.");
      return;
    }
    for (String key : map.fields().keySet()) {
      TextNode value = map.get(key);
      if (!isAbsent(value) && !(value != null && value.tree() instanceof String)) {
        wrongType(map, key, at.field(field).field(key), "a string", quotes(value));
      }
    }
  }

  /** Returns the string at {@code field}; empty, after reporting it, if there is none. */
  private String required(TextNode.Mapping parent, Trail at, String field, String hint) {
    TextNode node = parent.get(field);
    if (node == null || node.tree() == null || "".equals(node.tree())) {
      missing(parent, at.field(field), hint);
      return "";
    }
    if (node.tree() instanceof String text) {
      return text;
    }
    wrongType(parent, field, at.field(field), "a string", quotes(node));
    return "";
  }

  private void missing(TextNode.Mapping parent, Trail at, String hint) {
    log.error(
        ProblemCode.MISSING_FIELD,
        log.place(parent.line(), parent.column(), at.path()),
        "the field " + at.field() + " is missing",
        hint);
  }

  private void wrongType(
      TextNode.Mapping parent, String field, Trail at, String wanted, String hint) {
    TextNode value = parent.get(field);
    log.error(
        ProblemCode.WRONG_TYPE,
        place(parent, field, at),
        Trail.cut(field)
            + " is "
            + TypeNames.of(value == null ? null : value.tree())
            + ", not "
            + wanted,
        hint);
  }

  private static String quotes(@Nullable TextNode node) {
    return node instanceof TextNode.Scalar ? "Put it in quotes." : "Write one string.";
  }

  private static boolean isAbsent(@Nullable TextNode node) {
    return node == null || node.tree() == null;
  }

  private SourceLocation place(TextNode.Mapping parent, String field, Trail at) {
    TextNode.Field found = parent.fields().get(field);
    return found == null
        ? log.place(parent.line(), parent.column(), at.path())
        : log.place(found.line(), found.column(), at.path());
  }
}

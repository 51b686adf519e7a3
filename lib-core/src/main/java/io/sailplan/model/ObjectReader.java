package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns documents into resources: flattens lists, checks what every object needs. */
final class ObjectReader {
  private final ReadBudget budget;
  private final ProblemLog log;
  private final List<Resource> resources;

  ObjectReader(ReadBudget budget, ProblemLog log, List<Resource> resources) {
    this.budget = budget;
    this.log = log;
    this.resources = resources;
  }

  /**
   * Reads what a document holds.
   *
   * @param whole whether the document was read without an error; else it is only checked
   */
  void read(TextNode root, boolean whole) {
    read(root, whole, Trail.root(), "", "");
  }

  private void read(
      TextNode node, boolean whole, Trail trail, String apiVersionOfItems, String kindOfItems) {
    if (node instanceof TextNode.Scalar scalar && scalar.tree() == null && trail.parent() == null) {
      return; // an empty document
    }
    if (!(node instanceof TextNode.Mapping object)) {
      notAnObject(node, trail);
      return;
    }
    TextNode.Mapping complete = complete(object, apiVersionOfItems, kindOfItems);
    String kind = text(complete.get("kind"));
    TextNode.Field items = complete.fields().get("items");
    if (items == null) {
      single(complete, whole, trail);
    } else if (items.value() instanceof TextNode.Items list) {
      String apiVersion = text(complete.get("apiVersion"));
      String kindOfItem = kind.endsWith("List") ? kind.substring(0, kind.length() - 4) : kind;
      for (int i = 0; i < list.items().size(); i++) {
        read(list.items().get(i), whole, trail.field("items").item(i), apiVersion, kindOfItem);
      }
    } else if (items.value().tree() != null) {
      log.error(
          ProblemCode.WRONG_TYPE,
          log.place(items.line(), items.column(), trail.field("items").path()),
          "items is " + TypeNames.of(items.value().tree()) + ", not a list",
          "kubectl takes whatever has items for a list of objects.");
    }
  }

  /** Items of a typed list need not repeat the kind; kubectl takes it from the list. */
  private static TextNode.Mapping complete(
      TextNode.Mapping object, String apiVersion, String kind) {
    if (kind.isEmpty()
        || !text(object.get("kind")).isEmpty()
        || !text(object.get("apiVersion")).isEmpty()) {
      return object;
    }
    Map<String, TextNode.Field> fields = new java.util.LinkedHashMap<>();
    fields.put("apiVersion", field(object, apiVersion));
    fields.put("kind", field(object, kind));
    object.fields().forEach(fields::putIfAbsent);
    return new TextNode.Mapping(object.line(), object.column(), fields);
  }

  private static TextNode.Field field(TextNode.Mapping object, String value) {
    return new TextNode.Field(
        object.line(), object.column(), new TextNode.Scalar(object.line(), object.column(), value));
  }

  private void single(TextNode.Mapping object, boolean whole, Trail trail) {
    try {
      budget.takeObject();
    } catch (ReadBudget.Spent e) {
      log.error(
          ProblemCode.TOO_LARGE,
          log.place(object.line(), object.column(), trail.path()),
          e.what(),
          e.hint());
      throw e;
    }
    int before = log.errors();
    ObjectChecks checks = new ObjectChecks(object, trail, log);
    checks.run();
    Resource resource = null;
    if (log.errors() == before) {
      resource = Resource.of(manifest(object)).from(SourceMap.of(log.source(), object));
    }
    resource = new ResourceAnnotations(object, trail, log).apply(resource);
    if (whole && log.errors() == before && resource != null) {
      resources.add(resource);
    }
  }

  /** A null namespace is none, to kubectl as well. */
  private static Manifest manifest(TextNode.Mapping object) {
    Manifest manifest = Manifest.of(Trees.object(object.tree()));
    return manifest.namespace().isEmpty() ? manifest.without("metadata", "namespace") : manifest;
  }

  private void notAnObject(TextNode node, Trail trail) {
    String what =
        node instanceof TextNode.Items ? "a list" : TypeNames.of(((TextNode.Scalar) node).tree());
    log.error(
        ProblemCode.NOT_AN_OBJECT,
        log.place(node.line(), node.column(), trail.path()),
        (trail.parent() == null ? "the document" : "the item") + " is " + what + ", not an object",
        "Write a mapping with apiVersion, kind and metadata.");
  }

  private static String text(@Nullable TextNode node) {
    return node instanceof TextNode.Scalar scalar ? Trees.string(scalar.tree()) : "";
  }
}

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
    if (kind.endsWith("List") && complete.get("items") instanceof TextNode.Items items) {
      String apiVersion = text(complete.get("apiVersion"));
      for (int i = 0; i < items.items().size(); i++) {
        read(
            items.items().get(i),
            whole,
            trail.field("items").item(i),
            apiVersion,
            kind.substring(0, kind.length() - "List".length()));
      }
      return;
    }
    single(complete, whole, trail);
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
      resource =
          Resource.of(Manifest.of(Trees.object(object.tree())))
              .from(SourceMap.of(log.source(), object));
    }
    resource = new ResourceAnnotations(object, trail, log).apply(resource);
    if (whole && log.errors() == before && resource != null) {
      resources.add(resource);
    }
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

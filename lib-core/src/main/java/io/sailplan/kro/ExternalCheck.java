package io.sailplan.kro;

import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which objects of others a graph refers to. */
final class ExternalCheck {
  private final Mistakes mistakes;

  ExternalCheck(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Optional<ResourceContent> read(Map<String, @Nullable Object> tree, String path) {
    if (!(tree.get("apiVersion") instanceof String apiVersion)
        || !(tree.get("kind") instanceof String kind)
        || !(tree.get("metadata") instanceof Map<?, ?> metadata)) {
      return Optional.empty(); // told by the structure
    }
    boolean right = new TemplateCheck(mistakes).kind(tree, "the external reference", path);
    String at = path + ".metadata";
    String name = Trees.string(metadata.get("name"));
    boolean named = !name.isBlank();
    Object selector = metadata.get("selector");
    if (named == (selector != null)) {
      mistakes.add(
          named ? ProblemCode.CONTRADICTION : ProblemCode.MISSING_FIELD,
          at,
          "exactly one of name or selector must be provided",
          named ? "Keep one of them." : "Write a name, or a selector for all that match it.");
      return Optional.empty();
    }
    Object namespace = metadata.get("namespace");
    if (selector == null) {
      return right
          ? Optional.of(
              new ResourceContent.ExternalObject(apiVersion, kind, name, Trees.string(namespace)))
          : Optional.empty();
    }
    right &= new SelectorCheck(mistakes).check(selector, at + ".selector");
    return right
        ? Optional.of(
            new ResourceContent.ExternalCollection(
                apiVersion, kind, selector, Trees.string(namespace)))
        : Optional.empty();
  }
}

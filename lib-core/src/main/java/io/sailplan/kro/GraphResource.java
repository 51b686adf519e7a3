package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One resource of a graph; its texts hold expressions, each with its {@code ${…}}.
 *
 * @param id its name in expressions
 * @param path where it stands in the definition, such as {@code .spec.resources[2]}
 * @param content what it is
 * @param readyWhen all must be true before it counts as ready; empty for kro's default
 * @param includeWhen all must be true, or else it does not exist
 * @param forEach the lists that it is repeated over, the slowest first; empty if it is there once
 */
public record GraphResource(
    String id,
    String path,
    ResourceContent content,
    List<String> readyWhen,
    List<String> includeWhen,
    List<ForEachDimension> forEach) {

  /** Copies the lists and checks that no part is null. */
  public GraphResource {
    requireNonNull(id, "id");
    requireNonNull(path, "path");
    requireNonNull(content, "content");
    readyWhen = List.copyOf(readyWhen);
    includeWhen = List.copyOf(includeWhen);
    forEach = List.copyOf(forEach);
  }

  /** Returns whether expressions see it as a list. */
  public boolean isCollection() {
    return !forEach.isEmpty() || content instanceof ResourceContent.ExternalCollection;
  }
}

package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an author says about the kind whose instances a graph makes.
 *
 * @param kind its group, version and kind
 * @param namespaced whether its instances live in namespaces
 * @param spec the fields of an instance's {@code spec}, in the schema language
 * @param types the author's own types, in the schema language
 * @param status what is told in an instance's {@code status}, by expressions
 * @param printerColumns additional columns, as in a CustomResourceDefinition
 * @param shortNames other names of the kind
 * @param categories groups of kinds that it is listed with
 * @param labels labels of its definition
 * @param annotations annotations of its definition
 */
public record GraphSchema(
    GroupVersionKind kind,
    boolean namespaced,
    Map<String, @Nullable Object> spec,
    Map<String, @Nullable Object> types,
    Map<String, @Nullable Object> status,
    List<Map<String, @Nullable Object>> printerColumns,
    List<String> shortNames,
    List<String> categories,
    Map<String, String> labels,
    Map<String, String> annotations) {

  /** The group of a kind that names none. */
  public static final String DEFAULT_GROUP = "kro.run";

  /** Copies its parts. */
  public GraphSchema {
    requireNonNull(kind, "kind");
    spec = Trees.copyOfObject(spec);
    types = Trees.copyOfObject(types);
    status = Trees.copyOfObject(status);
    printerColumns = printerColumns.stream().map(Trees::copyOfObject).toList();
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    labels = Trees.strings(Trees.copyOfObject(labels));
    annotations = Trees.strings(Trees.copyOfObject(annotations));
  }

  /** Returns the author's own conditions, each an expression; empty for those of kro. */
  public List<String> conditions() {
    return Trees.list(status.get("conditions")).stream().map(Trees::string).toList();
  }

  /** Returns the status without its conditions. */
  public Map<String, @Nullable Object> statusFields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(status);
    fields.remove("conditions");
    return Trees.copyOfObject(fields);
  }
}

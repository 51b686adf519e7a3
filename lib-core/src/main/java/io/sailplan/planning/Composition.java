package io.sailplan.planning;

import static java.util.Objects.requireNonNull;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.graph.Edge;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Input;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for once its expressions are worked out as far as inputs, and objects outside
 * of the application, tell: what only other resources tell is still open.
 *
 * @param request the request, with manifests in which open fields are left out
 * @param open the resources with open fields, by id
 * @param edges which resource reads which other
 * @param left the resources that are left out, ordered by id, and why
 * @param externals the objects outside of the application that are read, by name
 * @param problems all that is wrong with the expressions
 */
record Composition(
    PlanRequest request,
    Map<String, OpenResource> open,
    List<Edge> edges,
    Map<Resource, String> left,
    Map<String, Input.External> externals,
    List<Problem> problems) {

  /**
   * A resource with open fields.
   *
   * @param resource the resource, with the manifest as its author wrote it
   * @param known the values of its other fields
   * @param fields the open fields, ordered by path
   * @param inputs the values that expressions may read, by name; that of its dimensions included
   * @param reads the resources that are read, by the name that stands for them; several for one
   *     name, if there is an object of it for each of some values
   */
  record OpenResource(
      Resource resource,
      Map<FieldPath, Filling> known,
      NavigableMap<FieldPath, CompiledExpression> fields,
      Map<String, @Nullable Object> inputs,
      Map<String, Read> reads) {

    /** Returns what stands in one of its open fields. */
    CompiledExpression field(FieldPath path) {
      return requireNonNull(fields.get(path));
    }

    /** Returns the manifest with all that is known, and these values of the open fields. */
    Manifest fill(Map<FieldPath, Filling> values) {
      Map<FieldPath, Filling> all = new HashMap<>(known);
      all.putAll(values);
      return Filling.fill(resource.manifest(), all);
    }
  }

  /**
   * What a name stands for.
   *
   * @param ids the ids of resources
   * @param all whether it stands for the list of them
   * @param external the object outside of the application that it is instead; null if it is none
   */
  record Read(List<String> ids, boolean all, Input.@Nullable External external) {}

  /** Returns the composition of an application whose manifests are sent as they are written. */
  static Composition plain(PlanRequest request) {
    return new Composition(request, Map.of(), List.of(), Map.of(), Map.of(), List.of());
  }

  /** Returns the open fields of a resource; empty if it has none. */
  Optional<OpenResource> open(String id) {
    return Optional.ofNullable(open.get(id));
  }

  /** Returns whether expressions are wrong in themselves. */
  boolean isBroken() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** Returns bindings of what is known from the start. */
  static Bindings.Builder bind(Map<String, @Nullable Object> inputs) {
    Bindings.Builder bindings = Bindings.builder();
    inputs.forEach(bindings::bind);
    return bindings;
  }
}

package io.sailplan.planning;

import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.IgnoredFields;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.List;

/**
 * Warns of what is declared and never becomes so: the server takes it without a word, so nothing is
 * planned, and without a warning nobody would know.
 */
final class Ignored {
  private Ignored() {}

  /** Returns a warning for each field, in the order of the resources. */
  static List<Problem> warnings(World world, ResourceGraph graph) {
    return graph.order().stream()
        .filter(id -> IgnoredFields.has(graph.key(id).groupKind()))
        .flatMap(id -> warnings(world, graph, id).stream())
        .toList();
  }

  private static List<Problem> warnings(World world, ResourceGraph graph, String id) {
    ObjectKey key = graph.key(id);
    Manifest declared = graph.resource(id).orElseThrow().manifest();
    if (!(world.lookup(key) instanceof Lookup.Found found)
        || !found.object().manifest().apiVersion().equals(declared.apiVersion())) {
      return List.of();
    }
    return world
        .catalog()
        .find(declared)
        .map(shape -> IgnoredFields.of(found.object().manifest(), declared, shape))
        .orElse(List.of())
        .stream()
        .map(difference -> warning(graph, id, difference))
        .toList();
  }

  private static Problem warning(ResourceGraph graph, String id, FieldDiff.Difference difference) {
    return Problem.warning(
            ProblemCode.IGNORED_FIELD,
            id
                + ": "
                + difference.path()
                + " stays "
                + Prediction.text(difference.before())
                + ", declared is "
                + Prediction.text(difference.after())
                + ": the server keeps it as it is once the object exists, and does not say so")
        .at(
            graph
                .resource(id)
                .map(resource -> resource.source().find(difference.path()))
                .orElse(null))
        .hint(
            "Declare the value that it has, or give the resource another name: a new object is"
                + " made.");
  }
}

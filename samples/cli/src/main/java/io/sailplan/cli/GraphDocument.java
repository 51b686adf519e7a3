package io.sailplan.cli;

import io.sailplan.dialect.Conventions;
import io.sailplan.dialect.Hook;
import io.sailplan.graph.Edge;
import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.Provenance;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a graph as JSON. */
final class GraphDocument {
  private GraphDocument() {}

  static Map<String, @Nullable Object> of(
      ResourceGraph graph, Conventions conventions, List<Problem> warnings) {
    Map<String, @Nullable Object> document = Documents.of("graph");
    document.put("order", graph.order());
    document.put(
        "resources",
        graph.resources().stream().map(resource -> resource(graph, resource)).toList());
    document.put("milestones", graph.milestones());
    document.put("edges", graph.edges().stream().map(GraphDocument::edge).toList());
    document.put("droppedEdges", graph.droppedEdges().stream().map(GraphDocument::edge).toList());
    document.put(
        "externalReferences",
        graph.externalReferences().stream().map(GraphDocument::external).toList());
    document.put("hooks", conventions.hooks().stream().map(GraphDocument::hook).toList());
    document.put("leftOut", conventions.leftOut());
    document.put("problems", warnings.stream().map(Problems::json).toList());
    return document;
  }

  private static Map<String, @Nullable Object> resource(ResourceGraph graph, Resource resource) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", resource.id());
    json.put("apiVersion", resource.manifest().apiVersion());
    json.put("kind", resource.manifest().kind());
    json.put("namespace", graph.key(resource.id()).namespace());
    json.put("name", resource.manifest().name());
    return json;
  }

  private static Map<String, @Nullable Object> hook(Hook hook) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", hook.resource());
    json.put("events", hook.events().stream().map(GraphDocument::word).toList());
    json.put("weight", hook.weight());
    json.put("deletePolicies", hook.cleanups().stream().map(GraphDocument::word).toList());
    json.put("reason", hook.text());
    return json;
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Map<String, @Nullable Object> edge(Edge edge) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("from", edge.from());
    json.put("to", edge.to());
    json.put("strength", edge.strength().name().toLowerCase(Locale.ROOT));
    json.put("reasons", edge.provenances().stream().map(GraphDocument::reason).toList());
    return json;
  }

  private static Map<String, @Nullable Object> reason(Provenance provenance) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("origin", provenance.origin().name().toLowerCase(Locale.ROOT));
    json.put("text", provenance.text());
    return json;
  }

  private static Map<String, @Nullable Object> external(ExternalReference reference) {
    ObjectKey key = reference.key();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("from", reference.from());
    json.put("group", key.group());
    json.put("kind", key.kind());
    json.put("namespace", key.namespace());
    json.put("name", key.name());
    json.put("optional", reference.optional());
    json.put("reason", reason(reference.provenance()));
    return json;
  }
}

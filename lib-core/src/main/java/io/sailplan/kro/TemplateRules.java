package io.sailplan.kro;

import io.sailplan.expression.ManifestTemplate;
import io.sailplan.expression.TemplateField;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules of kro about templates that depend on their kinds. */
public final class TemplateRules {
  private static final GroupKind DEFINITIONS =
      GroupVersionKind.of("apiextensions.k8s.io/v1", "CustomResourceDefinition").groupKind();

  private final ResourceGraphDefinition graph;
  private final Mistakes mistakes;

  private TemplateRules(ResourceGraphDefinition graph) {
    this.graph = graph;
    this.mistakes = new Mistakes(graph.source());
  }

  /**
   * Returns what is wrong: namespaces of objects that have none, objects without a namespace in a
   * graph whose instances have none, and definitions of kinds that are computed. Kinds that are not
   * known are left out.
   *
   * @param graph the graph
   * @param kinds the kinds that are known
   */
  public static List<Problem> check(ResourceGraphDefinition graph, ShapeCatalog kinds) {
    TemplateRules rules = new TemplateRules(graph);
    for (GraphResource resource : graph.resources()) {
      GroupVersionKind kind =
          GroupVersionKind.of(resource.content().apiVersion(), resource.content().kind());
      Optional<Boolean> namespaced = kinds.find(kind).map(KindShape::namespaced);
      namespaced.ifPresent(has -> rules.namespace(resource, has));
      if (kind.groupKind().equals(DEFINITIONS)
          && resource.content() instanceof ResourceContent.Template template) {
        rules.definition(resource, template.tree());
      }
    }
    return rules.mistakes.all();
  }

  private void namespace(GraphResource resource, boolean namespaced) {
    String what = "resource \"" + resource.id() + "\" is ";
    if (resource.content() instanceof ResourceContent.ExternalCollection) {
      return; // without a namespace, all are meant
    }
    boolean template = resource.content() instanceof ResourceContent.Template;
    String path =
        resource.path() + (template ? ".template" : ".externalRef") + ".metadata.namespace";
    Object written = namespaceOf(resource.content());
    if (!namespaced && written != null) {
      mistakes.add(
          ProblemCode.WRONG_SCOPE,
          path,
          what + "cluster-scoped and must not set metadata.namespace",
          "Take the namespace away.");
    }
    boolean named = written instanceof String text && !text.isBlank();
    if (namespaced && !graph.schema().namespaced() && !named) {
      mistakes.add(
          ProblemCode.WRONG_SCOPE,
          path,
          what
              + "namespaced and must set metadata.namespace when the instance CRD is"
              + " cluster-scoped",
          "Write a namespace.");
    }
  }

  private static @Nullable Object namespaceOf(ResourceContent content) {
    if (content instanceof ResourceContent.Template template) {
      return Trees.get(template.tree(), "metadata", "namespace");
    }
    String namespace =
        content instanceof ResourceContent.ExternalObject object ? object.namespace() : "";
    return namespace.isEmpty() ? null : namespace;
  }

  private void definition(GraphResource resource, Map<String, @Nullable Object> tree) {
    for (TemplateField field : ManifestTemplate.of(Manifest.of(tree)).fields()) {
      if (!field.path().startsWith(FieldPath.of("metadata"))) {
        String path = field.path().toString();
        mistakes.add(
            ProblemCode.INVALID_VALUE,
            resource.path() + ".template" + path,
            "CEL expressions in CRDs are only supported for metadata fields, found in path \""
                + path.substring(1)
                + "\", resource "
                + resource.id(),
            "Write it out.");
      }
    }
  }
}

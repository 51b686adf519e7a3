package io.sailplan.kro;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;

/** The structure of a ResourceGraphDefinition, as kro publishes it; what texts mean is no part. */
final class DefinitionShape {
  private static final String DEFINITION =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "resourcegraphdefinitions.kro.run"},
       "spec": {"group": "kro.run", "scope": "Cluster",
        "names": {"kind": "ResourceGraphDefinition", "plural": "resourcegraphdefinitions"},
        "versions": [{"name": "v1alpha1", "served": true, "storage": true,
         "subresources": {"status": {}},
         "schema": {"openAPIV3Schema": {"type": "object", "properties": {
          "spec": {"type": "object", "required": ["schema"], "properties": {
           "schema": {"type": "object", "required": ["apiVersion", "kind", "scope"], "properties": {
            "apiVersion": {"type": "string"},
            "kind": {"type": "string"},
            "group": {"type": "string", "default": "kro.run"},
            "scope": {"type": "string", "default": "Namespaced",
             "enum": ["Namespaced", "Cluster"]},
            "spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "types": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
            "additionalPrinterColumns": {"type": "array", "items": {"type": "object",
             "required": ["jsonPath", "name", "type"], "properties": {
              "description": {"type": "string"}, "format": {"type": "string"},
              "jsonPath": {"type": "string"}, "name": {"type": "string"},
              "priority": {"type": "integer", "format": "int32"}, "type": {"type": "string"}}}},
            "shortNames": {"type": "array", "maxItems": 32, "x-kubernetes-list-type": "set",
             "items": {"type": "string", "maxLength": 63,
              "pattern": "^[a-z]([-a-z0-9]*[a-z0-9])?$"}},
            "categories": {"type": "array", "maxItems": 32, "x-kubernetes-list-type": "set",
             "items": {"type": "string", "maxLength": 63,
              "pattern": "^[a-z]([-a-z0-9]*[a-z0-9])?$"}},
            "metadata": {"type": "object", "properties": {
             "labels": {"type": "object", "additionalProperties": {"type": "string"}},
             "annotations": {"type": "object", "additionalProperties": {"type": "string"}}}}}},
           "resources": {"type": "array", "items": {"type": "object", "required": ["id"],
            "properties": {
             "id": {"type": "string"},
             "template": {"type": "object", "x-kubernetes-preserve-unknown-fields": true},
             "externalRef": {"type": "object", "required": ["apiVersion", "kind", "metadata"],
              "properties": {
               "apiVersion": {"type": "string"}, "kind": {"type": "string"},
               "metadata": {"type": "object", "properties": {
                "name": {"type": "string", "minLength": 1}, "namespace": {"type": "string"},
                "selector": {"x-kubernetes-preserve-unknown-fields": true}}}}},
             "readyWhen": {"type": "array", "items": {"type": "string"}},
             "includeWhen": {"type": "array", "items": {"type": "string"}},
             "forEach": {"type": "array", "items": {"type": "object", "minProperties": 1,
              "maxProperties": 1, "additionalProperties": {"type": "string"}}}}}}}},
          "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}]}}
      """;

  static final KindShape SHAPE =
      ShapeCatalog.builtIn()
          .withCustomResources(List.of(Manifest.parseJson(DEFINITION)))
          .find(ResourceGraphDefinition.KIND)
          .orElseThrow();

  private DefinitionShape() {}
}

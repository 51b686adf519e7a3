package io.sailplan.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeCatalogTest {
  private final ShapeCatalog shapes = ShapeCatalog.builtIn();

  @Test
  void a_deployment_is_namespaced_and_has_status_and_scale() {
    KindShape deployment = shapes.find(GroupVersionKind.of("apps/v1", "Deployment")).orElseThrow();
    assertThat(deployment.resource().path("shop", "api"))
        .isEqualTo("/apis/apps/v1/namespaces/shop/deployments/api");
    assertThat(deployment.status()).isTrue();
    assertThat(deployment.resource().scale()).isTrue();
    assertThat(deployment.generation().fields()).containsExactly("spec", "metadata.annotations");
  }

  @Test
  void container_ports_are_told_apart_by_port_and_protocol() {
    Shape deployment =
        shapes.find(GroupVersionKind.of("apps/v1", "Deployment")).orElseThrow().shape();
    Shape containers =
        deployment.at(FieldPath.of("spec", "template", "spec", "containers")).orElseThrow();
    assertThat(containers.listType()).isEqualTo(ListType.KEYED);
    FieldShape ports = containers.items().field("ports");
    assertThat(ports.shape().keys()).containsExactly("containerPort", "protocol");
    assertThat(ports.shape().items().field("protocol").keyDefault()).contains("TCP");
    assertThat(containers.items().field("args").shape().atomic()).isTrue();
    assertThat(containers.items().field("stdin").presence()).isEqualTo(Presence.WHEN_NOT_ZERO);
    assertThat(containers.items().field("resources").presence()).isEqualTo(Presence.ALWAYS);
  }

  @Test
  void selectors_are_replaced_whole_and_quantities_are_known() {
    Shape deployment =
        shapes.find(GroupVersionKind.of("apps/v1", "Deployment")).orElseThrow().shape();
    assertThat(deployment.at(FieldPath.of("spec", "selector")).orElseThrow().atomic()).isTrue();
    assertThat(
            deployment
                .at(FieldPath.of("spec", "template", "spec", "overhead", "cpu"))
                .orElseThrow()
                .type())
        .isEqualTo(ShapeType.QUANTITY);
  }

  @Test
  void a_schema_may_hold_itself() {
    Shape crd =
        shapes
            .find(GroupVersionKind.of("apiextensions.k8s.io/v1", "CustomResourceDefinition"))
            .orElseThrow()
            .shape();
    Shape versions = crd.at(FieldPath.of("spec", "versions")).orElseThrow();
    Shape schema = versions.items().child("schema").child("openAPIV3Schema");
    assertThat(schema.child("properties").child("a").child("properties").child("b").name())
        .isEqualTo(schema.name());
  }

  @Test
  void every_type_of_every_kind_can_be_read() {
    assertThat(shapes.kinds()).hasSizeGreaterThan(70);
    java.util.Set<String> seen = new java.util.HashSet<>();
    shapes.kinds().forEach(kind -> visit(kind.shape(), seen));
    assertThat(seen)
        .contains("core.v1.Container", "apiextensions.v1.JSONSchemaProps")
        .hasSizeGreaterThan(500);
  }

  private static void visit(Shape shape, java.util.Set<String> seen) {
    if (shape.name().isEmpty() || seen.add(shape.name())) {
      shape.fields().values().forEach(field -> visit(field.shape(), seen));
      shape.values().ifPresent(values -> visit(values, seen));
      if (shape.type() == ShapeType.LIST) {
        visit(shape.items(), seen);
      }
    }
  }

  @Test
  void a_custom_resource_definition_brings_its_kind() {
    Manifest definition =
        Manifest.parseJson(
            """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"books.x.io"},
             "spec":{"group":"x.io","scope":"Namespaced","names":{"kind":"Book","plural":"books"},
              "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
               "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["title"],
                 "properties":{"title":{"type":"string"},"pages":{"type":"integer","default":1},
                  "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
                  "size":{"x-kubernetes-int-or-string":true},
                  "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
                  "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["id"],
                    "items":{"type":"object","properties":{"id":{"type":"string","default":"a"}}}}}}}}}}]}}
            """);
    ShapeCatalog all = shapes.withCustomResources(List.of(definition));
    assertThat(all.problems()).isEmpty();
    KindShape book = all.find(GroupVersionKind.of("x.io/v1", "Book")).orElseThrow();
    assertThat(book.custom()).isTrue();
    assertThat(book.status()).isTrue();
    Shape spec = book.shape().child("spec");
    assertThat(spec.field("title").required()).isTrue();
    assertThat(spec.field("pages").defaultValue()).contains(1L);
    assertThat(spec.child("free").child("x").type()).isEqualTo(ShapeType.ANY);
    assertThat(spec.child("size").type()).isEqualTo(ShapeType.INT_OR_STRING);
    assertThat(spec.child("tags").listType()).isEqualTo(ListType.SET);
    assertThat(spec.child("parts").items().field("id").keyDefault()).contains("a");
    assertThat(spec.child("nothing")).isNull();
    assertThat(book.shape().child("metadata").child("labels").child("a").type())
        .isEqualTo(ShapeType.STRING);
  }

  @Test
  void problems_of_a_definition_are_told_all_at_once() {
    Manifest definition =
        Manifest.parseJson(
            "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\","
                + "\"metadata\":{\"name\":\"x\"},\"spec\":{}}");
    assertThat(shapes.withCustomResources(List.of(definition)).problems())
        .hasSize(4)
        .allMatch(problem -> problem.code() == ProblemCode.MISSING_FIELD);
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Custom resources: their definitions, and when and how their kinds are served. */
abstract class DefinitionContract extends CustomFieldContract {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.$ns.sailplan.io}
      spec:
        group: $ns.sailplan.io
        scope: Namespaced
        names: {kind: Widget, plural: widgets}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: {type: integer, minimum: 1}
                      mode: {type: string, enum: [plain, fancy], default: plain}
                  status:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
      """;

  private static final String WIDGET =
      """
      apiVersion: $ns.sailplan.io/v1
      kind: Widget
      metadata: {name: wheel, namespace: $ns}
      spec: {size: 3}
      """;

  private ObjectKey wheel() {
    return custom("Widget", "wheel");
  }

  private GroupKind widgets() {
    return wheel().groupKind();
  }

  private ObjectKey definition() {
    return definition("widgets");
  }

  /** Defines the kind, and waits until it can be written. */
  private void define() {
    define(DEFINITION);
    awaitObject(definition(), object -> hasCondition(object, "Established", "True"));
    await("widgets are served", () -> apply("me", WIDGET).isSuccess());
  }

  @Test
  void a_kind_that_nobody_has_defined_is_not_found() {
    assertThat(apply("me", WIDGET).status()).isEqualTo(404);
    assertThat(send(new Request.Get(wheel())).status()).isEqualTo(404);
    assertThat(served().find(widgets())).isEmpty();
  }

  @Test
  void a_definition_is_established_and_its_kind_served_soon_after() {
    define();
    LiveObject definition = get(definition());
    assertThat(condition(definition, "NamesAccepted").orElseThrow().reason())
        .isEqualTo("NoConflicts");
    assertThat(condition(definition, "Established").orElseThrow().reason())
        .isEqualTo("InitialNamesAccepted");
    assertThat(definition.manifest().string("status", "acceptedNames", "singular"))
        .isEqualTo("widget");
    await("discovery knows widgets", () -> served().find(widgets()).isPresent());
    assertThat(served().find(widgets()).orElseThrow().status()).isTrue();
  }

  @Test
  void a_new_kind_is_not_served_at_once() {
    define(DEFINITION);
    assertThat(apply("me", WIDGET).status()).isIn(404, 429);
    await("widgets are served", () -> apply("me", WIDGET).isSuccess());
  }

  @Test
  void a_custom_resource_gets_the_defaults_of_its_schema() {
    define();
    LiveObject wheel = get(wheel());
    assertThat(wheel.manifest().string("spec", "mode")).isEqualTo("plain");
    assertThat(wheel.generation()).isEqualTo(1);
    assertThat(owners(wheel, "spec", "size")).containsExactly("me:Apply");
    assertThat(owners(wheel, "spec", "mode")).isEmpty();
  }

  @Test
  void a_custom_resource_that_its_schema_forbids_is_refused() {
    define();
    Response answer = apply("me", WIDGET.replace("size: 3", "size: 0, mode: wild"));
    refused(answer, 422, "Invalid");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"))
        .containsExactlyInAnyOrder("spec.size", "spec.mode");
  }

  @Test
  void a_required_field_is_required() {
    define();
    Response answer =
        apply("me", WIDGET.replace("wheel", "other").replace("size: 3", "mode: fancy"));
    refused(answer, 422, "Invalid");
    assertThat(answer.message()).contains("spec.size: Required value");
  }

  @Test
  void an_unknown_field_of_a_custom_resource_is_a_failure_of_the_server() {
    define();
    Response answer = apply("me", WIDGET.replace("size: 3", "size: 3, colour: red"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message()).contains(".spec.colour: field not declared in schema");
  }

  @Test
  void the_status_of_a_custom_resource_is_written_by_its_subresource() {
    define();
    LiveObject wheel = get(wheel());
    accepted(
        send(
            new Request.Patch(
                wheel(),
                List.of(PatchOperation.add("/status", java.util.Map.of("round", true))),
                "judge",
                "status")));
    LiveObject judged = get(wheel());
    assertThat(judged.manifest().get("status", "round")).isEqualTo(true);
    assertThat(judged.generation()).isEqualTo(wheel.generation());
    LiveObject ignored = applied("me", WIDGET + "status: {round: false}\n");
    assertThat(ignored.manifest().get("status", "round")).isEqualTo(true);
  }

  @Test
  void replacing_a_custom_resource_needs_its_version() {
    define();
    refused(send(new Request.Replace(manifest(WIDGET), "me", "")), 422, "Invalid");
  }

  @Test
  void the_scope_of_a_definition_cannot_change() {
    define();
    Response answer = force("me", DEFINITION.replace("Namespaced", "Cluster"));
    refused(answer, 422, "Invalid");
    assertThat(answer.causes()).extracting(cause -> cause.get("field")).contains("spec.scope");
  }

  @Test
  void a_definition_whose_name_does_not_fit_is_refused() {
    Response answer = apply("me", DEFINITION.replace("name: widgets.", "name: wheels."));
    refused(answer, 422, "Invalid");
    assertThat(answer.message()).contains("must be spec.names.plural+\".\"+spec.group");
  }

  @Test
  void a_definition_goes_with_its_objects_and_then_its_kind_is_not_served() {
    define();
    accepted(
        send(
            new Request.Patch(
                wheel(),
                List.of(
                    PatchOperation.add(
                        "/metadata/finalizers", List.of("contract.sailplan.io/hold"))),
                "holder",
                "")));
    delete(definition());
    awaitObject(definition(), object -> hasCondition(object, "Terminating", "True"));
    awaitObject(wheel(), LiveObject::isTerminating);
    refused(apply("me", WIDGET.replace("wheel", "late")), 403, "Forbidden");
    accepted(
        send(
            new Request.Patch(
                wheel(), List.of(PatchOperation.remove("/metadata/finalizers")), "holder", "")));
    awaitGone(definition());
    await(
        "widgets are not served any more",
        () ->
            send(new Request.Get(wheel())).status() == 404 && apply("me", WIDGET).status() == 404);
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How lists are merged, and how their items are told apart. */
abstract class ListContract extends ConflictContract {
  private static String variables(String env) {
    return POD_TEMPLATE.replace("image: i", "image: i, env: [" + env + "]");
  }

  private static List<String> names(LiveObject pods) {
    Object container = Trees.list(pods.manifest().get("template", "spec", "containers")).get(0);
    return Trees.list(Trees.get(container, "env")).stream()
        .map(variable -> Trees.string(Trees.get(variable, "name")))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> an_item_of_this_list_is_owned_by_its_key() {
    return rows(ListShape.keyed(), ListShape::name, (list, name) -> recorded(list, name, true));
  }

  @TestFactory
  Stream<DynamicTest> this_list_or_map_is_owned_as_a_whole() {
    return rows(ListShape.atomic(), ListShape::name, (list, name) -> recorded(list, name, false));
  }

  private void recorded(ListShape list, String name, boolean keyed) {
    Manifest manifest = manifest(list.text().replace("$name", name));
    List<String> owned = owned(accepted(send(Request.Apply.of(manifest, "me"))), "me");
    assertThat(owned).contains(list.path());
    if (!keyed) {
      assertThat(owned)
          .noneMatch(
              path -> path.startsWith(list.path() + ".") || path.startsWith(list.path() + "["));
    }
    delete(manifest.key());
    if (list.name().equals("finalizers")) {
      accepted(send(Request.Apply.of(manifest.without("metadata", "finalizers"), "me")));
    }
  }

  @Test
  void conditions_of_a_status_are_owned_by_their_type() {
    String budget =
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: budget, namespace:"
            + " $ns}, spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}}";
    applied("me", budget);
    String status =
        budget.replace(
            "spec: {minAvailable: 1, selector: {matchLabels: {a: b}}}",
            "status: {conditions: [{type: Round, status: \"True\", reason: R, message: m,"
                + " lastTransitionTime: \"2026-01-02T03:04:05Z\"}]}");
    LiveObject judged =
        accepted(send(new Request.Apply(manifest(status), "judge", true, "status", false)));
    // A controller that posts them may own the list itself; who applies never does.
    assertThat(owners(judged, "status", "conditions")).noneMatch(it -> it.startsWith("judge"));
    assertThat(
            ManagedFields.of(judged.manifest())
                .ownersOf(path(".status.conditions[type=\"Round\"].reason")))
        .hasSize(1);
  }

  @Test
  void conditions_of_a_job_are_owned_as_a_whole() {
    String job =
        "{apiVersion: batch/v1, kind: Job, metadata: {name: work, namespace: $ns}, spec: {managedBy:"
            + " example.com/judge, suspend: true, template: {spec: {restartPolicy: Never,"
            + " containers: [{name: c, image: i}]}}}}";
    Manifest made = applied("me", job).manifest();
    Manifest judged =
        manifest(
            "{apiVersion: batch/v1, kind: Job, metadata: {name: work, namespace: $ns}, status:"
                + " {conditions: [{type: Suspended, status: \"True\", reason: R, message: m}]}}");
    accepted(send(new Request.Apply(judged, "judge", false, "status", false)));
    assertThat(
            ManagedFields.of(get(made.key()).manifest())
                .applier("judge", "status")
                .orElseThrow()
                .fields()
                .stream()
                .map(Object::toString))
        .containsExactly(".status.conditions");
  }

  @TestFactory
  Stream<DynamicTest> items_with_the_same_key_are_a_permanent_failure_of_the_server() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"key", variables("{name: A}, {name: A}"), "duplicate entries for key [name=\"A\"]"},
          {
            "key with its default",
            SERVICE.replace(
                "{port: 80}", "{port: 80, name: a}, {port: 80, protocol: TCP, name: b}"),
            "duplicate entries for key [port=80,protocol=\"TCP\"]"
          },
          {
            "set",
            SETTINGS.replace("namespace: $ns", "namespace: $ns, finalizers: [s.io/a, s.io/a]"),
            "duplicate entries for key [=\"s.io/a\"]"
          },
          {
            "EndpointSlice addresses",
            "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s, namespace:"
                + " $ns}, addressType: IPv4, endpoints: [{addresses: [192.0.2.1, 192.0.2.1]}]}",
            "duplicate entries for key [=\"192.0.2.1\"]"
          },
          {
            "exit-code values",
            "{apiVersion: batch/v1, kind: Job, metadata: {name: j, namespace: $ns}, spec: {suspend:"
                + " true, podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In,"
                + " values: [1, 1]}}]}, template: {spec: {restartPolicy: Never, containers: [{name:"
                + " c, image: i}]}}}}",
            "duplicate entries for key [=1]"
          },
          {
            "CRD x-validations",
            "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name:"
                + " parts.$ns.sailplan.io}, spec: {group: $ns.sailplan.io, scope: Namespaced,"
                + " names: {kind: Part, plural: parts}, versions: [{name: v1, served: true,"
                + " storage: true, schema: {openAPIV3Schema: {type: object,"
                + " x-kubernetes-validations: [{rule: \"true\"}, {rule: \"true\"}]}}}]}}",
            "duplicate entries for key [rule=\"true\"]"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            Response answer = apply("me", row[1]);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.message())
                .startsWith("failed to create typed patch object (")
                .contains(row[2]);
          });
    }
    return cases(cases);
  }

  @Test
  void items_that_are_there_come_first_and_shared_ones_in_the_order_that_is_applied() {
    applied("me", variables("{name: A}, {name: B}, {name: C}"));
    LiveObject merged = applied("you", variables("{name: X}, {name: B}, {name: Z}"));
    assertThat(names(merged)).containsExactly("A", "X", "B", "C", "Z");
  }

  @Test
  void another_order_alone_never_conflicts_but_is_written() {
    LiveObject first = applied("me", variables("{name: A}, {name: B}"));
    LiveObject reordered = applied("you", variables("{name: B}, {name: A}"));
    assertThat(names(reordered)).containsExactly("B", "A");
    assertThat(reordered.resourceVersion()).isNotEqualTo(first.resourceVersion());
  }

  @Test
  void items_that_were_created_twice_become_one_when_they_are_applied() {
    accepted(create(variables("{name: A, value: x}, {name: A, value: z}")));
    LiveObject other = applied("me", variables("{name: B}"));
    assertThat(names(other)).containsExactlyInAnyOrder("A", "A", "B");
    refused(apply("me", variables("{name: A, value: z}")), 409, "Conflict");
    LiveObject one = accepted(force("me", variables("{name: A, value: z}")));
    assertThat(names(one)).containsExactly("A");
  }

  @Test
  void one_port_of_two_protocols_is_two_items() {
    LiveObject web =
        applied(
            "me",
            SERVICE.replace(
                "{port: 80}", "{port: 80, name: a}, {port: 80, protocol: UDP, name: b}"));
    assertThat(owned(web, "me"))
        .contains(".spec.ports[port=80,protocol=\"TCP\"]", ".spec.ports[port=80,protocol=\"UDP\"]");
  }

  @Test
  void a_port_whose_protocol_is_null_is_taken_once_and_then_refused() {
    String web = SERVICE.replace("{port: 80}", "{port: 80, protocol: null}");
    applied("me", web);
    refused(apply("me", web), 422, "Invalid");
  }

  @Test
  void another_port_is_another_item_that_cannot_have_the_name_of_one_that_stays() {
    String web = SERVICE.replace("{port: 80}", "{port: 80, name: http}");
    applied("me", web);
    LiveObject moved = applied("me", web.replace("port: 80", "port: 81"));
    assertThat(Trees.list(moved.manifest().get("spec", "ports"))).hasSize(1);
    applied("you", web.replace("port: 80", "port: 81"));
    Response answer = refused(apply("me", web.replace("port: 80", "port: 82")), 422, "Invalid");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("reason"))
        .contains("FieldValueDuplicate");
  }
}

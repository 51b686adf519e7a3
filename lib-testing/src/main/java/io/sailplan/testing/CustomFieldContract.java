package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How values of custom resources are stored, shared and recorded. */
abstract class CustomFieldContract extends DefiningFixture {
  private static final String GADGETS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: gadgets.$ns.sailplan.io}
      spec:
        group: $ns.sailplan.io
        scope: Namespaced
        names: {kind: Gadget, plural: gadgets}
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
                    properties:
                      plain: {type: array, items: {type: string}}
                      keyed:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name, kind]
                        items:
                          type: object
                          required: [name]
                          properties:
                            name: {type: string}
                            kind: {type: string, default: small}
                            size: {type: integer}
                      tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                      whole:
                        type: object
                        x-kubernetes-map-type: atomic
                        additionalProperties: {type: string}
                      port: {x-kubernetes-int-or-string: true}
                      ratio: {type: number}
                      mode: {type: string, default: fast}
                      note: {type: string, nullable: true}
                      text: {type: string}
                      flag: {type: boolean}
                      loose: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  status:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
      """;

  private static final String GADGET =
      "{apiVersion: $ns.sailplan.io/v1, kind: Gadget, metadata: {name: $name, namespace: $ns},"
          + " spec: {$spec}}";

  private static String gadget(String name, String spec) {
    return GADGET.replace("$name", name).replace("$spec", spec);
  }

  private void serve() {
    serve(GADGETS, gadget("first", "flag: true"));
  }

  @Test
  void lists_and_maps_of_custom_resources_are_owned_as_their_schema_says() {
    serve();
    LiveObject made =
        applied(
            "me",
            gadget(
                "a",
                "plain: [x], keyed: [{name: k, size: 1}], tags: [t], whole: {a: b}, port: 80,"
                    + " loose: {deep: {er: 1}, list: [1]}"));
    assertThat(owned(made, "me"))
        .containsExactlyInAnyOrder(
            ".spec.plain",
            ".spec.keyed[kind=\"small\",name=\"k\"]",
            ".spec.keyed[kind=\"small\",name=\"k\"].name",
            ".spec.keyed[kind=\"small\",name=\"k\"].size",
            ".spec.tags[=\"t\"]",
            ".spec.whole",
            ".spec.port",
            ".spec.loose.deep",
            ".spec.loose.deep.er",
            ".spec.loose.list");
    LiveObject shared = applied("you", gadget("a", "loose: {deep: {other: 2}}, tags: [u]"));
    assertThat(value(shared.manifest(), ".spec.loose.deep")).isEqualTo("{\"er\":1,\"other\":2}");
    assertThat(value(shared.manifest(), ".spec.tags")).isEqualTo("[\"t\",\"u\"]");
  }

  @TestFactory
  Stream<DynamicTest> a_value_of_a_custom_resource_is_stored_as_it_is_written() {
    Cases cases = new Cases();
    boolean[] served = new boolean[1];
    for (String[] row :
        new String[][] {
          {"1.0", "ratio: 1.0", ".spec.ratio", "1"},
          {"empty text", "text: \"\"", ".spec.text", "\"\""},
          {"false", "flag: false", ".spec.flag", "false"},
          {"empty list", "plain: []", ".spec.plain", "[]"},
          {"empty keyed list", "keyed: []", ".spec.keyed", "[]"},
          {"empty map", "whole: {}", ".spec.whole", "{}"},
          {"zero", "port: 0", ".spec.port", "0"},
          {"text for a number or text", "port: \"80\"", ".spec.port", "\"80\""},
          {"null with a default", "mode: null", ".spec.mode", "\"fast\""},
        }) {
      cases.add(
          row[0],
          name -> {
            if (!served[0]) {
              serve();
              served[0] = true;
            }
            LiveObject made = applied("me", gadget(name, "tags: [t], " + row[1]));
            assertThat(value(made.manifest(), row[2])).isEqualTo(row[3]);
            LiveObject again = applied("me", gadget(name, "tags: [t], " + row[1]));
            assertThat(again.resourceVersion()).isEqualTo(made.resourceVersion());
          });
    }
    cases.add(
        "null where null is allowed",
        name -> {
          LiveObject made = applied("me", gadget(name, "note: null"));
          assertThat(Trees.object(made.manifest().get("spec"))).containsEntry("note", null);
        });
    cases.add(
        "null where nothing allows it",
        name -> refused(apply("me", gadget(name, "text: null")), 422, "Invalid"));
    return cases(cases);
  }

  @Test
  void two_items_that_defaults_make_the_same_are_refused() {
    serve();
    String twins = gadget("a", "keyed: [{name: k, kind: null}, {name: k}]");
    Response answer = refused(apply("me", twins), 422, "Invalid");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"), cause -> cause.get("message"))
        .containsExactly(
            tuple("spec.keyed[1]", "Duplicate value: {\"kind\":\"small\",\"name\":\"k\"}"));
  }

  @Test
  void an_unknown_field_fails_but_where_anything_goes() {
    serve();
    Response answer = apply("me", gadget("a", "colour: red"));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.message()).contains(".spec.colour: field not declared in schema");
    applied("me", gadget("a", "loose: {colour: red}"));
  }

  @Test
  void a_default_is_owned_by_nobody_and_comes_back_when_it_is_dropped() {
    serve();
    applied("me", gadget("a", "flag: true"));
    LiveObject slow = applied("you", gadget("a", "mode: slow"));
    assertThat(value(slow.manifest(), ".spec.mode")).isEqualTo("\"slow\"");
    LiveObject left = applied("you", gadget("a", "flag: true"));
    assertThat(value(left.manifest(), ".spec.mode")).isEqualTo("\"fast\"");
    assertThat(owners(left, "spec", "mode")).isEmpty();
  }

  @Test
  void the_status_is_neither_taken_nor_recorded_but_by_its_subresource() {
    serve();
    String judged = gadget("a", "flag: true").replace("}}", "}, status: {round: true}}");
    LiveObject made = applied("me", judged);
    assertThat(made.manifest().get("status")).isNull();
    assertThat(owned(made, "me")).containsExactly(".spec.flag");
    Request.Apply absent =
        new Request.Apply(
            manifest(judged.replace("name: a", "name: b")), "me", false, "status", false);
    assertThat(send(absent).status()).isEqualTo(404);
  }

  @Test
  void the_status_is_recorded_where_it_is_no_subresource() {
    serve(GADGETS.replace("      subresources: {status: {}}\n", ""), gadget("first", "flag: true"));
    String judged = gadget("a", "flag: true").replace("}}", "}, status: {round: true}}");
    LiveObject made = applied("me", judged);
    assertThat(made.manifest().get("status", "round")).isEqualTo(true);
    assertThat(owned(made, "me")).contains(".status.round");
  }

  @Test
  void items_that_were_owned_as_a_whole_are_orphans_when_their_list_becomes_keyed() {
    serve(
        GADGETS.replace(
            """
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [name, kind]
            """,
            ""),
        gadget("first", "flag: true"));
    applied("me", gadget("a", "flag: true, keyed: [{name: k, kind: big}]"));
    applied("me", GADGETS);
    await(
        "lists are keyed",
        () -> {
          List<String> owned =
              owned(applied("probe", gadget("first", "keyed: [{name: p, kind: big}]")), "probe");
          return owned.contains(".spec.keyed[kind=\"big\",name=\"p\"]");
        });
    LiveObject left = applied("me", gadget("a", "keyed: [{name: l, kind: big}]"));
    assertThat(value(left.manifest(), ".spec.keyed"))
        .isEqualTo("[{\"kind\":\"big\",\"name\":\"k\"},{\"kind\":\"big\",\"name\":\"l\"}]");
    applied("me", gadget("b", "flag: true, keyed: [{name: k, kind: big}]"));
  }

  @Test
  void while_a_version_is_owned_that_is_not_defined_any_more_nobody_can_apply() {
    String versions = GADGETS.substring(GADGETS.indexOf("    - name: v1"));
    String stored = versions.replace("name: v1", "name: v2");
    String both = GADGETS + stored;
    serve(both.replaceFirst("storage: true", "storage: false"), gadget("first", "flag: true"));
    applied("me", gadget("a", "flag: true"));
    define(GADGETS.replace(versions, stored));
    String second = gadget("a", "mode: slow").replace("/v1", "/v2");
    assertThat(awaitRefusal(second).message())
        .contains("request to convert CR to an invalid group/version");
    LiveObject there = get(custom("Gadget", "a"));
    Manifest slow = there.manifest().with("slow", "spec", "mode");
    LiveObject put = accepted(send(new Request.Replace(slow, "editor", "")));
    assertThat(managers(put)).isEmpty();
    applied("you", second);
  }
}

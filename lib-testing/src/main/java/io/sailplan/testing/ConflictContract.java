package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which writes conflict, what a conflict says, and who owns what afterwards. */
abstract class ConflictContract extends RecordingContract {

  @Test
  void a_conflict_says_nothing_but_its_causes() {
    applied("me", SETTINGS);
    Response answer = apply("you", SETTINGS.replace("blue", "red"));
    Manifest status = answer.object().manifest();
    assertThat(answer.status()).isEqualTo(409);
    assertThat(status.get("details", "name")).isNull();
    assertThat(status.get("details", "kind")).isNull();
    assertThat(answer.causes()).hasSize(1);
  }

  @Test
  void a_conflict_of_versions_says_name_and_kind_and_no_causes() {
    applied("me", SETTINGS);
    Manifest old = manifest(SETTINGS).with("1", "metadata", "resourceVersion");
    Response answer = refused(send(Request.Apply.of(old, "me")), 409, "Conflict");
    assertThat(answer.object().manifest().string("details", "name")).isEqualTo("settings");
    assertThat(answer.object().manifest().string("details", "kind")).isEqualTo("configmaps");
    assertThat(answer.causes()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> a_field_in_conflict_is_named_as_the_server_names_it() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {
            "value in two lists",
            POD_TEMPLATE.replace("image: i", "image: i, env: [{name: A, value: x}]"),
            "value: x",
            "value: z",
            ".template.spec.containers[name=\"c\"].env[name=\"A\"].value"
          },
          {
            "port of two keys",
            SERVICE.replace("{port: 80}", "{port: 80, name: x}"),
            "name: x",
            "name: z",
            ".spec.ports[port=80,protocol=\"TCP\"].name"
          },
          {
            "argument list",
            POD_TEMPLATE.replace("image: i", "image: i, args: [x]"),
            "args: [x]",
            "args: [x, z]",
            ".template.spec.containers[name=\"c\"].args"
          },
          {
            "selector",
            SERVICE.replace("ports:", "selector: {a: x}, ports:"),
            "a: x",
            "b: x",
            ".spec.selector"
          },
          {
            "label selector",
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: budget, namespace:"
                + " $ns}, spec: {minAvailable: 1, selector: {matchLabels: {a: x}}}}",
            "a: x",
            "a: z",
            ".spec.selector"
          },
          {
            "subjects",
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name:"
                + " binding, namespace: $ns}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind:"
                + " Role, name: r}, subjects: [{kind: ServiceAccount, name: x, namespace: $ns}]}",
            "name: x",
            "name: z",
            ".subjects"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            LiveObject mine = applied("me", row[1]);
            Response answer =
                refused(apply("you", row[1].replace(row[2], row[3])), 409, "Conflict");
            assertThat(answer.causes())
                .extracting(cause -> cause.get("field"))
                .containsExactly(row[4]);
            delete(mine.key());
          });
    }
    return cases(cases);
  }

  @Test
  void each_owner_of_a_field_is_a_cause() {
    applied("me", SETTINGS);
    applied("you", SETTINGS);
    Response answer = refused(apply("third", SETTINGS.replace("blue", "red")), 409, "Conflict");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("message"))
        .containsExactlyInAnyOrder("conflict with \"me\"", "conflict with \"you\"");
  }

  @Test
  void the_causes_of_a_conflict_come_in_any_order() {
    Set<String> owners = Set.of("a", "b", "c", "d", "e", "f");
    owners.forEach(owner -> applied(owner, SETTINGS));
    Set<List<String>> orders = new HashSet<>();
    await(
        "another order",
        () -> {
          Response answer = refused(apply("me", SETTINGS.replace("blue", "red")), 409, "Conflict");
          List<String> order =
              answer.causes().stream()
                  .map(cause -> Trees.string(cause.get("message")).split("\"")[1])
                  .toList();
          assertThat(order).containsExactlyInAnyOrderElementsOf(owners);
          orders.add(order);
          return orders.size() > 1;
        });
  }

  @Test
  void the_value_that_an_update_wrote_can_be_shared() {
    create(SETTINGS);
    LiveObject shared = applied("me", SETTINGS);
    assertThat(owners(shared, "data", "colour")).containsExactly("creator:Update", "me:Apply");
  }

  @Test
  void what_a_service_with_an_external_name_does_not_show_can_be_shared() {
    String local = SERVICE.replace("{ports: [{port: 80}]}", "{internalTrafficPolicy: Local}");
    applied("you", SERVICE.replace("{ports:", "{internalTrafficPolicy: Local, ports:"));
    LiveObject named =
        edited(
            key("Service", "web"),
            "editor",
            PatchOperation.add("/spec/type", "ExternalName"),
            PatchOperation.add("/spec/externalName", "a.example"));
    assertThat(named.manifest().get("spec", "internalTrafficPolicy")).isNull();
    LiveObject shared = applied("me", local);
    assertThat(owners(shared, "spec", "internalTrafficPolicy"))
        .containsExactly("me:Apply", "you:Apply");
  }

  @Test
  void force_with_the_same_value_takes_nothing() {
    applied("me", SETTINGS);
    LiveObject shared = accepted(force("you", SETTINGS));
    assertThat(owners(shared, "data", "colour")).containsExactly("me:Apply", "you:Apply");
  }

  @Test
  void what_its_last_owner_leaves_out_is_removed() {
    applied("me", SETTINGS);
    applied("you", SETTINGS);
    String other = SETTINGS.replace("colour: blue", "size: \"9\"");
    assertThat(applied("me", other).manifest().string("data", "colour")).isEqualTo("blue");
    assertThat(applied("you", other).manifest().get("data", "colour")).isNull();
  }

  @Test
  void a_field_that_an_update_removed_is_owned_by_nobody() {
    applied("me", SETTINGS);
    LiveObject less = edited(settingsKey(), "editor", PatchOperation.remove("/data/colour"));
    assertThat(owners(less, "data", "colour")).isEmpty();
    assertThat(owners(applied("me", SETTINGS), "data", "colour")).containsExactly("me:Apply");
  }

  @Test
  void replacing_with_the_same_value_owns_nothing() {
    LiveObject mine = applied("me", SETTINGS);
    Manifest next = mine.manifest().with("9", "data", "size");
    LiveObject replaced = accepted(send(new Request.Replace(next, "replacer", "")));
    assertThat(owners(replaced, "data", "colour")).containsExactly("me:Apply");
    assertThat(owners(replaced, "data", "size")).containsExactly("replacer:Update");
  }

  @Test
  void conflicts_are_seen_before_what_cannot_change_and_what_is_out_of_date() {
    String secret =
        "{apiVersion: v1, kind: Secret, metadata: {name: door, namespace: $ns}, type: x/y, data:"
            + " {k: eA==}}";
    applied("me", secret);
    Manifest other =
        manifest(secret.replace("x/y", "x/z").replace("eA==", "eQ=="))
            .with("1", "metadata", "resourceVersion");
    Response answer = refused(send(Request.Apply.of(other, "you")), 409, "Conflict");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"))
        .containsExactlyInAnyOrder(".type", ".data.k");
  }

  @Test
  void mistakes_of_type_are_seen_before_conflicts() {
    applied("me", SETTINGS);
    assertThat(apply("you", SETTINGS.replace("colour: blue", "colour: 3")).status()).isEqualTo(500);
  }

  @Test
  void a_conflict_in_another_version_is_named_in_that_version() {
    String v2 =
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h, namespace:"
            + " $ns}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind:"
            + " Deployment, name: none}}}";
    applied("me", v2);
    Response answer =
        apply("you", v2.replace("/v2", "/v1").replace("maxReplicas: 3", "maxReplicas: 4"));
    refused(answer, 409, "Conflict");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"))
        .isEqualTo(List.of(".spec.maxReplicas"));
  }
}

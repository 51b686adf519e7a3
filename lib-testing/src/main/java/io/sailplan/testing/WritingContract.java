package io.sailplan.testing;

import static io.sailplan.plan.PatchOperation.add;
import static io.sailplan.plan.PatchOperation.remove;
import static io.sailplan.plan.PatchOperation.test;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Creating, reading, replacing and patching. */
abstract class WritingContract extends TurnsContract {
  private static final String SETTINGS =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: $ns, labels: {tier: front}}
      data: {colour: blue}
      """;

  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: $ns}
      spec:
        replicas: 0
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: "shop/web:1"}]}
      """;

  private ObjectKey settings() {
    return key("ConfigMap", "settings");
  }

  private Response patch(ObjectKey key, String subresource, PatchOperation... operations) {
    return send(new Request.Patch(key, List.of(operations), "patcher", subresource));
  }

  @Test
  void a_created_object_has_uid_version_and_time() {
    Response made = create(SETTINGS);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.object().uid()).isNotEmpty();
    assertThat(made.object().resourceVersion()).isNotEmpty();
    assertThat(made.object().manifest().string("metadata", "creationTimestamp")).endsWith("Z");
  }

  @Test
  void creating_what_exists_is_refused() {
    create(SETTINGS);
    Response again = refused(create(SETTINGS), 409, "AlreadyExists");
    assertThat(again.message()).isEqualTo("configmaps \"settings\" already exists");
  }

  @Test
  void creating_in_a_namespace_that_does_not_exist_is_refused() {
    Response made = create(SETTINGS.replace("$ns", "no-such-namespace"));
    refused(made, 404, "NotFound");
    assertThat(made.message()).isEqualTo("namespaces \"no-such-namespace\" not found");
  }

  @Test
  void what_does_not_exist_is_not_found() {
    Response answer = refused(send(new Request.Get(settings())), 404, "NotFound");
    assertThat(answer.message()).isEqualTo("configmaps \"settings\" not found");
    Response web = refused(send(new Request.Get(key("Deployment", "web"))), 404, "NotFound");
    assertThat(web.message()).isEqualTo("deployments.apps \"web\" not found");
  }

  @Test
  void the_creator_owns_what_it_wrote() {
    LiveObject made = accepted(create(SETTINGS));
    assertThat(owners(made, "data", "colour")).containsExactly("creator:Update");
  }

  @Test
  void missing_fields_get_their_defaults() {
    Manifest web = accepted(create(WEB)).manifest();
    assertThat(web.string("spec", "strategy", "type")).isEqualTo("RollingUpdate");
    assertThat(web.string("spec", "strategy", "rollingUpdate", "maxSurge")).isEqualTo("25%");
    assertThat(web.integer(0, "spec", "progressDeadlineSeconds")).isEqualTo(600);
    assertThat(web.string("spec", "template", "spec", "restartPolicy")).isEqualTo("Always");
  }

  @Test
  void a_new_object_of_a_kind_with_generations_has_the_first() {
    assertThat(accepted(create(WEB)).generation()).isEqualTo(1);
    assertThat(accepted(create(SETTINGS)).generation()).isZero();
  }

  @Test
  void an_object_that_makes_no_sense_is_refused_with_all_causes() {
    Response answer =
        create(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: $ns}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: other}}
                spec: {containers: [{name: main}]}
            """);
    refused(answer, 422, "Invalid");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("field"))
        .containsExactlyInAnyOrder(
            "spec.template.metadata.labels", "spec.template.spec.containers[0].image");
  }

  @Test
  void fields_that_do_not_go_together_are_refused_where_they_stand() {
    Response answer =
        create(
            """
            apiVersion: v1
            kind: PodTemplate
            metadata: {name: web, namespace: $ns}
            template:
              spec:
                hostPID: true
                shareProcessNamespace: true
                containers:
                - name: main
                  image: main
                  volumeDevices: [{name: data, devicePath: /dev/data}]
                  resources: {requests: {cpu: "2"}, limits: {cpu: "1"}}
                volumes: [{name: data, emptyDir: {}}]
            """);
    refused(answer, 422, "Invalid");
    assertThat(answer.causes())
        .extracting(cause -> String.valueOf(cause.get("field")))
        .anyMatch(field -> field.contains("shareProcessNamespace"))
        .anyMatch(field -> field.contains("volumeDevices[0].name"))
        .anyMatch(field -> field.contains("resources.requests"));
  }

  @Test
  void what_an_object_comes_to_lack_is_refused() {
    String door =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: door, namespace: $ns}
        type: kubernetes.io/basic-auth
        """;
    accepted(apply("me", door + "data: {username: bWU=}\n"));
    refused(apply("me", door), 422, "Invalid");
  }

  @Test
  void an_amount_that_is_left_out_is_zero() {
    LiveObject made =
        applied(
            "me",
            """
            apiVersion: resource.k8s.io/v1
            kind: ResourceSlice
            metadata: {name: $ns}
            spec:
              driver: a.example
              nodeName: $ns
              pool: {name: $ns, generation: 1, resourceSliceCount: 1}
              devices: [{name: d, capacity: {memory: {}}}]
            """);
    assertThat(String.valueOf(made.manifest().get("spec", "devices"))).contains("memory={value=0}");
    delete(made.key());
  }

  @Test
  void what_a_claim_is_filled_from_stands_in_two_fields() {
    String claim =
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: disk, namespace: $ns}
        spec:
          storageClassName: none
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: 1Gi}}
          dataSource: {kind: PersistentVolumeClaim, name: other}
        """;
    Manifest disk = applied("me", claim).manifest();
    assertThat(disk.get("spec", "dataSourceRef")).isEqualTo(disk.get("spec", "dataSource"));
    assertThat(value(disk, ".spec.dataSource"))
        .isEqualTo("{\"apiGroup\":null,\"kind\":\"PersistentVolumeClaim\",\"name\":\"other\"}");
    Manifest again = applied("me", claim + "  volumeMode: Filesystem\n").manifest();
    assertThat(again.get("spec")).isEqualTo(disk.get("spec"));

    String other = "{apiGroup: a.example, kind: Image, name: other}";
    String populated =
        claim
            .replace("disk", "populated")
            .replace("dataSource: {kind: PersistentVolumeClaim, name: other}", "$source");
    Manifest made =
        applied("me", populated.replace("$source", "dataSourceRef: " + other)).manifest();
    assertThat(made.get("spec", "dataSource")).isEqualTo(made.get("spec", "dataSourceRef"));
    String ignored = populated.replace("populated", "ignored");
    Manifest empty = applied("me", ignored.replace("$source", "dataSource: " + other)).manifest();
    assertThat(empty.get("spec", "dataSource")).isNull();
    assertThat(empty.get("spec", "dataSourceRef")).isNull();
  }

  @Test
  void services_have_one_range_of_addresses_or_one_of_each_family() {
    for (String ranges :
        List.of(
            "",
            "spec: {cidrs: []}",
            "spec: {cidrs: [192.0.2.0/28, 192.0.2.16/28]}",
            "spec: {cidrs: [192.0.2.0/28, \"2001:db8::/64\", 192.0.2.16/28]}")) {
      String text =
          "apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: {name: $ns}\n" + ranges;
      Response answer = refused(apply("me", text), 422, "Invalid");
      assertThat(answer.causes())
          .extracting(cause -> cause.get("field"))
          .containsExactly("spec.cidrs");
    }
  }

  @Test
  void a_name_in_capitals_is_refused() {
    Response answer = refused(create(SETTINGS.replace("settings", "Settings")), 422, "Invalid");
    assertThat(answer.causes()).extracting(cause -> cause.get("field")).contains("metadata.name");
  }

  @Test
  void a_list_selects_by_labels() {
    create(SETTINGS);
    create(SETTINGS.replace("settings", "others").replace("front", "back"));
    assertThat(list(Kind.CONFIG_MAP, Map.of("tier", "front")))
        .extracting(object -> object.key().name())
        .containsExactly("settings");
  }

  @Test
  void a_list_selects_by_name() {
    create(SETTINGS);
    assertThat(list(Kind.CONFIG_MAP, Map.of(), Map.of("metadata.name", "settings"))).hasSize(1);
    assertThat(list(Kind.CONFIG_MAP, Map.of(), Map.of("metadata.name", "nothing"))).isEmpty();
  }

  @Test
  void items_of_a_list_say_their_kind() {
    create(SETTINGS);
    assertThat(list(Kind.CONFIG_MAP, Map.of("tier", "front")))
        .extracting(LiveObject::key)
        .containsExactly(settings());
  }

  @Test
  void replacing_with_the_current_version_changes_the_object() {
    LiveObject made = accepted(create(SETTINGS));
    Manifest next = made.manifest().with("red", "data", "colour");
    LiveObject changed = accepted(send(new Request.Replace(next, "replacer", "")));
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(changed.resourceVersion()).isNotEqualTo(made.resourceVersion());
    assertThat(changed.uid()).isEqualTo(made.uid());
  }

  @Test
  void replacing_with_an_old_version_is_refused() {
    LiveObject made = accepted(create(SETTINGS));
    send(new Request.Replace(made.manifest().with("red", "data", "colour"), "replacer", ""));
    Response late =
        send(new Request.Replace(made.manifest().with("green", "data", "colour"), "late", ""));
    refused(late, 409, "Conflict");
    assertThat(late.message()).contains("the object has been modified");
    assertThat(get(settings()).manifest().string("data", "colour")).isEqualTo("red");
  }

  @Test
  void replacing_what_does_not_exist_is_refused() {
    refused(send(new Request.Replace(manifest(SETTINGS), "replacer", "")), 404, "NotFound");
  }

  @Test
  void replacing_with_the_same_writes_nothing() {
    LiveObject made = accepted(create(SETTINGS));
    LiveObject same = accepted(send(new Request.Replace(made.manifest(), "replacer", "")));
    assertThat(same.resourceVersion()).isEqualTo(made.resourceVersion());
  }

  @Test
  void a_patch_changes_single_fields() {
    create(SETTINGS);
    LiveObject patched =
        accepted(
            patch(
                settings(),
                "",
                test("/data/colour", "blue"),
                add("/data/size", "9"),
                remove("/metadata/labels/tier")));
    assertThat(patched.manifest().string("data", "size")).isEqualTo("9");
    assertThat(patched.manifest().labels()).isEmpty();
    assertThat(owners(patched, "data", "size")).containsExactly("patcher:Update");
  }

  @Test
  void a_patch_whose_test_fails_changes_nothing() {
    LiveObject made = accepted(create(SETTINGS));
    Response answer =
        patch(settings(), "", test("/data/colour", "red"), add("/data/colour", "green"));
    refused(answer, 422, "Invalid");
    assertThat(get(settings()).resourceVersion()).isEqualTo(made.resourceVersion());
  }

  @Test
  void a_patch_of_a_place_that_is_not_there_is_refused() {
    create(SETTINGS);
    refused(patch(settings(), "", remove("/data/size")), 422, "Invalid");
    refused(patch(settings(), "", add("/binaryData/size", "eA==")), 422, "Invalid");
  }

  @Test
  void a_patch_can_test_that_it_meets_the_same_object() {
    LiveObject made = accepted(create(SETTINGS));
    accepted(patch(settings(), "", test("/metadata/uid", made.uid()), add("/data/colour", "red")));
    refused(
        patch(settings(), "", test("/metadata/uid", "another"), add("/data/colour", "green")),
        422,
        "Invalid");
  }

  @Test
  void a_patch_with_an_old_version_is_a_conflict() {
    LiveObject made = accepted(create(SETTINGS));
    accepted(patch(settings(), "", add("/data/colour", "red")));
    refused(
        patch(
            settings(),
            "",
            add("/metadata/resourceVersion", made.resourceVersion()),
            add("/data/colour", "green")),
        409,
        "Conflict");
  }

  @Test
  void a_patch_of_what_does_not_exist_is_not_found() {
    refused(patch(settings(), "", add("/data/colour", "red")), 404, "NotFound");
  }

  @Test
  void the_generation_rises_with_the_spec_only() {
    LiveObject web = accepted(create(WEB));
    LiveObject labelled =
        accepted(patch(web.key(), "", add("/metadata/labels", Map.of("tier", "front"))));
    assertThat(labelled.generation()).isEqualTo(web.generation());
    LiveObject held = accepted(patch(web.key(), "", add("/spec/paused", true)));
    assertThat(held.generation()).isEqualTo(web.generation() + 1);
  }

  @Test
  void the_scale_can_be_read_from_the_answer_and_sets_the_replicas() {
    LiveObject web = accepted(create(WEB));
    Response answer = patch(web.key(), "scale", add("/spec/replicas", 3));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.object().manifest().kind()).isEqualTo("Scale");
    assertThat(answer.object().manifest().integer(0, "spec", "replicas")).isEqualTo(3);
    LiveObject scaled = get(web.key());
    assertThat(scaled.manifest().integer(0, "spec", "replicas")).isEqualTo(3);
    assertThat(owners(scaled, "spec", "replicas")).containsExactly("patcher:Update/scale");
  }

  @Test
  void the_status_is_written_apart_from_the_spec() {
    LiveObject web = accepted(create(WEB));
    awaitObject(web.key(), status("observedGeneration", 1));
    LiveObject changed =
        accepted(
            patch(web.key(), "status", add("/status/collisionCount", 7), add("/spec/replicas", 3)));
    assertThat(changed.manifest().integer(0, "status", "collisionCount")).isEqualTo(7);
    assertThat(changed.manifest().integer(-1, "spec", "replicas")).isZero();
    assertThat(changed.generation()).isEqualTo(1);
    LiveObject ignored = accepted(patch(web.key(), "", add("/status/collisionCount", 9)));
    assertThat(ignored.manifest().integer(0, "status", "collisionCount")).isEqualTo(7);
  }

  @Test
  void a_secret_takes_plain_text_and_stores_it_encoded() {
    LiveObject secret =
        accepted(
            create(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: door, namespace: $ns}
                stringData: {code: "1234"}
                """));
    assertThat(secret.manifest().string("data", "code")).isEqualTo("MTIzNA==");
    assertThat(secret.manifest().get("stringData")).isNull();
    assertThat(secret.manifest().string("type")).isEqualTo("Opaque");
  }

  @Test
  void a_service_gets_an_address_and_keeps_it() {
    String text =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: $ns}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;
    Manifest made = applied("me", text).manifest();
    assertThat(made.string("spec", "clusterIP")).matches("[0-9]+(\\.[0-9]+){3}");
    assertThat(made.get("spec", "clusterIPs")).isEqualTo(List.of(made.string("spec", "clusterIP")));
    Manifest again = applied("me", text.replace("port: 80", "port: 81")).manifest();
    assertThat(again.string("spec", "clusterIP")).isEqualTo(made.string("spec", "clusterIP"));
  }

  @Test
  void a_service_of_type_node_port_gets_a_port() {
    Manifest made =
        applied(
                "me",
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: $ns}
                spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
                """)
            .manifest();
    assertThat(Tree.integer(Tree.objects(made, "spec", "ports").get(0), 0, "nodePort"))
        .isBetween(30_000L, 32_767L);
  }
}

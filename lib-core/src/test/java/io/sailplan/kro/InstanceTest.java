package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InstanceTest {
  private static final Path DATA =
      Path.of(System.getProperty("sailplan.data", "../../shared/data"));

  private static final InstanceKind SHOP =
      InstanceKind.of(
          ResourceGraphDefinitionReader.read(
                  read(
                      """
                      apiVersion: kro.run/v1alpha1
                      kind: ResourceGraphDefinition
                      metadata: {name: shop}
                      spec:
                        schema:
                          apiVersion: v1
                          kind: Shop
                          spec:
                            image: string | required=true pattern="^[a-z:]+$"
                            size: string | enum="small,large" default=small
                            web:
                              port: integer | default=80 minimum=1
                              tls: {enabled: boolean | default=true, hosts: "[]string"}
                            labels: 'map[string]string | default={"a": "b"}'
                            extra: object
                            servers: "[]Server | listType=map listMapKey=name"
                          types:
                            Server: {name: string | required=true, weight: integer | default=1}
                          status: {seen: "${schema.spec.image}"}
                      """))
              .orThrow());

  private static Resource read(String text) {
    return ManifestReader.standard().read("shop.yaml", text).orThrow().get(0);
  }

  private static Resource shop(String spec) {
    return read(
        """
        apiVersion: kro.run/v1
        kind: Shop
        metadata: {name: mine, labels: {team: web}}
        spec:
        """
            + spec.indent(2));
  }

  @Test
  void defaults_are_filled_in_however_deep() {
    Instance shop = Instance.read(shop("image: nginx\nweb: {tls: {hosts: [x]}}"), SHOP).orThrow();
    assertThat(shop.schemaVariable().get("spec"))
        .isEqualTo(
            Json.read(
                """
                {"image": "nginx", "size": "small", "labels": {"a": "b"},
                 "web": {"port": 80, "tls": {"enabled": true, "hosts": ["x"]}}}
                """));
    assertThat(shop.schemaVariable()).containsOnlyKeys("apiVersion", "kind", "metadata", "spec");
  }

  @Test
  void items_have_their_own_defaults_and_null_is_as_good_as_nothing() {
    Instance shop =
        Instance.read(
                shop("image: nginx\nservers: [{name: a}, {name: b, weight: 5}]\nsize: null"), SHOP)
            .orThrow();
    assertThat(shop.manifest().get("spec", "servers"))
        .isEqualTo(Json.read("[{\"name\":\"a\",\"weight\":1},{\"name\":\"b\",\"weight\":5}]"));
    assertThat(shop.manifest().get("spec", "size")).isEqualTo("small");
  }

  @Test
  void a_status_is_no_part_of_what_expressions_see() {
    Resource written = shop("image: nginx");
    Resource stored = written.withManifest(written.manifest().with("x", "status", "seen"));
    assertThat(Instance.read(stored, SHOP).orThrow().schemaVariable()).doesNotContainKey("status");
  }

  @Test
  void every_mistake_is_told_at_its_place() {
    Resource shop =
        shop(
            """
            size: huge
            web: {port: 0, tls: {enabled: "yes"}}
            labls: {}
            extra: {any: thing}
            servers: [{name: a}, {name: a}, {weight: 1}]
            """);
    assertThat(Instance.read(shop, SHOP).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error missing-field shop.yaml:4:1 .spec.image: .spec.image is required. Add it.",
            "error invalid-value shop.yaml:5:3 .spec.size: .spec.size must be one of \"small\","
                + " \"large\". Choose one of them.",
            "error invalid-value shop.yaml:6:9 .spec.web.port: .spec.web.port is 0. It should be"
                + " greater than or equal to 1.",
            "error wrong-type shop.yaml:6:24 .spec.web.tls.enabled: .spec.web.tls.enabled is a"
                + " string, but must be true or false. Take the quotes away, or write true or"
                + " false.",
            "error unknown-field shop.yaml:7:3 .spec.labls: the field .spec.labls does not exist."
                + " Did you mean \"labels\"?",
            "error duplicate shop.yaml:9:24 .spec.servers[1]: .spec.servers[1] has the same key as"
                + " item 0: [name=\"a\"]. Keep one of them.",
            "error missing-field shop.yaml:9:35 .spec.servers[2]: .spec.servers[2] has none of its"
                + " keys: name. Add name.",
            "error missing-field shop.yaml:9:35 .spec.servers[2].name: .spec.servers[2].name is"
                + " required. Add it.");
  }

  @Test
  void an_instance_of_another_kind_is_refused() {
    Resource other = read("apiVersion: kro.run/v2\nkind: Shop\nmetadata: {name: a}\n");
    assertThat(Instance.read(other, SHOP).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error unknown-kind shop.yaml:1:1 .apiVersion: the graph makes instances of kro.run/v1,"
                + " Kind=Shop, this is of kro.run/v2, Kind=Shop. Write apiVersion: kro.run/v1 and"
                + " kind: Shop.");
  }

  @Test
  void real_instances_are_read_without_a_problem() throws IOException {
    assumeTrue(Files.isDirectory(DATA.resolve("kro")), "no graphs; set -Dsailplan.data");
    List<String> problems = new ArrayList<>();
    int instances = 0;
    for (Path folder : folders()) {
      List<Resource> all = read(folder);
      Map<GroupVersionKind, InstanceKind> kinds = new LinkedHashMap<>();
      for (Resource resource : all) {
        if (ResourceGraphDefinitionReader.reads(resource.manifest())) {
          InstanceKind kind =
              InstanceKind.of(ResourceGraphDefinitionReader.read(resource).orThrow());
          kinds.put(kind.kind(), kind);
        }
      }
      for (Resource resource : all) {
        InstanceKind kind = kinds.get(resource.manifest().groupVersionKind());
        if (kind != null) {
          instances++;
          Instance.read(resource, kind).problems().forEach(one -> problems.add(one.toString()));
        }
      }
    }
    assertThat(problems).isEmpty();
    assertThat(instances).isGreaterThanOrEqualTo(29);
  }

  /** Different examples may define the same kind. */
  private static List<Path> folders() throws IOException {
    try (Stream<Path> all =
        Stream.concat(Files.walk(DATA.resolve("kro")), Files.walk(DATA.resolve("own")))) {
      return all.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Resource> read(Path folder) throws IOException {
    List<Resource> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        String text = Files.readString(file);
        all.addAll(ManifestReader.standard().read(file.toString(), text).orThrow());
      }
    }
    return all;
  }
}

package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sailplan.model.Application;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Look;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Propagation;
import io.sailplan.planning.ObservationScope;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the adapter takes for granted of a server, asked of a real one. */
@ExtendWith(RealCluster.class)
class RealServerIT {
  private static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");

  private KubernetesCluster cluster;
  private String namespace;

  @BeforeEach
  void connect(ControlPlane plane, TestInfo test) {
    cluster = plane.connect();
    namespace = "it-" + Integer.toHexString(test.getDisplayName().hashCode() & 0xffffff);
    create(
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}""");
  }

  @AfterEach
  void close() {
    cluster.send(
        new Request.Delete(
            new ObjectKey("", "Namespace", "", namespace), "", "", Propagation.BACKGROUND));
    cluster.close();
  }

  @Test
  void serves_what_a_cluster_serves() {
    assertThat(cluster.served())
        .anySatisfy(
            resource -> {
              assertThat(resource.kind().toString()).isEqualTo("apps/v1, Kind=Deployment");
              assertThat(resource.plural()).isEqualTo("deployments");
              assertThat(resource.namespaced()).isTrue();
              assertThat(resource.status()).isTrue();
              assertThat(resource.scale()).isTrue();
            })
        .anySatisfy(
            resource -> {
              assertThat(resource.kind().toString()).isEqualTo("v1, Kind=Namespace");
              assertThat(resource.namespaced()).isFalse();
              assertThat(resource.status()).isTrue();
            });
    assertThat(cluster.serverVersion()).startsWith("v1.");
    assertThat(cluster.schemaHashes()).containsKeys("api/v1", "apis/apps/v1");
    assertThat(cluster.defaultNamespace()).isEqualTo("default");
  }

  @Test
  void makes_one_list_of_more_objects_than_fit_on_a_page() throws Exception {
    int count = Lists.PAGE + 5;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    for (int i = 0; i < count; i++) {
      String name = "c" + i;
      threads.execute(() -> configMap(name));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();

    Response list =
        cluster.send(
            new Request.ListObjects(CONFIG_MAP, namespace, Map.of("test", "yes"), Map.of()));

    assertThat(list.objects()).hasSize(count);
    assertThat(list.objects())
        .allSatisfy(object -> assertThat(object.key().kind()).isEqualTo("ConfigMap"));
  }

  @Test
  void selects_by_field() {
    configMap("one");
    configMap("two");

    Response list =
        cluster.send(
            new Request.ListObjects(
                CONFIG_MAP, namespace, Map.of(), Map.of("metadata.name", "two")));

    assertThat(list.objects()).extracting(object -> object.key().name()).containsExactly("two");
  }

  @Test
  void says_what_the_server_says_of_a_path_it_does_not_know() {
    Response ours =
        cluster.send(new Request.Get(new ObjectKey("example.com", "Widget", namespace, "w")));

    assertThat(ours.status()).isEqualTo(404);
    assertThat(Refusals.isUnknownPath(ours)).isTrue();
    Response theirs = cluster.send(new Request.Get(key("ConfigMap", "missing")));
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(Refusals.isUnknownPath(theirs)).isFalse();
  }

  @Test
  void a_kind_is_known_soon_after_its_definition() {
    create(
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"widgets.%1$s.example.com"},
         "spec":{"group":"%1$s.example.com","scope":"Namespaced",
          "names":{"plural":"widgets","singular":"widget","kind":"Widget"},
          "versions":[{"name":"v1","served":true,"storage":true,
           "subresources":{"status":{}},
           "schema":{"openAPIV3Schema":{"type":"object",
            "x-kubernetes-preserve-unknown-fields":true}}}]}}""");
    ObjectKey widget = new ObjectKey(namespace + ".example.com", "Widget", namespace, "w");
    try {
      Request create =
          new Request.Create(
              Manifest.parseJson(
                  """
                  {"apiVersion":"%1$s.example.com/v1","kind":"Widget",
                   "metadata":{"name":"w","namespace":"%1$s"}}"""
                      .formatted(namespace)),
              "it");
      Response response = cluster.send(create);
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (response.status() == 404 && System.nanoTime() < deadline) {
        response = cluster.send(create);
      }
      assertThat(response.status()).isEqualTo(201);
      assertThat(cluster.send(new Request.Get(widget)).isSuccess()).isTrue();
    } finally {
      cluster.send(
          new Request.Delete(
              new ObjectKey(
                  "apiextensions.k8s.io",
                  "CustomResourceDefinition",
                  "",
                  "widgets." + namespace + ".example.com"),
              "",
              "",
              Propagation.BACKGROUND));
    }
  }

  @Test
  void a_refused_read_is_not_looked_at(ControlPlane plane) {
    assumeThat(Files.exists(plane.kubeconfigOfOrdinaryUser()))
        .as("an existing cluster comes without a user who has no rights")
        .isTrue();
    configMap("open");
    create(
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role",
         "metadata":{"name":"reader","namespace":"%s"},
         "rules":[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}]}""");
    create(
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
         "metadata":{"name":"reader","namespace":"%s"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User",
          "name":"ordinary"}]}""");
    Application application =
        Application.read(
                "app",
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: open, namespace: %1$s}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: missing, namespace: %1$s}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: hidden, namespace: %1$s}
                """
                    .formatted(namespace))
            .inNamespace(namespace);

    try (KubernetesCluster ordinary =
        KubernetesCluster.fromKubeconfig(plane.kubeconfigOfOrdinaryUser())) {
      Snapshot seen = ordinary.observe(ObservationScope.of(application));

      assertThat(seen.lookup(key("Secret", "hidden"))).isInstanceOf(Lookup.NotLookedAt.class);
      assertThat(seen.refused().get(new Look.AtObject(key("Secret", "hidden"))))
          .contains("403")
          .contains("User \"ordinary\" cannot get resource \"secrets\"");
      assertThat(seen.find(key("ConfigMap", "open"))).isPresent();
      // Members could not be listed, so nobody can tell whether there is one of this name.
      assertThat(seen.hasTaken(new Look.AtObject(key("ConfigMap", "missing")))).isTrue();
    }
  }

  private ObjectKey key(String kind, String name) {
    return new ObjectKey("", kind, namespace, name);
  }

  private void configMap(String name) {
    create(
        """
        {"apiVersion":"v1","kind":"ConfigMap",
         "metadata":{"name":"NAME","namespace":"%s","labels":{"test":"yes"}}}"""
            .replace("NAME", name));
  }

  private void create(String json) {
    Response response =
        cluster.send(new Request.Create(Manifest.parseJson(json.formatted(namespace)), "it"));
    assertThat(response.status()).as(response.message()).isEqualTo(201);
  }
}

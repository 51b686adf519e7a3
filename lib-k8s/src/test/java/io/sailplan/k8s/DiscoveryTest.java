package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final ObjectKey WIDGET = new ObjectKey("example.com", "Widget", "shop", "w");
  private static final String WIDGETS =
      Samples.group(
          "example.com",
          Samples.version("v1", Samples.resource("widgets", "Widget", "Namespaced")));

  private final LoopbackServer server = new LoopbackServer();
  private final KubernetesCluster cluster =
      KubernetesCluster.builder().apiClient(new ApiClient().setBasePath(server.address())).build();

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  @Test
  void knows_scope_and_subresources() {
    assertThat(cluster.served())
        .contains(
            new ApiResource(
                new GroupVersionKind("", "v1", "Namespace"), "namespaces", false, true, false),
            new ApiResource(
                new GroupVersionKind("apps", "v1", "Deployment"), "deployments", true, true, true));
  }

  @Test
  void asks_an_older_server_version_by_version() {
    server.always("GET /api", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    server.always(
        "GET /apis",
        """
        {"kind":"APIGroupList","apiVersion":"v1","groups":[
          {"name":"batch","versions":[{"groupVersion":"batch/v1beta1"},{"groupVersion":"batch/v1"}],
           "preferredVersion":{"groupVersion":"batch/v1"}},
          {"name":"broken","versions":[{"groupVersion":"broken/v1"}]}]}
        """);
    server.always(
        "GET /api/v1",
        """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
          {"name":"pods","namespaced":true,"kind":"Pod","verbs":["get"]},
          {"name":"pods/status","namespaced":true,"kind":"Pod","verbs":["get"]},
          {"name":"nodes","namespaced":false,"kind":"Node","verbs":["get"]}]}
        """);
    String batch =
        """
        {"kind":"APIResourceList","groupVersion":"batch/%s","resources":[
          {"name":"cronjobs","namespaced":true,"kind":"CronJob","verbs":["get"]}]}
        """;
    server.always("GET /apis/batch/v1", batch.formatted("v1"));
    server.always("GET /apis/batch/v1beta1", batch.formatted("v1beta1"));
    server.on(
        "GET /apis/broken/v1",
        (request, reply) -> reply.header("Retry-After", "0").json(503, "{}"));

    assertThat(cluster.served())
        .containsExactly(
            new ApiResource(new GroupVersionKind("", "v1", "Pod"), "pods", true, true, false),
            new ApiResource(new GroupVersionKind("", "v1", "Node"), "nodes", false, false, false),
            new ApiResource(
                new GroupVersionKind("batch", "v1", "CronJob"), "cronjobs", true, false, false),
            new ApiResource(
                new GroupVersionKind("batch", "v1beta1", "CronJob"),
                "cronjobs",
                true,
                false,
                false));
    ObjectKey broken = new ObjectKey("broken", "Thing", "shop", "one");
    assertThat(cluster.send(new Request.Get(broken)).message())
        .contains("the cluster lists the API broken/v1");
  }

  @Test
  void asks_again_when_a_kind_is_unknown() {
    cluster.send(new Request.Get(Samples.configMap("a")));
    server.always("GET /apis", Samples.discovery(WIDGETS));
    server.always("GET /apis/example.com/v1/namespaces/shop/widgets/w", Samples.object("w", "1"));

    Response response = untilServed();

    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void answers_for_a_server_that_does_not_serve_a_kind() {
    Response response = cluster.send(new Request.Get(WIDGET));

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.reason()).isEqualTo("NotFound");
    assertThat(response.message())
        .contains("the server could not find the requested resource")
        .contains("Widget.example.com");
  }

  @Test
  void does_not_burden_the_server_with_unknown_kinds() {
    for (int i = 0; i < 50; i++) {
      cluster.send(new Request.Get(WIDGET));
    }
    // Once, and again for each half second that the fifty took.
    assertThat(server.received("GET /apis")).hasSizeLessThan(10);
  }

  @Test
  void pays_only_for_what_has_changed() {
    server.on(
        "GET /apis",
        (request, reply) -> {
          if ("\"t1\"".equals(request.headers().get("if-none-match"))) {
            reply.send(304, "application/json", "");
          } else {
            reply.header("ETag", "\"t1\"").json(200, Samples.GROUPS);
          }
        });

    assertThat(cluster.served()).isEqualTo(cluster.served()).hasSize(7);
    assertThat(server.received("GET /apis"))
        .extracting(request -> request.headers().get("if-none-match"))
        .containsExactly(null, "\"t1\"");
  }

  @Test
  void looks_again_after_a_path_was_not_there() {
    AtomicBoolean gone = new AtomicBoolean();
    server.on(
        "GET /apis",
        (request, reply) ->
            reply.json(200, gone.get() ? Samples.GROUPS : Samples.discovery(WIDGETS)));
    server.on(
        "GET /apis/example.com/v1/namespaces/shop/widgets/w",
        (request, reply) -> reply.send(404, "text/plain", "404 page not found\n"));
    cluster.send(new Request.Get(WIDGET));
    gone.set(true);

    Response response = cluster.send(new Request.Get(WIDGET));
    while (!response.message().contains("does not serve")) {
      Thread.onSpinWait(); // the server may be asked twice a second only
      response = cluster.send(new Request.Get(WIDGET));
    }

    assertThat(response.status()).isEqualTo(404);
  }

  @Test
  void knows_the_servers_version_and_the_hashes_of_its_schemas() {
    server.always("GET /version", "{\"major\":\"1\",\"gitVersion\":\"v1.36.4\"}");
    server.on(
        "GET /openapi/v3",
        (request, reply) ->
            reply.send(
                200,
                "text/plain; charset=utf-8",
                """
                {"paths":{"apis/apps/v1":{"serverRelativeURL":"/openapi/v3/apis/apps/v1?hash=ABC"},
                          "api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=DEF&x=1"},
                          "odd":{}}}
                """));

    assertThat(cluster.serverVersion()).isEqualTo("v1.36.4");
    assertThat(cluster.schemaHashes().toString()).isEqualTo("{api/v1=DEF, apis/apps/v1=ABC}");
  }

  private Response untilServed() {
    Response response = cluster.send(new Request.Get(WIDGET));
    while (response.status() == 404) {
      Thread.onSpinWait();
      response = cluster.send(new Request.Get(WIDGET));
    }
    return response;
  }
}

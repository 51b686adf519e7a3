package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Propagation;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendTest {
  private static final String MAPS = "/api/v1/namespaces/shop/configmaps";

  private final LoopbackServer server = new LoopbackServer();
  private final ApiClient client = new ApiClient().setBasePath(server.address());
  private final KubernetesCluster cluster =
      KubernetesCluster.builder().apiClient(client).requestTimeout(Duration.ofSeconds(20)).build();

  @AfterEach
  void close() {
    cluster.close();
    server.close();
  }

  @Test
  void reads_an_object_with_the_warnings_that_came_along() {
    server.on(
        "GET " + MAPS + "/a",
        (request, reply) ->
            reply
                .header(
                    "Warning",
                    "299 - \"is \\\"old\\\"\" \"Fri, 20 Nov 2026 08:00:00 GMT\", 299 - \"two\"")
                .header("Warning", "299 - \"three, really\"")
                .header("Warning", "nonsense")
                .json(200, Samples.object("a", "7")));

    Response response = cluster.send(new Request.Get(Samples.configMap("a")));

    assertThat(response.object().resourceVersion()).isEqualTo("7");
    assertThat(response.warnings()).containsExactly("is \"old\"", "two", "three, really");
  }

  @Test
  void applies_on_the_server() {
    server.always("PATCH " + MAPS + "/a", Samples.object("a", "8"));
    Manifest manifest = Manifest.parseJson(Samples.object("a", "1"));

    cluster.send(new Request.Apply(manifest, "sailplan/shop/shop", true, "", true));

    LoopbackServer.Received sent = server.received("PATCH " + MAPS + "/a").get(0);
    assertThat(sent.query())
        .containsOnly(
            Map.entry("fieldManager", "sailplan/shop/shop"),
            Map.entry("fieldValidation", "Strict"),
            Map.entry("force", "true"),
            Map.entry("dryRun", "All"));
    assertThat(sent.headers()).containsEntry("content-type", "application/apply-patch+yaml");
    assertThat(Manifest.parseJson(sent.body())).isEqualTo(manifest);
  }

  @Test
  void writes_a_manifest_in_its_own_version_and_reads_in_the_preferred_one() {
    Manifest old =
        Manifest.parseJson(
            """
            {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler",
             "metadata":{"name":"h","namespace":"shop"}}
            """);
    cluster.send(new Request.Create(old, "m"));
    cluster.send(new Request.Replace(old, "m", "status"));
    cluster.send(new Request.Get(old.key()));

    assertThat(server.received())
        .extracting(LoopbackServer.Received::line)
        .contains(
            "POST /apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers",
            "PUT /apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers/h/status",
            "GET /apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/h");
  }

  @Test
  void patches_by_json_patch() {
    ObjectKey deployment = new ObjectKey("apps", "Deployment", "shop", "api");
    String line = "PATCH /apis/apps/v1/namespaces/shop/deployments/api/scale";
    server.always(line, Samples.object("api", "1"));

    cluster.send(
        new Request.Patch(
            deployment,
            List.of(
                PatchOperation.test("/metadata/uid", "u"), PatchOperation.add("/spec/replicas", 0)),
            "m",
            "scale"));

    LoopbackServer.Received sent = server.received(line).get(0);
    assertThat(sent.headers()).containsEntry("content-type", "application/json-patch+json");
    assertThat(sent.body())
        .isEqualTo(
            "[{\"op\":\"test\",\"path\":\"/metadata/uid\",\"value\":\"u\"},"
                + "{\"op\":\"add\",\"path\":\"/spec/replicas\",\"value\":0}]");
  }

  @Test
  void deletes_with_preconditions() {
    server.always("DELETE " + MAPS + "/a", Samples.object("a", "8"));

    cluster.send(new Request.Delete(Samples.configMap("a"), "u-a", "7", Propagation.FOREGROUND));

    assertThat(server.received("DELETE " + MAPS + "/a").get(0).body())
        .isEqualTo(
            "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\","
                + "\"propagationPolicy\":\"Foreground\","
                + "\"preconditions\":{\"uid\":\"u-a\",\"resourceVersion\":\"7\"}}");
  }

  @Test
  void reads_the_last_lines_of_a_log_as_text() {
    String line = "GET /api/v1/namespaces/shop/pods/api-1/log";
    server.on(line, (request, reply) -> reply.send(200, "text/plain", "one\ntwo\n"));

    Response response = cluster.send(new Request.Logs("shop", "api-1", "main", 2, true));

    assertThat(response.text()).isEqualTo("one\ntwo\n");
    assertThat(response.body()).isNull();
    assertThat(server.received(line).get(0).query())
        .containsEntry("container", "main")
        .containsEntry("tailLines", "2")
        .containsEntry("previous", "true");
  }

  @Test
  void selects_by_labels_and_fields() {
    server.always("GET " + MAPS, Samples.list("9", "", Samples.object("a", "7")));

    Response response =
        cluster.send(
            new Request.ListObjects(
                new GroupKind("", "ConfigMap"),
                "shop",
                Map.of("b", "2", "a", "1"),
                Map.of("type", "x,y")));

    assertThat(response.objects()).extracting(one -> one.key().name()).containsExactly("a");
    assertThat(server.received("GET " + MAPS).get(0).query())
        .containsEntry("labelSelector", "a=1,b=2")
        .containsEntry("fieldSelector", "type=x\\,y")
        .containsEntry("limit", "500");
  }

  @Test
  void makes_one_list_of_many_pages() {
    server.on(
        "GET " + MAPS,
        (request, reply) -> reply.json(200, Samples.list("9", "p2", Samples.object("a", "1"))),
        (request, reply) -> reply.json(200, Samples.list("9", "p3", Samples.object("b", "2"))),
        (request, reply) -> reply.json(200, Samples.list("9", "", Samples.object("c", "3"))));

    assertThat(list().objects()).extracting(one -> one.key().name()).containsExactly("a", "b", "c");
    assertThat(server.received("GET " + MAPS))
        .extracting(request -> request.query().get("continue"))
        .containsExactly(null, "p2", "p3");
  }

  @Test
  void starts_a_list_again_whose_pages_have_expired() {
    server.on(
        "GET " + MAPS,
        (request, reply) -> reply.json(200, Samples.list("9", "p2", Samples.object("a", "1"))),
        (request, reply) -> reply.json(410, Samples.status(410, "Expired", "too old")),
        (request, reply) -> reply.json(200, Samples.list("12", "p2", Samples.object("b", "10"))),
        (request, reply) -> reply.json(200, Samples.list("12", "", Samples.object("c", "11"))));

    assertThat(list().objects()).extracting(one -> one.key().name()).containsExactly("b", "c");
  }

  @Test
  void asks_for_a_list_in_one_piece_if_its_pages_expire_again_and_again() {
    server.on(
        "GET " + MAPS,
        (request, reply) -> {
          if (request.query().containsKey("continue")) {
            reply.json(410, Samples.status(410, "Expired", "too old"));
          } else if (request.query().containsKey("limit")) {
            reply.json(200, Samples.list("9", "p2", Samples.object("a", "1")));
          } else {
            reply.json(
                200, Samples.list("9", "", Samples.object("a", "1"), Samples.object("b", "2")));
          }
        });

    assertThat(list().objects()).hasSize(2);
  }

  @Test
  void understands_a_refusal_that_is_not_json() {
    server.on(
        "GET " + MAPS + "/a",
        (request, reply) ->
            reply
                .header("Retry-After", "3")
                .send(429, "text/plain; charset=utf-8", "Too many requests"));

    Response response = cluster.send(new Request.Get(Samples.configMap("a")));

    assertThat(response.status()).isEqualTo(429);
    assertThat(response.message()).isEqualTo("Too many requests");
    assertThat(response.retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void waits_as_long_as_a_status_asks_to() {
    server.on(
        "GET " + MAPS + "/a",
        (request, reply) ->
            reply.json(
                504,
                """
                {"kind":"Status","apiVersion":"v1","details":{"retryAfterSeconds":2}}"""));

    assertThat(cluster.send(new Request.Get(Samples.configMap("a"))).retryAfter())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void says_that_there_was_no_answer_if_the_connection_breaks() {
    server.on("GET " + MAPS + "/a", (request, reply) -> reply.cut());

    assertThatThrownBy(() -> cluster.send(new Request.Get(Samples.configMap("a"))))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("no answer to GET " + MAPS + "/a");
  }

  @Test
  void never_sends_a_write_twice() {
    server.always("GET " + MAPS + "/warm", Samples.object("warm", "1"));
    server.on(
        "POST " + MAPS,
        (request, reply) -> {
          throw new java.io.IOException("hangs up without a word");
        });
    cluster.send(new Request.Get(Samples.configMap("warm"))); // a pooled connection is retried

    assertThatThrownBy(
            () ->
                cluster.send(new Request.Create(Manifest.parseJson(Samples.object("a", "")), "m")))
        .isInstanceOf(ClusterException.class);
    assertThat(server.received("POST " + MAPS)).hasSize(1);
  }

  @Test
  void gives_up_a_request_after_its_timeout() {
    CountDownLatch end = new CountDownLatch(1);
    server.on("GET " + MAPS + "/a", (request, reply) -> end.await());
    try (KubernetesCluster hasty =
        KubernetesCluster.builder()
            .apiClient(client)
            .requestTimeout(Duration.ofMillis(300))
            .build()) {
      assertThatThrownBy(() -> hasty.send(new Request.Get(Samples.configMap("a"))))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("the time was up");
    } finally {
      end.countDown();
    }
  }

  @Test
  void refuses_names_that_would_lead_elsewhere() {
    assertThat(cluster.send(new Request.Get(Samples.configMap(".."))).status()).isEqualTo(400);
    assertThat(cluster.send(new Request.Get(Samples.configMap(""))).status()).isEqualTo(400);
    assertThat(cluster.send(new Request.Get(Samples.configMap("a").inNamespace(""))).message())
        .contains("needs a namespace");
    cluster.send(new Request.Get(Samples.configMap("a/../../b?c")));
    assertThat(server.received("GET " + MAPS + "/a%2f..%2f..%2fb%3fc")).hasSize(1);
  }

  @Test
  void leaves_the_callers_client_as_it_was() {
    OkHttpClient http = client.getHttpClient();
    int timeout = client.getReadTimeout();

    cluster.send(new Request.Get(Samples.configMap("a")));
    cluster.close();

    assertThat(client.getHttpClient()).isSameAs(http);
    assertThat(client.getReadTimeout()).isEqualTo(timeout);
    assertThat(http.dispatcher().executorService().isShutdown()).isFalse();
    assertThat(http.connectionPool().connectionCount()).isPositive();
  }

  @Test
  void shows_no_credentials_in_what_it_throws() {
    String secret = "t0p-s3cret-t0ken";
    ApiClient withToken = new ApiClient().setBasePath(server.address());
    withToken.setApiKeyPrefix("Bearer");
    withToken.setApiKey(secret);
    server.on("GET " + MAPS + "/a", (request, reply) -> reply.cut());
    try (KubernetesCluster authorised = KubernetesCluster.builder().apiClient(withToken).build()) {
      ClusterException thrown =
          catchThrowableOfType(
              ClusterException.class,
              () -> authorised.send(new Request.Get(Samples.configMap("a"))));
      assertThat(server.received("GET " + MAPS + "/a").get(0).headers())
          .containsEntry("authorization", "Bearer " + secret);
      assertThat(trace(thrown)).contains("no answer").doesNotContain(secret);
    }
    withToken.setApiKey(secret + "\n"); // a header that cannot be sent
    try (KubernetesCluster authorised = KubernetesCluster.builder().apiClient(withToken).build()) {
      assertThat(trace(catchThrowableOfType(ClusterException.class, authorised::served)))
          .contains("could not be")
          .doesNotContain(secret);
    }
  }

  @Test
  void hides_addresses_with_passwords_in_what_it_throws() {
    ApiClient nowhere = new ApiClient().setBasePath("http://me:pa55word@127.0.0.1:1");
    try (KubernetesCluster lost = KubernetesCluster.builder().apiClient(nowhere).build()) {
      assertThat(trace(catchThrowableOfType(ClusterException.class, lost::served)))
          .contains("no answer")
          .doesNotContain("pa55word");
    }
  }

  private Response list() {
    return cluster.send(
        new Request.ListObjects(new GroupKind("", "ConfigMap"), "shop", Map.of(), Map.of()));
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}

package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.run.RunOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** No log says what a Secret holds, at any level, whatever a server answers. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LogsTest {
  private static final String CANARY = "canary in a secret";
  private static final String ENCODED = Base64.getEncoder().encodeToString(CANARY.getBytes());
  private static final String PATH = "/api/v1/namespaces/shop/secrets";

  private static final Duration WAIT = Duration.ofMillis(10);

  private final LoopbackServer server = new LoopbackServer();
  private final Logbook logbook = new Logbook();
  private final KubernetesCluster cluster =
      KubernetesCluster.builder().apiClient(new ApiClient().setBasePath(server.address())).build();

  @AfterEach
  void close() {
    logbook.close();
    cluster.close();
    server.close();
  }

  @Test
  void a_log_would_be_seen_here() {
    LoggerFactory.getLogger("any").trace("it was {}", CANARY, new IOException(ENCODED));
    assertThat(logbook.texts())
        .singleElement()
        .asString()
        .contains("it was " + CANARY, "IOException: " + ENCODED);
  }

  @Test
  void no_log_of_a_run_quotes_a_secret_that_the_server_quotes() {
    String stored = secret("\"uid\":\"u\",\"resourceVersion\":\"7\",");
    server.on(
        "PATCH " + PATH + "/db",
        (request, reply) -> reply.json(500, status(500, "InternalError")),
        (request, reply) -> reply.json(200, stored.replace("}", "]")),
        (request, reply) -> reply.send(503, "text/plain", "<" + CANARY + ENCODED + ">"),
        (request, reply) -> reply.cut(),
        (request, reply) -> reply.json(422, status(422, "Invalid")));
    server.on(
        "GET " + PATH + "/db",
        (request, reply) -> reply.json(200, "{" + stored),
        (request, reply) -> reply.json(500, status(500, "InternalError")),
        (request, reply) -> reply.json(404, status(404, "NotFound")));
    server.on(
        "PATCH /api/v1/namespaces/shop/configmaps/sailplan-app",
        (request, reply) ->
            reply.json(
                201,
                Manifest.parseJson(request.body())
                    .with("u", "metadata", "uid")
                    .with("1", "metadata", "resourceVersion")
                    .toJson()));
    List<Progress> progress = new ArrayList<>();
    Outcome outcome =
        cluster.run(
            Planner.standard()
                .plan(PlanRequest.deploy(application(), nothing()).at(Instant.EPOCH))
                .orThrow(),
            new RunOptions(4, WAIT, WAIT, () -> 0.5, WAIT, 0),
            progress::add);

    assertThat(outcome.isSuccess()).isFalse();
    assertThat(server.received("PATCH " + PATH + "/db")).hasSizeGreaterThan(3);
    assertThat(logbook.texts()).as("somebody logs something").isNotEmpty();
    isNowhere(logbook.texts());
    isNowhere(List.of(outcome.render(), outcome.toString(), progress.toString()));
  }

  @Test
  void no_log_of_looking_at_a_cluster_quotes_a_secret() throws IOException {
    server.on(
        "GET " + PATH,
        (request, reply) -> reply.json(200, "{\"items\":[" + secret("") + ","),
        (request, reply) -> reply.json(500, status(500, "InternalError")));
    server.on("GET " + PATH + "/db", (request, reply) -> reply.json(200, secret("") + "}"));
    String seen;
    try {
      Snapshot snapshot = cluster.observe(ObservationScope.of(application()));
      seen = snapshot + " " + snapshot.refused();
    } catch (RuntimeException e) {
      seen = e.toString();
    }
    isNowhere(logbook.texts());
    isNowhere(List.of(seen));
  }

  private static void isNowhere(List<String> texts) {
    assertThat(texts).noneMatch(text -> text.contains(CANARY) || text.contains(ENCODED));
  }

  private static String status(int code, String reason) {
    return Samples.status(code, reason, "data: " + ENCODED + " is " + CANARY);
  }

  private static String secret(String metadata) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{"
        + metadata
        + "\"name\":\"db\",\"namespace\":\"shop\"},\"data\":{\"key\":\""
        + ENCODED
        + "\"}}";
  }

  private static Application application() {
    return Application.read("app", secret("")).inNamespace("shop");
  }

  private static Snapshot nothing() {
    return Snapshot.of(
        List.of(
            LiveObject.of(
                Manifest.of(
                    Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Namespace",
                        "metadata",
                        Map.of("name", "shop"))))));
  }
}

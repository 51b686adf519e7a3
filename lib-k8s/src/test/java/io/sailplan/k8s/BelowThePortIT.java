package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Propagation;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a server answers to deletions, lists and watches that no client of the port can ask for, and
 * what the adapter makes of it. What answers of this form lead to is tested with a server of our
 * own, in {@link SendTest} and {@link WatchTest}.
 */
@ExtendWith(RealCluster.class)
class BelowThePortIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * A server that is not told otherwise forgets every five minutes what was five minutes before.
   */
  private static final Duration FORGETTING = Duration.ofMinutes(11);

  private static final String FLOWS = "flowcontrol.apiserver.k8s.io";

  private final Calls calls = new Calls();
  private final List<ObjectKey> clusterWide = new ArrayList<>();
  private KubernetesCluster cluster;
  private Connection connection;
  private Wire wire;
  private String namespace;

  @BeforeEach
  void connect(ControlPlane plane) {
    cluster = plane.connect();
    connection =
        Connection.from(
            () -> Kubeconfig.ofFile(plane.kubeconfig(), null).client(), TIMEOUT, TIMEOUT);
    wire = new Wire(connection, Clock.systemUTC());
    namespace = "below-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    create("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"$ns\"}}");
  }

  @AfterEach
  void close() {
    clusterWide.forEach(
        key -> cluster.send(new Request.Delete(key, "", "", Propagation.BACKGROUND)));
    cluster.close();
    connection.close();
  }

  @Test
  void a_job_that_is_deleted_without_saying_how_leaves_its_pods_and_a_warning() {
    create(
        """
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"work","namespace":"$ns"},
         "spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never",
          "containers":[{"name":"c","image":"i"}]}}}}""");

    Response answer = send(HttpCall.of("DELETE", in("batch/v1", "jobs/work"), HttpCall.JSON, "{}"));

    assertThat(answer.status()).isEqualTo(200);
    LiveObject going = answer.object();
    assertThat(going.isTerminating()).isTrue();
    assertThat(going.finalizers()).contains("orphan");
    assertThat(answer.warnings())
        .singleElement()
        .asString()
        .startsWith("child pods are preserved by default when jobs are deleted");
  }

  @Test
  void a_watch_from_what_is_forgotten_answers_200_and_ends_with_an_error() {
    // Nothing is remembered of a kind from before it was served.
    define("forgotten");
    List<String> lines = new ArrayList<>();

    Response answer =
        wire.watch(
            HttpCall.get(in("$ns.example.com/v1", "forgotten"))
                .query("watch", "true")
                .query("resourceVersion", "1")
                .query("timeoutSeconds", "30"),
            calls,
            lines::add);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(lines).hasSize(1);
    Manifest event = Manifest.parseJson(lines.get(0));
    assertThat(event.string("type")).isEqualTo("ERROR");
    assertThat(event.string("object", "kind")).isEqualTo("Status");
    assertThat(event.integer(0, "object", "code")).isEqualTo(Refusals.GONE);
    assertThat(event.string("object", "reason")).isEqualTo("Expired");
    assertThat(event.string("object", "message")).startsWith("too old resource version: 1 (");
  }

  @Test
  void a_bookmark_says_how_far_all_is_told_and_where_a_list_ends() {
    List<String> lines = new ArrayList<>();

    wire.watch(
        HttpCall.get(in("v1", "configmaps"))
            .query("watch", "true")
            .query("allowWatchBookmarks", "true")
            .query("sendInitialEvents", "true")
            .query("resourceVersionMatch", "NotOlderThan")
            .query("timeoutSeconds", "1"),
        calls,
        lines::add);

    Manifest end =
        lines.stream()
            .map(Manifest::parseJson)
            .filter(event -> event.string("type").equals("BOOKMARK"))
            .findFirst()
            .orElseThrow();
    assertThat(end.string("object", "kind")).isEqualTo("ConfigMap");
    assertThat(end.string("object", "metadata", "resourceVersion")).matches("[0-9]+");
    assertThat(end.string("object", "metadata", "annotations", "k8s.io/initial-events-end"))
        .isEqualTo("true");
    assertThat(end.string("object", "metadata", "name")).isEmpty();
  }

  @Test
  void a_page_after_one_that_is_forgotten_has_expired_and_the_list_is_started_again() {
    create(
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","namespace":"$ns"}}""");
    await(() -> find("kube-root-ca.crt"));
    awaitForgetting();
    String old =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a\\u0000\"}"
                    .getBytes(StandardCharsets.UTF_8));
    List<Response> answers = new ArrayList<>();

    Response whole =
        Lists.all(
            HttpCall.get(in("v1", "configmaps")),
            page -> {
              HttpCall small = page.query().containsKey("limit") ? page.query("limit", "1") : page;
              HttpCall next = answers.size() == 1 ? small.query("continue", old) : small;
              Response answer = send(next);
              answers.add(answer);
              return answer;
            });

    Response expired = answers.get(1);
    assertThat(expired.status()).isEqualTo(Refusals.GONE);
    assertThat(expired.reason()).isEqualTo("Expired");
    assertThat(expired.message()).startsWith("The provided continue parameter is too old");
    assertThat(Optional.ofNullable(expired.body()).orElseThrow().string("metadata", "continue"))
        .isNotEmpty();
    assertThat(whole.objects())
        .extracting(object -> object.key().name())
        .containsExactly("kube-root-ca.crt", "one");
  }

  @Test
  void a_list_of_exactly_what_is_forgotten_has_expired() {
    Response answer = awaitForgetting();

    assertThat(answer.status()).isEqualTo(Refusals.GONE);
    assertThat(answer.reason()).isEqualTo("Expired");
    assertThat(answer.retryAfter()).isNull();
  }

  @Test
  void a_version_that_is_not_there_yet_is_a_timeout_that_may_be_tried_again() {
    Response answer = send(future());

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.reason()).isEqualTo("Timeout");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("reason"))
        .containsExactly("ResourceVersionTooLarge");
    assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void who_has_no_share_of_the_server_is_turned_away_in_plain_text() {
    // No seat but the one that everybody gets who is alone; a wait for a future version keeps it.
    create(
        """
        {"apiVersion":"flowcontrol.apiserver.k8s.io/v1","kind":"PriorityLevelConfiguration",
         "metadata":{"name":"$ns"},"spec":{"type":"Limited","limited":{
          "nominalConcurrencyShares":0,"lendablePercent":0,"borrowingLimitPercent":0,
          "limitResponse":{"type":"Reject"}}}}""");
    create(
        """
        {"apiVersion":"flowcontrol.apiserver.k8s.io/v1","kind":"FlowSchema",
         "metadata":{"name":"$ns"},"spec":{"matchingPrecedence":2,
          "priorityLevelConfiguration":{"name":"$ns"},
          "rules":[{"subjects":[{"kind":"User","user":{"name":"$ns"}}],
           "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],
            "namespaces":["*"]}]}]}}""");
    create(
        """
        {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
         "metadata":{"name":"unlucky","namespace":"$ns"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"$ns"}]}""");
    clusterWide.add(new ObjectKey(FLOWS, "FlowSchema", "", namespace));
    clusterWide.add(new ObjectKey(FLOWS, "PriorityLevelConfiguration", "", namespace));
    HttpCall list = HttpCall.get(in("v1", "configmaps")).header("Impersonate-User", namespace);

    Response rejected =
        await(
            () -> {
              CompletableFuture<Response> waiting =
                  CompletableFuture.supplyAsync(
                      () -> send(future().header("Impersonate-User", namespace)));
              Optional<Response> refusal = Optional.empty();
              while (refusal.isEmpty() && !waiting.isDone()) {
                refusal = Optional.of(send(list)).filter(answer -> answer.status() == 429);
              }
              Response first = waiting.join();
              return refusal.or(() -> Optional.of(first).filter(it -> it.status() == 429));
            });

    assertThat(rejected.body()).isNull();
    assertThat(rejected.text()).startsWith("Too many requests");
    assertThat(rejected.message()).startsWith("Too many requests");
    assertThat(rejected.retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void an_eviction_that_a_budget_forbids_may_be_tried_again_but_not_when() {
    create(
        """
        {"apiVersion":"v1","kind":"Pod",
         "metadata":{"name":"tool","namespace":"$ns","labels":{"app":"tool"}},
         "spec":{"containers":[{"name":"c","image":"i"}]}}""");
    create(
        """
        {"apiVersion":"policy/v1","kind":"PodDisruptionBudget",
         "metadata":{"name":"tool","namespace":"$ns"},
         "spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"tool"}}}}""");
    ObjectKey budget = new ObjectKey("policy", "PodDisruptionBudget", namespace, "tool");
    await(
        () ->
            Optional.of(cluster.send(new Request.Get(budget)))
                .filter(
                    seen -> seen.object().manifest().integer(0, "status", "currentHealthy") == 1));

    Response answer =
        send(
            HttpCall.of(
                "POST",
                in("v1", "pods/tool/eviction"),
                HttpCall.JSON,
                """
                {"apiVersion":"policy/v1","kind":"Eviction",
                 "metadata":{"name":"tool","namespace":"$ns"}}"""
                    .replace("$ns", namespace)));

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.reason()).isEqualTo("TooManyRequests");
    assertThat(answer.causes())
        .extracting(cause -> cause.get("reason"))
        .containsExactly("DisruptionBudget");
    assertThat(answer.retryAfter()).isNull();
  }

  @Test
  void a_key_that_stands_twice_in_yaml_is_refused_only_where_that_is_strict() {
    String twice =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: twice
        data:
          a: one
          a: two
        """;

    Response strict = applyYaml(twice, "Strict");
    assertThat(strict.status()).isEqualTo(400);
    assertThat(strict.message()).contains("line 7: key \"a\" already set in map");
    Response warned = applyYaml(twice, "Warn");
    assertThat(warned.warnings()).containsExactly("line 7: key \"a\" already set in map");
    assertThat(warned.object().manifest().string("data", "a")).isEqualTo("two");
    assertThat(applyYaml(twice, "").warnings()).isEqualTo(warned.warnings());
    assertThat(applyYaml(twice, "Ignore").warnings()).isEmpty();
    assertThat(ManifestReader.standard().read("twice.yaml", twice).problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.DUPLICATE_KEY);
  }

  private Response applyYaml(String yaml, String validation) {
    HttpCall apply =
        HttpCall.of("PATCH", in("v1", "configmaps/twice"), "application/apply-patch+yaml", yaml)
            .query("fieldManager", "me");
    return send(validation.isEmpty() ? apply : apply.query("fieldValidation", validation));
  }

  /** Waits three seconds, then is told that there is no such version yet. */
  private HttpCall future() {
    return HttpCall.get(in("v1", "configmaps"))
        .query("resourceVersion", Long.toString(Long.MAX_VALUE));
  }

  private void define(String plural) {
    create(
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"PLURAL.$ns.example.com"},
         "spec":{"group":"$ns.example.com","scope":"Namespaced",
          "names":{"plural":"PLURAL","kind":"Thing"},
          "versions":[{"name":"v1","served":true,"storage":true,
           "schema":{"openAPIV3Schema":{"type":"object"}}}]}}"""
            .replace("PLURAL", plural));
    clusterWide.add(
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            plural + "." + namespace + ".example.com"));
    await(
        () ->
            Optional.of(send(HttpCall.get(in("$ns.example.com/v1", plural))))
                .filter(Response::isSuccess));
  }

  private Optional<Response> find(String configMap) {
    return Optional.of(
            cluster.send(new Request.Get(new ObjectKey("", "ConfigMap", namespace, configMap))))
        .filter(Response::isSuccess);
  }

  private String in(String version, String path) {
    String group = version.replace("$ns", namespace);
    return (group.equals("v1") ? "/api/v1" : "/apis/" + group)
        + "/namespaces/"
        + namespace
        + "/"
        + path;
  }

  private Response send(HttpCall call) {
    return wire.send(call, calls);
  }

  private void create(String json) {
    Response answer =
        cluster.send(new Request.Create(Manifest.parseJson(json.replace("$ns", namespace)), "it"));
    assertThat(answer.status()).as(answer.message()).isEqualTo(201);
    if (namespace.equals(answer.object().key().name())
        && answer.object().key().kind().equals("Namespace")) {
      clusterWide.add(answer.object().key());
    }
  }

  /** Waits until the server has forgotten its first version, which it does now and then. */
  private Response awaitForgetting() {
    HttpCall exact =
        HttpCall.get(in("v1", "configmaps"))
            .query("resourceVersion", "1")
            .query("resourceVersionMatch", "Exact");
    return await(
        FORGETTING,
        () -> Optional.of(send(exact)).filter(answer -> answer.status() == Refusals.GONE));
  }

  private static Response await(Supplier<Optional<Response>> wanted) {
    return await(TIMEOUT, wanted);
  }

  private static Response await(Duration timeout, Supplier<Optional<Response>> wanted) {
    long end = System.nanoTime() + timeout.toNanos();
    Optional<Response> found = wanted.get();
    while (found.isEmpty() && System.nanoTime() < end) {
      found = wanted.get();
    }
    return found.orElseThrow();
  }
}

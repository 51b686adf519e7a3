package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedClusterTest {
  private static final ObjectKey WEB = new ObjectKey("apps", "Deployment", "default", "web");

  private final SimulatedCluster cluster = SimulatedCluster.create();

  @Test
  void a_new_cluster_has_what_every_cluster_has() {
    assertThat(cluster.snapshot().objects())
        .extracting(object -> object.key().toString())
        .contains(
            "Namespace default",
            "Namespace kube-system",
            "ServiceAccount default/default",
            "ConfigMap default/kube-root-ca.crt",
            "Node node-1",
            "Node node-3");
    assertThat(cluster.requests()).isEmpty();
  }

  @Test
  void the_same_calls_give_the_same_cluster() {
    assertThat(history(1)).isEqualTo(history(1));
    assertThat(history(1)).isNotEqualTo(history(2));
  }

  @Test
  void sending_takes_no_time_and_controllers_act_only_while_time_passes() {
    Instant before = cluster.now();
    cluster.send(Request.Apply.of(Yaml.deployment("web", 2, "shop/web:1"), "me"));
    assertThat(cluster.now()).isEqualTo(before);
    assertThat(available()).isZero();
    cluster.settle();
    assertThat(available()).isEqualTo(2);
    assertThat(cluster.now()).isAfter(before);
  }

  @Test
  void advancing_ends_at_the_very_instant() {
    Instant end = cluster.now().plusSeconds(90);
    cluster.advance(Duration.ofSeconds(90));
    assertThat(cluster.now()).isEqualTo(end);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster.advance(Duration.ofSeconds(-1)))
        .withMessageStartingWith("time ");
  }

  @Test
  void waiting_ends_as_soon_as_the_condition_is_met() {
    cluster.pods().all().are(PodBehaviour.readyAfter(Duration.ofMinutes(2)));
    cluster.send(Request.Apply.of(Yaml.deployment("web", 1, "shop/web:1"), "me"));
    Instant before = cluster.now();
    assertThat(cluster.await(Duration.ofMinutes(1), () -> available() == 1)).isFalse();
    assertThat(cluster.await(Duration.ofMinutes(10), () -> available() == 1)).isTrue();
    assertThat(Duration.between(before, cluster.now()))
        .isBetween(Duration.ofSeconds(120), Duration.ofSeconds(121));
  }

  @Test
  void what_is_given_counts_as_no_request() {
    LiveObject given = cluster.given(Yaml.configMap("a", "key", "value"), "someone");
    assertThat(given.uid()).isNotEmpty();
    assertThat(cluster.requests()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> cluster.given(Yaml.configMap("a", "key", "x").inNamespace("nowhere"), "someone"))
        .withMessageContaining("namespaces \"nowhere\" not found");
  }

  @Test
  void versions_only_rise_and_the_history_has_no_gap() {
    List<Store.Change> changes = new ArrayList<>();
    cluster.trace(changes::add);
    cluster.given(Yaml.deployment("web", 3, "shop/web:1"), "me");
    cluster.settle();
    cluster.given(Yaml.deployment("web", 2, "shop/web:2"), "me");
    cluster.settle();
    assertThat(changes).hasSizeGreaterThan(20);
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i).revision()).isEqualTo(changes.get(i - 1).revision() + 1);
    }
  }

  @Test
  void requests_are_remembered_with_their_answers() {
    cluster.send(new Request.Get(WEB));
    cluster.send(Request.Apply.of(Yaml.configMap("a", "key", "value"), "me"));
    assertThat(cluster.requests()).extracting(SentRequest::status).containsExactly(404, 201);
    assertThat(cluster.writes()).hasSize(1);
    cluster.clearRequests();
    assertThat(cluster.requests()).isEmpty();
  }

  @Test
  void a_list_is_ordered_and_says_its_resource_version() {
    cluster.send(Request.Apply.of(Yaml.configMap("b", "key", "value"), "me"));
    cluster.send(Request.Apply.of(Yaml.configMap("a", "key", "value"), "me"));
    Response list =
        cluster.send(
            new Request.ListObjects(
                Kind.CONFIG_MAP, "default", java.util.Map.of(), java.util.Map.of()));
    assertThat(list.objects())
        .extracting(object -> object.key().name())
        .containsExactly("a", "b", "kube-root-ca.crt");
    assertThat(list.body().string("metadata", "resourceVersion")).isNotEmpty();
  }

  private long available() {
    return cluster
        .object(WEB)
        .map(web -> web.manifest().integer(0, "status", "availableReplicas"))
        .orElse(0L);
  }

  private static List<String> history(long seed) {
    SimulatedCluster cluster = SimulatedCluster.builder().seed(seed).build();
    cluster.send(Request.Apply.of(Yaml.deployment("web", 3, "shop/web:1"), "me"));
    cluster.settle();
    return cluster.snapshot().objects().stream().map(object -> object.manifest().toJson()).toList();
  }
}

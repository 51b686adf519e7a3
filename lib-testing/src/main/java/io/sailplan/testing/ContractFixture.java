package io.sailplan.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sailplan.model.ApiResources;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Cluster;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the sentences of the contract are written with. Every sentence has its own namespace. */
abstract class ContractFixture {
  /** Long enough for anything that should happen soon, on a slow machine, too. */
  static final Duration SOON = Duration.ofSeconds(90);

  private @Nullable ClusterUnderTest underTest;
  private String namespace = "";

  /** Returns the cluster that is checked, asked for once for each sentence. */
  abstract ClusterUnderTest underTest();

  /** Returns a name for a namespace that nobody has used. */
  abstract String freshName();

  @BeforeEach
  final void makeNamespace() {
    underTest = underTest();
    namespace = freshName();
    Response made =
        send(
            Request.Apply.of(
                Manifest.of(
                    Tree.of(
                        "apiVersion", "v1",
                        "kind", "Namespace",
                        "metadata", Tree.of("name", namespace))),
                "contract"));
    assertThat(made.status()).describedAs(made.message()).isEqualTo(201);
    awaitObject(key("ServiceAccount", "default"), account -> true);
    awaitObject(key("ConfigMap", "kube-root-ca.crt"), certificate -> true);
  }

  @AfterEach
  final void deleteNamespace() {
    send(
        new Request.Delete(
            new ObjectKey("", "Namespace", "", namespace), "", "", Propagation.BACKGROUND));
  }

  final Cluster cluster() {
    return present().cluster();
  }

  final boolean playsPods() {
    return present().playsPods();
  }

  private ClusterUnderTest present() {
    return requireNonNull(underTest, "underTest");
  }

  final String namespace() {
    return namespace;
  }

  final Response send(Request request) {
    return cluster().send(request);
  }

  /** Reads a manifest; {@code $ns} stands for the namespace of the sentence. */
  final Manifest manifest(String yaml) {
    return ManifestReader.standard()
        .read("sentence", yaml.replace("$ns", namespace))
        .orThrow()
        .get(0)
        .manifest();
  }

  final Response apply(String manager, String yaml) {
    return send(Request.Apply.of(manifest(yaml), manager));
  }

  final Response force(String manager, String yaml) {
    return send(Request.Apply.of(manifest(yaml), manager).forced());
  }

  final Response create(String yaml) {
    return send(new Request.Create(manifest(yaml), "creator"));
  }

  /** Applies, and insists that the server takes it. */
  final LiveObject applied(String manager, String yaml) {
    return accepted(apply(manager, yaml));
  }

  final LiveObject accepted(Response response) {
    assertThat(response.isSuccess())
        .describedAs("%s %s", response.status(), response.message())
        .isTrue();
    return response.object();
  }

  /** Insists on a refusal. */
  final Response refused(Response response, int status, String reason) {
    assertThat(response.status()).describedAs(response.message()).isEqualTo(status);
    assertThat(response.reason()).isEqualTo(reason);
    return response;
  }

  final Response delete(ObjectKey key, Propagation propagation) {
    return send(new Request.Delete(key, "", "", propagation));
  }

  final Response delete(ObjectKey key) {
    return delete(key, Propagation.BACKGROUND);
  }

  final Optional<LiveObject> find(ObjectKey key) {
    Response response = send(new Request.Get(key));
    return response.isSuccess() ? Optional.of(response.object()) : Optional.empty();
  }

  final LiveObject get(ObjectKey key) {
    return accepted(send(new Request.Get(key)));
  }

  final List<LiveObject> list(GroupKind kind, Map<String, String> labels) {
    return list(kind, labels, Map.of());
  }

  final List<LiveObject> list(
      GroupKind kind, Map<String, String> labels, Map<String, String> fields) {
    Response response = send(new Request.ListObjects(kind, namespace, labels, fields));
    assertThat(response.isSuccess()).describedAs(response.message()).isTrue();
    return response.objects();
  }

  final List<LiveObject> pods(String app) {
    return list(Kind.POD, Map.of("app", app));
  }

  /** Waits until the object exists and meets a condition. */
  final LiveObject awaitObject(ObjectKey key, Predicate<LiveObject> condition) {
    boolean met = present().await(SOON, () -> find(key).filter(condition).isPresent());
    Optional<LiveObject> last = find(key);
    if (!met) {
      fail(
          "%s did not become as expected; last seen: %s",
          key, last.map(object -> object.manifest().toJson()).orElse("not there"));
    }
    return last.orElseThrow();
  }

  final void awaitGone(ObjectKey key) {
    if (!present().await(SOON, () -> find(key).isEmpty())) {
      fail("%s is still there: %s", key, get(key).manifest().toJson());
    }
  }

  final void await(String what, java.util.function.BooleanSupplier condition) {
    assertThat(present().await(SOON, condition)).describedAs(what).isTrue();
  }

  /** Waits for a Warning about an object. */
  final String awaitWarning(String name, String reason) {
    await("a warning " + reason + " about " + name, () -> !warnings(name, reason).isEmpty());
    return warnings(name, reason).get(0).manifest().string("message");
  }

  private List<LiveObject> warnings(String name, String reason) {
    return list(
        Kind.EVENT,
        Map.of(),
        Map.of("involvedObject.name", name, "type", "Warning", "reason", reason));
  }

  /** Returns a key in the namespace of the sentence, for kinds that the contract uses. */
  final ObjectKey key(String kind, String name) {
    String group =
        switch (kind) {
          case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> "apps";
          case "Job", "CronJob" -> "batch";
          case "RoleBinding" -> "rbac.authorization.k8s.io";
          default -> "";
        };
    return new ObjectKey(group, kind, namespace, name);
  }

  static boolean hasCondition(LiveObject object, String type, String status) {
    return condition(object, type).filter(found -> found.status().equals(status)).isPresent();
  }

  /** A condition, as far as the contract looks at it. */
  record Condition(String status, String reason, String message) {}

  static Optional<Condition> condition(LiveObject object, String type) {
    return Tree.objects(object.manifest(), "status", "conditions").stream()
        .filter(condition -> type.equals(condition.get("type")))
        .map(
            condition ->
                new Condition(
                    Trees.string(condition.get("status")),
                    Trees.string(condition.get("reason")),
                    Trees.string(condition.get("message"))))
        .findFirst();
  }

  static Predicate<LiveObject> status(String field, long value) {
    return object -> object.manifest().integer(0, "status", field) == value;
  }

  /**
   * Returns who owns a field, as {@code manager:Apply}, with {@code /subresource} if it has one.
   */
  static List<String> owners(LiveObject object, String... path) {
    return ManagedFields.of(object.manifest()).ownersOf(FieldPath.of(path)).stream()
        .map(ContractFixture::text)
        .sorted()
        .toList();
  }

  private static String text(ManagedEntry entry) {
    return entry.manager()
        + ":"
        + entry.operation().text()
        + (entry.subresource().isEmpty() ? "" : "/" + entry.subresource());
  }

  /** Returns the kinds that the cluster serves, as observing tells. */
  final ApiResources served() {
    return ApiResources.of(
        cluster()
            .observe(
                io.sailplan.planning.ObservationScope.of(
                    io.sailplan.model.Application.of("contract", List.of())))
            .served()
            .orElseThrow());
  }

  /** Returns {@code text}, whose empty behaviour is replaced by another. */
  static String behaving(String text, String behaviour) {
    return text.replace("behaviour: \"\"", "behaviour: \"" + behaviour + "\"");
  }

  /** Waits until a quota is enforced. */
  final void awaitQuota(String name) {
    awaitObject(
        key("ResourceQuota", name), quota -> quota.manifest().get("status", "used") != null);
  }
}

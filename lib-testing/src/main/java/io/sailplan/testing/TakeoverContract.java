package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Objects that client-side apply has made, and how they are taken over. */
abstract class TakeoverContract extends RemovalContract {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /** Creates what {@code kubectl apply} does: an Update entry of all fields, and the annotation. */
  private LiveObject byClient(String text) {
    Manifest manifest = manifest(text);
    String last = Json.write(manifest.tree()) + "\n";
    Manifest annotated = manifest.with(last, "metadata", "annotations", LAST_APPLIED);
    return accepted(send(new Request.Create(annotated, "kubectl-client-side-apply")));
  }

  @Test
  void what_client_side_apply_owns_stays_when_a_new_manager_leaves_it_out() {
    byClient(SETTINGS.replace("blue", "blue, size: \"9\""));
    applied("me", SETTINGS.replace("blue", "blue, size: \"9\""));
    LiveObject less = applied("me", SETTINGS);
    assertThat(less.manifest().string("data", "size")).isEqualTo("9");
    assertThat(owners(less, "data", "size")).containsExactly("kubectl-client-side-apply:Update");
  }

  @Test
  void what_client_side_apply_owns_conflicts_with_another_value() {
    byClient(SETTINGS);
    refused(apply("me", SETTINGS.replace("blue", "red")), 409, "Conflict");
  }

  @Test
  void the_manager_kubectl_takes_what_it_applied_before_and_rewrites_the_annotation() {
    byClient(SETTINGS);
    LiveObject changed = applied("kubectl", SETTINGS.replace("blue", "red"));
    assertThat(changed.manifest().string("data", "colour")).isEqualTo("red");
    assertThat(changed.manifest().annotations().get(LAST_APPLIED)).contains("red");
  }

  @Test
  void renaming_the_entry_lets_the_next_apply_drop_what_is_not_declared_any_more() {
    LiveObject made = byClient(SETTINGS.replace("blue", "blue, size: \"9\""));
    List<@Nullable Object> entries = new ArrayList<>();
    for (Object entry : Trees.list(made.manifest().get("metadata", "managedFields"))) {
      Map<String, @Nullable Object> renamed = new LinkedHashMap<>(Trees.object(entry));
      renamed.put("manager", "me");
      renamed.put("operation", "Apply");
      entries.add(renamed);
    }
    List<PatchOperation> upgrade =
        List.of(
            PatchOperation.add("/metadata/managedFields", entries),
            PatchOperation.add("/metadata/resourceVersion", made.resourceVersion()));
    accepted(send(new Request.Patch(made.key(), upgrade, "upgrader", "")));
    refused(send(new Request.Patch(made.key(), upgrade, "upgrader", "")), 409, "Conflict");
    assertThat(managers(get(made.key()))).containsExactly("me:Apply");
    LiveObject next = applied("me", SETTINGS);
    assertThat(next.manifest().get("data", "size")).isNull();
    assertThat(next.manifest().annotations()).isEmpty();
  }

  /** Makes what others wrote the fields of an applier, as kubectl's upgrade to applying does. */
  private void upgrade(LiveObject made, String manager) {
    List<@Nullable Object> entries = new ArrayList<>();
    for (Object entry : Trees.list(get(made.key()).manifest().get("metadata", "managedFields"))) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>(Trees.object(entry));
      if ("creator".equals(kept.get("manager"))) {
        kept.put("manager", manager);
        kept.put("operation", "Apply");
      }
      entries.add(kept);
    }
    edited(made.key(), "upgrader", PatchOperation.add("/metadata/managedFields", entries));
  }

  @TestFactory
  Stream<DynamicTest> dropping_what_defaults_filled_in_changes_nothing_of_what_was_taken_over() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"Deployment", Texts.deployment("", "")},
          {"Service", Texts.service("type: NodePort, ports: [{port: 80}]")},
          {
            "Job",
            "{apiVersion: batch/v1, kind: Job, metadata: {name: $name, namespace: $ns}, spec:"
                + " {suspend: true, template: {metadata: {labels: {}}, spec: {restartPolicy: Never,"
                + " containers: [{name: c, image: i}]}}}}"
          },
          {
            "PersistentVolumeClaim",
            "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: $name, namespace: $ns},"
                + " spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources:"
                + " {requests: {storage: 1Gi}}}}"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            String text = row[1].replace("$name", name);
            LiveObject made = accepted(create(text));
            upgrade(made, "me");
            LiveObject next = applied("me", text);
            assertThat(next.generation()).isEqualTo(made.generation());
            assertThat(next.manifest().get("spec")).isEqualTo(made.manifest().get("spec"));
          });
    }
    return cases(cases);
  }

  @Test
  void dropping_what_a_limit_range_filled_in_loses_it_after_a_takeover() {
    applied(
        "me",
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: limits, namespace: $ns}
        spec:
          limits: [{type: Container, default: {cpu: "1"}, defaultRequest: {cpu: 100m}}]
        """);
    String pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: tool, namespace: $ns}, spec: {nodeSelector:"
            + " {no: where}, containers: [{name: c, image: i}]}}";
    Manifest plain = manifest(pod);
    await(
        "the limits are known",
        () -> {
          delete(plain.key());
          return find(plain.key()).isEmpty()
              && !value(
                      accepted(create(pod)).manifest(),
                      ".spec.containers[name=\"c\"].resources.limits")
                  .isEmpty();
        });
    upgrade(get(plain.key()), "me");
    Response answer = refused(apply("me", pod), 422, "Invalid");
    assertThat(answer.message()).contains("pod updates may not change fields other than");
  }
}

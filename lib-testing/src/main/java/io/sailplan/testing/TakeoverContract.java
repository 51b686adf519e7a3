package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

  @Test
  void dropping_what_defaults_filled_in_changes_a_taken_over_deployment_not_at_all() {
    String web =
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: $ns}, spec:"
            + " {replicas: 0, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a:"
            + " b}}, spec: {containers: [{name: c, image: i}]}}}}";
    LiveObject made = accepted(create(web));
    List<@Nullable Object> entries = new ArrayList<>();
    for (Object entry : Trees.list(made.manifest().get("metadata", "managedFields"))) {
      Map<String, @Nullable Object> renamed = new LinkedHashMap<>(Trees.object(entry));
      renamed.put("manager", "me");
      renamed.put("operation", "Apply");
      entries.add(renamed);
    }
    edited(made.key(), "upgrader", PatchOperation.add("/metadata/managedFields", entries));
    LiveObject next = applied("me", web);
    assertThat(next.generation()).isEqualTo(made.generation());
    assertThat(next.manifest().get("spec")).isEqualTo(made.manifest().get("spec"));
  }
}

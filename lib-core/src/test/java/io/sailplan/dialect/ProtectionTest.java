package io.sailplan.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.dialect.Protection.Effect;
import io.sailplan.dialect.Protection.Removal;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionTest {
  private static final Set<Dialect> ALL = EnumSet.allOf(Dialect.class);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "client.lifecycle.config.k8s.io/deletion | detach | DETACH | DETACH",
        "client.lifecycle.config.k8s.io/deletion | detatch | CONFIRM | CONFIRM",
        "cli-utils.sigs.k8s.io/on-remove | keep | KEEP | KEEP",
        "kapp.k14s.io/delete-strategy | orphan | DETACH | DETACH",
        "kapp.k14s.io/delete-strategy | '' | - | -",
        "kapp.k14s.io/exists | '' | KEEP | KEEP",
        "kapp.k14s.io/noop | '' | KEEP | KEEP",
        "argocd.argoproj.io/sync-options | Prune=false | KEEP | -",
        "argocd.argoproj.io/sync-options | Delete=false | - | KEEP",
        "argocd.argoproj.io/sync-options | Replace=true, Prune=confirm | CONFIRM | -",
        "argocd.argoproj.io/sync-options | Delete=confirm,Prune=true | - | CONFIRM",
        "argocd.argoproj.io/sync-options | Prune=no | CONFIRM | -",
        "helm.sh/resource-policy | keep | KEEP | KEEP",
        "helm.sh/resource-policy | ' Keep' | KEEP | KEEP",
        "helm.sh/resource-policy | delete | CONFIRM | CONFIRM",
        "kustomize.toolkit.fluxcd.io/prune | Disabled | KEEP | KEEP",
        "kustomize.toolkit.fluxcd.io/prune | disabled | KEEP | KEEP",
        "kustomize.toolkit.fluxcd.io/prune | Enabled | - | -",
        "kustomize.toolkit.fluxcd.io/reconcile | disabled | KEEP | KEEP",
        "werf.io/resource-policy | skip-update,skip-delete | KEEP | KEEP",
        "werf.io/resource-policy | skip-update | - | -",
        "example.com/keep | true | - | -"
      })
  void an_annotation_protects_from_pruning_and_from_deletion_as_its_tool_would(
      String key, String value, Effect whenPruned, Effect whenDeleted) {
    LiveObject object = object("annotations", Map.of(key, value));

    assertThat(effect(object, Removal.PRUNE)).isEqualTo(Optional.ofNullable(whenPruned));
    assertThat(effect(object, Removal.DELETE)).isEqualTo(Optional.ofNullable(whenDeleted));
  }

  @Test
  void flux_is_heard_in_labels_as_well() {
    LiveObject object = object("labels", Map.of("kustomize.toolkit.fluxcd.io/prune", "DISABLED"));

    assertThat(Protection.find(object, Removal.PRUNE, ALL))
        .hasToString(
            "Optional[the label kustomize.toolkit.fluxcd.io/prune is \"DISABLED\" (Flux)]");
  }

  @Test
  void nobody_else_is_heard_in_labels() {
    LiveObject object = object("labels", Map.of("helm.sh/resource-policy", "keep"));

    assertThat(Protection.find(object, Removal.PRUNE, ALL)).isEmpty();
  }

  @Test
  void what_keeps_more_prevails() {
    LiveObject object =
        object(
            "annotations",
            Map.of(
                "argocd.argoproj.io/sync-options", "Prune=confirm",
                "kapp.k14s.io/delete-strategy", "orphan",
                "helm.sh/resource-policy", "keep"));

    assertThat(Protection.find(object, Removal.PRUNE, ALL))
        .hasValueSatisfying(
            found -> {
              assertThat(found.key()).isEqualTo("helm.sh/resource-policy");
              assertThat(found.dialect()).isEqualTo(Dialect.HELM);
            });
  }

  @Test
  void tools_that_are_not_heeded_protect_nothing() {
    LiveObject object = object("annotations", Map.of("helm.sh/resource-policy", "keep"));

    assertThat(Protection.find(object, Removal.PRUNE, EnumSet.of(Dialect.FLUX))).isEmpty();
  }

  @Test
  void a_long_value_is_shown_in_part() {
    LiveObject object = object("annotations", Map.of("helm.sh/resource-policy", "x".repeat(500)));

    assertThat(Protection.find(object, Removal.PRUNE, ALL).orElseThrow().text())
        .hasSizeLessThan(130)
        .contains("xxx…");
  }

  private static Optional<Effect> effect(LiveObject object, Removal removal) {
    return Protection.find(object, removal, ALL).map(Protection::effect);
  }

  private static LiveObject object(String field, Map<String, String> entries) {
    return LiveObject.of(
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "settings", "namespace", "shop", field, entries))));
  }
}

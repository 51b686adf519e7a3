package io.sailplan.dialect;

import static io.sailplan.dialect.Spoken.labelled;
import static io.sailplan.dialect.Spoken.read;
import static io.sailplan.dialect.Spoken.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.dialect.Hook.Cleanup;
import io.sailplan.dialect.Hook.Event;
import io.sailplan.dialect.Treatment.Writing;
import io.sailplan.model.FieldPath;
import io.sailplan.model.ReadinessRule;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreatmentTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "client.lifecycle.config.k8s.io/mutation: ignore | CREATE_ONLY",
        "kapp.k14s.io/update-strategy: skip | CREATE_ONLY",
        "kapp.k14s.io/update-strategy: fallback-on-replace | NORMAL",
        "kapp.k14s.io/exists: x | EXPECTED",
        "kapp.k14s.io/noop: x | NEVER",
        "kustomize.toolkit.fluxcd.io/ssa: ifnotpresent | CREATE_ONLY",
        "kustomize.toolkit.fluxcd.io/ssa: Ignore | NEVER",
        "kustomize.toolkit.fluxcd.io/ssa: Merge | NORMAL",
        "kustomize.toolkit.fluxcd.io/reconcile: Disabled | NEVER",
        "werf.io/resource-policy: skip-update | CREATE_ONLY",
        "werf.io/resource-policy: skip-create, skip-delete | EXPECTED"
      })
  void an_annotation_says_whether_an_object_is_written(String annotation, Writing writing) {
    Conventions conventions = read(resource("ConfigMap/a", annotation));
    assertThat(conventions.treatment("ConfigMap/a").writing()).isEqualTo(writing);
    assertThat(conventions.problems()).isEmpty();
  }

  @Test
  void what_writes_less_prevails() {
    Treatment treatment =
        read(resource(
                "ConfigMap/a",
                "kapp.k14s.io/noop: x",
                "client.lifecycle.config.k8s.io/mutation: ignore"))
            .treatment("ConfigMap/a");
    assertThat(treatment.writing()).isEqualTo(Writing.NEVER);
    assertThat(treatment.text()).contains("kapp.k14s.io/noop");
  }

  @Test
  void flux_is_read_in_labels() {
    assertThat(
            read(labelled("ConfigMap/a", "kustomize.toolkit.fluxcd.io/ssa: IfNotPresent"))
                .treatment("ConfigMap/a")
                .text())
        .isEqualTo("the label kustomize.toolkit.fluxcd.io/ssa is \"IfNotPresent\" (Flux)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kapp.k14s.io/disable-wait: x",
        "pulumi.com/skipAwait: true",
        "argocd.argoproj.io/ignore-healthcheck: true"
      })
  void what_need_not_be_waited_for_is_ready_when_it_exists(String annotation) {
    assertThat(read(resource("Deployment/a", annotation)).members().resources().get(0).readiness())
        .isEqualTo(new ReadinessRule.Exists());
  }

  @Test
  void the_authors_own_rule_comes_before_that_of_an_annotation() {
    ReadinessRule own = new ReadinessRule.Condition("Fine", "True");
    assertThat(
            read(resource("Deployment/a", "pulumi.com/skipAwait: true").readyWhen(own))
                .members()
                .resources()
                .get(0)
                .readiness())
        .isEqualTo(own);
  }

  @Test
  void pulumi_says_what_is_waited_for_and_how_long() {
    Conventions conventions =
        read(
            resource(
                "Deployment/a",
                "pulumi.com/waitFor: condition=Fine",
                "pulumi.com/timeoutSeconds: 90"),
            resource("Deployment/b", "pulumi.com/waitFor: jsonpath={.status.phase}=Running"),
            resource("Deployment/c", "pulumi.com/waitFor: [\"condition=A\", \"condition=B\"]"));
    assertThat(conventions.members().resources().get(0).readiness())
        .isEqualTo(new ReadinessRule.Condition("Fine", "True"));
    assertThat(conventions.members().resources().get(1).readiness())
        .isEqualTo(new ReadinessRule.FieldEquals(FieldPath.of("status", "phase"), "Running"));
    assertThat(conventions.treatment("Deployment/a").readyWithin())
        .contains(Duration.ofSeconds(90));
    assertThat(conventions.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.NOT_CARRIED_OVER);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "client.lifecycle.config.k8s.io/mutation: never",
        "config.kubernetes.io/apply-time-mutation: []",
        "kapp.k14s.io/update-strategy: replace",
        "kapp.k14s.io/create-strategy: force",
        "kapp.k14s.io/delete-strategy: keep",
        "kustomize.toolkit.fluxcd.io/ssa: sometimes",
        "kustomize.toolkit.fluxcd.io/reconcile: no",
        "kustomize.toolkit.fluxcd.io/force: please",
        "argocd.argoproj.io/sync-options: Prun=false",
        "argocd.argoproj.io/sync-options: Prune=perhaps",
        "argocd.argoproj.io/sync-options: Prune",
        "argocd.argoproj.io/hook: BeforeSync",
        "helm.sh/hook: pre-instal",
        "werf.io/resource-policy: skip-everything",
        "werf.io/deploy-dependency-x: kind:Job",
        "pulumi.com/timeoutSeconds: 1m",
        "pulumi.com/skipAwait: yes"
      })
  void what_cannot_be_understood_is_an_error_that_says_what_was_expected(String annotation) {
    assertThat(read(resource("ConfigMap/a", annotation)).problems())
        .filteredOn(Problem::isError)
        .singleElement()
        .satisfies(problem -> assertThat(problem.hint()).isNotEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "argocd.argoproj.io/sync-options: Replace=true",
        "argocd.argoproj.io/sync-options: Validate=false",
        "argocd.argoproj.io/sync-options: CreateNamespace=true",
        "argocd.argoproj.io/sync-options: PrunePropagationPolicy=orphan",
        "kapp.k14s.io/update-strategy: always-replace"
      })
  void what_is_not_carried_over_is_a_warning_that_says_what_happens_instead(String annotation) {
    assertThat(read(resource("ConfigMap/a", annotation)).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.NOT_CARRIED_OVER);
              assertThat(problem.isError()).isFalse();
              assertThat(problem.hint()).isNotEmpty();
            });
  }

  @Test
  void a_key_that_is_nearly_one_is_a_warning() {
    assertThat(read(resource("ConfigMap/a", "argocd.argoproj.io/sync-wawe: 1")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_ANNOTATION);
              assertThat(problem.hint()).contains("sync-wave");
            });
  }

  @Test
  void what_is_no_object_of_the_cluster_is_left_out() {
    Conventions conventions =
        read(
            resource("ConfigMap/a", "config.kubernetes.io/local-config: true"),
            labelled("ConfigMap/b", "cli-utils.sigs.k8s.io/inventory-id: x"),
            resource("ConfigMap/c", "argocd.argoproj.io/hook: Skip"),
            resource("ConfigMap/d", "helm.sh/hook: test"),
            resource("ConfigMap/e", "helm.sh/hook: pre-rollback"),
            resource("ConfigMap/f", "helm.sh/hook: crd-install"));
    assertThat(conventions.leftOut().keySet())
        .containsExactly("ConfigMap/a", "ConfigMap/b", "ConfigMap/c", "ConfigMap/d", "ConfigMap/e");
    assertThat(conventions.members().resources()).hasSize(1);
  }

  @Test
  void a_hook_of_helm_has_moments_a_weight_and_a_policy() {
    Hook hook =
        read(resource(
                "Job/a",
                "helm.sh/hook: post-install, Post-Upgrade",
                "helm.sh/hook-weight: -5",
                "helm.sh/hook-delete-policy: hook-succeeded,hook-failed"))
            .hooks()
            .get(0);
    assertThat(hook.events()).containsExactly(Event.POST_INSTALL, Event.POST_UPGRADE);
    assertThat(hook.weight()).isEqualTo(-5);
    assertThat(hook.cleanups()).containsExactly(Cleanup.SUCCEEDED, Cleanup.FAILED);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "PreSync, 'PRE_INSTALL,PRE_UPGRADE'",
    "Sync, SYNC",
    "PostSync, 'POST_INSTALL,POST_UPGRADE'",
    "SyncFail, FAILURE",
    "PreDelete, PRE_DELETE",
    "PostDelete, POST_DELETE"
  })
  void a_hook_of_argo_has_moments(String value, String events) {
    Hook hook = read(resource("Job/a", "argocd.argoproj.io/hook: " + value)).hooks().get(0);
    assertThat(String.join(",", hook.events().stream().map(Event::name).toList()))
        .isEqualTo(events);
    assertThat(hook.cleanups()).containsExactly(Cleanup.BEFORE_CREATION);
  }

  @Test
  void where_two_tools_make_an_object_a_hook_that_of_argo_counts_and_the_author_is_told() {
    Conventions conventions =
        read(
            resource(
                "Job/a",
                "argocd.argoproj.io/hook: PostSync",
                "helm.sh/hook: pre-install",
                "helm.sh/hook-weight: 3"));
    assertThat(conventions.hooks().get(0).dialect()).isEqualTo(Dialect.ARGO);
    assertThat(conventions.hooks().get(0).weight()).isEqualTo(3);
    assertThat(conventions.problems())
        .extracting(Problem::code)
        .containsExactly(ProblemCode.CONTRADICTION);
  }

  @Test
  void a_tool_that_is_not_heeded_is_not_heard() {
    Conventions conventions =
        Conventions.ofDeployment(
            Spoken.app(resource("Job/a", "helm.sh/hook: test", "argocd.argoproj.io/hook: Sync")),
            Spoken.KINDS,
            EnumSet.of(Dialect.HELM));
    assertThat(conventions.hooks()).isEmpty();
    assertThat(conventions.leftOut()).containsKey("Job/a");
  }
}

package io.sailplan.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every mixture of annotations. A seed is part of every failure's text. */
class DialectPropertiesTest {
  private static final int SEEDS = Integer.getInteger("sailplan.seeds", 100);

  private static final List<String> ANNOTATIONS =
      List.of(
          "argocd.argoproj.io/sync-wave: \"-1\"",
          "argocd.argoproj.io/sync-wave: \"2\"",
          "argocd.argoproj.io/hook: PreSync",
          "argocd.argoproj.io/hook: Sync",
          "argocd.argoproj.io/hook: PostSync",
          "argocd.argoproj.io/hook: SyncFail",
          "argocd.argoproj.io/hook-delete-policy: HookSucceeded,HookFailed",
          "helm.sh/hook: pre-install,post-install",
          "helm.sh/hook: post-upgrade",
          "helm.sh/hook-weight: \"3\"",
          "kapp.k14s.io/change-group: g",
          "kapp.k14s.io/change-rule: upsert after upserting g",
          "kapp.k14s.io/change-rule.x: upsert before upserting change-groups.kapp.k14s.io/pod-related",
          "kapp.k14s.io/noop: \"\"",
          "kapp.k14s.io/versioned: \"\"",
          "config.kubernetes.io/depends-on: /namespaces/default/ConfigMap/c0",
          "client.lifecycle.config.k8s.io/mutation: ignore",
          "kustomize.toolkit.fluxcd.io/ssa: IfNotPresent",
          "werf.io/weight: \"1\"",
          "werf.io/deploy-dependency-a: state=ready,kind=ConfigMap,name=c1",
          "pulumi.com/skipAwait: \"true\"");

  @Test
  void the_order_of_documents_does_not_matter() {
    int plans = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<String> documents = documents(random);
      PlanResult first = plan(documents);
      Collections.shuffle(documents, random);
      PlanResult second = plan(documents);
      assertThat(texts(second)).as("seed " + seed).isEqualTo(texts(first));
      plans += first.plan().isPresent() ? 1 : 0;
    }
    assertThat(plans).as("plans without errors").isGreaterThan(SEEDS / 2);
  }

  @Test
  void what_runs_before_is_before_and_what_runs_after_is_after() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Plan plan = plan(documents(new Random(seed))).plan().orElse(null);
      if (plan == null || plan.step("begin hooks").isEmpty()) {
        continue;
      }
      Map<String, Set<String>> before = closure(plan);
      for (Step step : plan.steps()) {
        if (step instanceof Step.Create create && !create.reason().startsWith("it is a hook")) {
          for (Step other : plan.steps()) {
            if (other.reason().contains("PreSync")
                && other instanceof Step.Create
                && !step.target().equals(parent(plan))) {
              assertThat(before.get(step.id()))
                  .as("seed %d: %s before %s", seed, other.id(), step.id())
                  .contains(other.id());
            }
            if (other.reason().contains("\"PostSync\"") && other instanceof Step.Create) {
              assertThat(before.get(other.id()))
                  .as("seed %d: %s after %s", seed, other.id(), step.id())
                  .contains(step.id());
            }
          }
        }
      }
    }
  }

  private static Target parent(Plan plan) {
    return plan.step("begin hooks").orElseThrow().target();
  }

  private static Map<String, Set<String>> closure(Plan plan) {
    Map<String, Set<String>> before = new HashMap<>();
    for (Step step : plan.steps()) { // in an order in which they could run
      Set<String> all = new LinkedHashSet<>(step.after());
      step.after().forEach(id -> all.addAll(before.get(id)));
      before.put(step.id(), all);
    }
    return before;
  }

  private static List<String> texts(PlanResult result) {
    List<String> texts = new ArrayList<>();
    result.plan().ifPresent(plan -> texts.add(plan.toJson()));
    result.plan().ifPresent(plan -> texts.add(plan.render()));
    result.problems().forEach(problem -> texts.add(problem.at(null).toString()));
    return texts;
  }

  private static PlanResult plan(List<String> documents) {
    return Planner.standard()
        .plan(
            PlanRequest.deploy(
                Application.read("shop", String.join("---\n", documents)), Snapshot.empty()));
  }

  private static List<String> documents(Random random) {
    List<String> documents = new ArrayList<>();
    int count = 3 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Set<String> annotations = new LinkedHashSet<>();
      for (int j = random.nextInt(4); j > 0 && i > 1; j--) {
        String annotation = ANNOTATIONS.get(random.nextInt(ANNOTATIONS.size()));
        String key = annotation.substring(0, annotation.indexOf(": "));
        annotations.removeIf(other -> other.startsWith(key + ": "));
        annotations.add(annotation);
      }
      String metadata = "  name: c" + i + "\n";
      if (!annotations.isEmpty()) {
        metadata += "  annotations:\n    " + String.join("\n    ", annotations) + "\n";
      }
      documents.add("apiVersion: v1\nkind: ConfigMap\nmetadata:\n" + metadata);
    }
    return documents;
  }
}

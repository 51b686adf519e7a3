package io.sailplan.testing;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What sentences about plans are written with. The application lives in their namespace. */
abstract class PlanningContract extends FixedFieldContract {
  static final String MANAGER = "sailplan/$ns/app";
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  final Application application(String yaml) {
    return ApplicationReader.named("app")
        .inNamespace(namespace())
        .add("sentence", yaml.replace("$ns", namespace()))
        .read()
        .orThrow();
  }

  /** Looks, and plans. */
  final PlanResult planned(String yaml, Policy policy) {
    Application application = application(yaml);
    Snapshot seen =
        cluster().observe(ObservationScope.of(new Operation.Deploy(application), policy));
    return Planner.standard().plan(PlanRequest.deploy(application, seen).by(policy).at(NOW));
  }

  final Plan plan(String yaml, Policy policy) {
    return planned(yaml, policy).orThrow();
  }

  final Outcome run(Plan plan) {
    return cluster().run(plan, progress -> {});
  }

  /** Plans, carries the plan out, and insists that all went well. */
  final void deploy(String yaml, Policy policy) {
    SailplanAssertions.assertThat(run(plan(yaml, policy))).isSuccess();
  }

  /** Returns what the refusals say, with their codes. */
  static List<String> texts(PlanResult result) {
    return result.refusals().stream()
        .map((Refusal refusal) -> refusal.code() + " " + refusal.message())
        .toList();
  }

  final Optional<LiveObject> live(String kind, String name) {
    return find(key(kind, name));
  }

  /** Returns the field manager of the application. */
  final String ours() {
    return MANAGER.replace("$ns", namespace()) + ":Apply";
  }
}

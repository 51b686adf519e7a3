package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Resource;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Two applications that declare the same, and both adopt all, do not fight. */
abstract class TurnsContract extends AnswerContract {
  private static final FieldPath MEMBERSHIP =
      FieldPath.of("metadata", "labels", Membership.PART_OF);

  /** Forms whose objects come to rest without anything else; the others wait for their target. */
  private static final List<String> NEVER_READY = List.of("HPA metrics", "Ingress paths");

  @TestFactory
  Stream<DynamicTest> two_applications_with_the_same_manifests_share_all_but_the_membership() {
    Policy policy = Policy.standard().adopting(Adoption.ALL);
    return cases(
        new Cases()
            .add("adopting all", name -> takeTurns("a", policy))
            .add("adopting all by force", name -> takeTurns("b", policy.forcing())));
  }

  private void takeTurns(String prefix, Policy policy) {
    Application one = application(prefix + "-one", prefix);
    Application two = application(prefix + "-two", prefix);
    run(plan(one, policy).orThrow());
    for (Application next : List.of(two, one, two, one)) {
      PlanResult result = plan(next, policy);
      if (result instanceof PlanResult.Planned planned) {
        Plan plan = planned.orThrow();
        assertThat(taken(plan, next)).isSubsetOf(MEMBERSHIP);
        run(plan);
      } else {
        assertThat(result.refusals()).allMatch(TurnsContract::isOfMembership);
      }
    }
    for (Resource resource : one.resources()) {
      LiveObject shared = get(resource.manifest().key());
      List<String> first = declared(shared, one);
      List<String> second = declared(shared, two);
      boolean joined = policy.forceConflicts() || !second.isEmpty();
      assertThat(joined ? second : first).isEqualTo(first);
    }
  }

  private Application application(String name, String prefix) {
    List<String> texts = new ArrayList<>();
    for (WrittenForm form : WrittenForm.all()) {
      if (!NEVER_READY.contains(form.name())) {
        texts.add(form.text().replace("$name", prefix + "-" + texts.size()));
      }
    }
    return ApplicationReader.named(name)
        .inNamespace(namespace())
        .add("forms.yaml", String.join("\n---\n", texts).replace("$ns", namespace()))
        .read()
        .orThrow();
  }

  private PlanResult plan(Application application, Policy policy) {
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster().observe(ObservationScope.of(deploy, policy)))
                .by(policy));
  }

  private void run(Plan plan) {
    Outcome outcome = cluster().run(plan, progress -> {});
    assertThat(outcome.isSuccess()).as(outcome.render()).isTrue();
  }

  /** Returns the fields of declared objects that a plan changes. */
  private static List<FieldPath> taken(Plan plan, Application application) {
    List<FieldPath> changed = new ArrayList<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Apply update
          && application.resource(update.target().resource()).isPresent()) {
        update.changes().stream().map(FieldChange::path).forEach(changed::add);
      }
    }
    return changed;
  }

  private static boolean isOfMembership(Refusal refusal) {
    return refusal.code() == Refusal.Code.FOREIGN_OBJECT
        || (refusal.code() == Refusal.Code.FIELD_CONFLICT
            && refusal.message().contains(MEMBERSHIP.toString()));
  }

  private static List<String> declared(LiveObject object, Application application) {
    List<String> owned = new ArrayList<>(owned(object, Membership.of(application).fieldManager()));
    owned.remove(MEMBERSHIP.toString());
    return owned;
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.LiveObject;
import io.sailplan.plan.Refusal;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An object of one application becomes that of another one. */
abstract class AdoptingContract extends InheritingContract {
  private static final Policy ALL = Policy.standard().adopting(Adoption.ALL);

  private PlanResult planned(String name, String data, Policy policy) {
    Application application =
        ApplicationReader.named(name)
            .inNamespace(namespace())
            .add(
                "settings.yaml",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: " + data + "}")
            .read()
            .orThrow();
    Operation deploy = new Operation.Deploy(application);
    return Planner.standard()
        .plan(
            PlanRequest.of(deploy, cluster().observe(ObservationScope.of(deploy, policy)))
                .by(policy)
                .at(NOW));
  }

  private LiveObject deployed(String name, String data) {
    SailplanAssertions.assertThat(run(planned(name, data, ALL).orThrow())).isSuccess();
    SailplanAssertions.assertThat(planned(name, data, ALL)).isPlan().isEmpty();
    return live("ConfigMap", "settings").orElseThrow();
  }

  private String manager(String name) {
    return new Membership(namespace(), name).fieldManager();
  }

  private void isToldThatItWasTaken(String name, String data, String by) {
    PlanResult result = planned(name, data, ALL);
    SailplanAssertions.assertThat(result)
        .isRefused(Refusal.Code.FOREIGN_OBJECT, "ConfigMap/settings")
        .offers("undeclare");
    assertThat(texts(result).get(0))
        .contains("was taken over by the application " + namespace() + "/" + by);
  }

  @Test
  void what_only_the_other_application_declared_goes_when_its_object_is_adopted() {
    deployed("one", "{colour: blue, stale: gone}");
    LiveObject taken = deployed("two", "{colour: blue, fresh: new}");
    assertThat(taken.manifest().get("data")).isEqualTo(Map.of("colour", "blue", "fresh", "new"));
    assertThat(owned(taken, manager("one"))).containsExactly(".data.colour");
    assertThat(owned(taken, manager("two"))).contains(".data.colour", ".data.fresh");
    isToldThatItWasTaken("one", "{colour: blue, stale: gone}", "two");
  }

  @Test
  void what_both_declared_goes_when_the_one_that_has_it_now_leaves_it_out() {
    deployed("one", "{colour: blue, size: big}");
    deployed("two", "{colour: blue, size: big}");
    LiveObject less = deployed("two", "{colour: blue}");
    assertThat(less.manifest().get("data")).isEqualTo(Map.of("colour", "blue"));
    isToldThatItWasTaken("one", "{colour: blue, size: big}", "two");
  }

  @Test
  void who_has_declared_nothing_in_common_keeps_it_and_is_still_told() {
    deployed("one", "{old: thing}");
    LiveObject taken = deployed("two", "{fresh: new}");
    assertThat(taken.manifest().get("data")).isEqualTo(Map.of("old", "thing", "fresh", "new"));
    isToldThatItWasTaken("one", "{old: thing}", "two");
  }

  @Test
  void who_takes_over_nothing_leaves_what_the_other_application_declared() {
    deployed("one", "{colour: blue, stale: gone}");
    Policy nothing = ALL.takingOverNothing();
    SailplanAssertions.assertThat(run(planned("two", "{colour: blue}", nothing).orThrow()))
        .isSuccess();
    LiveObject taken = live("ConfigMap", "settings").orElseThrow();
    assertThat(taken.manifest().get("data")).isEqualTo(Map.of("colour", "blue", "stale", "gone"));
  }
}

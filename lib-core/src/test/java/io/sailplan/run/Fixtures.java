package io.sailplan.run;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ReadinessRule;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Propagation;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import java.time.Duration;
import java.util.List;

/** Steps and objects for tests of the run. */
final class Fixtures {
  static final Membership SHOP = new Membership("shop", "shop");
  static final String MANAGER = SHOP.fieldManager();
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private Fixtures() {}

  static Plan plan(Step... steps) {
    return Plan.of(new Operation.Delete(SHOP, null), List.of(steps), List.of());
  }

  static Manifest json(String text) {
    return Manifest.parseJson(text.replace('\'', '"'));
  }

  static Manifest config(String name, String value) {
    return json(
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'"
            + name
            + "','namespace':'shop'},'data':{'a':'"
            + value
            + "'}}");
  }

  static Target target(Manifest manifest) {
    return new Target(
        manifest.kind() + "/" + manifest.name(),
        manifest.groupVersionKind(),
        manifest.namespace(),
        manifest.name());
  }

  static Step.Create create(Manifest manifest, String... after) {
    return new Step.Create(
        "create " + target(manifest).resource(),
        target(manifest),
        "it is new",
        List.of(after),
        DEADLINE,
        new Payload.Literal(manifest),
        List.of());
  }

  static Step.Apply apply(Manifest manifest, LiveObject seen, String... after) {
    return apply(manifest, seen, List.of(), after);
  }

  static Step.Apply apply(
      Manifest manifest, LiveObject seen, List<FieldChange> changes, String... after) {
    return new Step.Apply(
        "apply " + target(manifest).resource(),
        target(manifest),
        "it differs",
        List.of(after),
        DEADLINE,
        new Payload.Literal(manifest),
        changes,
        new Precondition.Unchanged(
            seen.uid(), seen.resourceVersion(), Fingerprint.of(seen, manifest, MANAGER)),
        false);
  }

  static Step.Patch patch(
      Manifest manifest, String uid, List<PatchOperation> operations, String... after) {
    return new Step.Patch(
        "patch " + target(manifest).resource(),
        target(manifest),
        "it differs",
        List.of(after),
        DEADLINE,
        operations,
        new Precondition.SameObject(uid),
        List.of());
  }

  static Step.Delete delete(Manifest manifest, String uid, String... after) {
    return new Step.Delete(
        "delete " + target(manifest).resource(),
        target(manifest),
        "it is not declared any more",
        List.of(after),
        DEADLINE,
        new Precondition.SameObject(uid),
        Propagation.BACKGROUND);
  }

  static Step.AwaitReady ready(Manifest manifest, String... after) {
    return new Step.AwaitReady(
        "await " + target(manifest).resource(),
        target(manifest),
        "others need it",
        List.of(after),
        DEADLINE,
        new ReadinessRule.FieldEquals(io.sailplan.model.FieldPath.of("status", "phase"), "Ready"),
        Duration.ofSeconds(10),
        false,
        "");
  }

  static Step.Gate gate(String id, Step.Gate.Opens opens, String... after) {
    return new Step.Gate(id, target(config("shop", "")), id, List.of(after), opens);
  }

  static Step.AwaitGone gone(Manifest manifest, String uid, String... after) {
    return new Step.AwaitGone(
        "await no " + target(manifest).resource(),
        target(manifest),
        "its name is needed",
        List.of(after),
        DEADLINE,
        uid);
  }
}

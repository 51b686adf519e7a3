package io.sailplan.plan;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A plan with a step of each kind. */
public final class SamplePlan {
  static final Certainty ASSUMED = new Certainty.Assumed("the server was not asked");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private SamplePlan() {}

  static Target target(String kind, String name) {
    String apiVersion =
        List.of("Deployment", "StatefulSet").contains(kind)
            ? "apps/v1"
            : kind.equals("Job") ? "batch/v1" : "v1";
    return new Target(kind + "/" + name, GroupVersionKind.of(apiVersion, kind), "shop", name);
  }

  static Step.Unchanged unchanged(String kind, String name, String... after) {
    return new Step.Unchanged(
        "keep " + kind + "/" + name, target(kind, name), "it is as declared", List.of(after), true);
  }

  /** Returns the plan. */
  public static Plan plan() {
    Payload payload =
        new Payload.Literal(Manifest.parseJson("{\"apiVersion\":\"v1\",\"kind\":\"Secret\"}"));
    FieldPath image =
        FieldPath.of("spec", "template", "spec", "containers")
            .child(new PathElement.Key(Map.of("name", "web")))
            .child("image");
    List<Step> steps =
        List.of(
            new Step.Create(
                "create Secret/db",
                target("Secret", "db"),
                "it does not exist",
                List.of(),
                MINUTE,
                payload,
                List.of(
                    new FieldChange(
                        FieldPath.of("data", "password"), null, "aHVudGVyMg==", ASSUMED, true))),
            new Step.Create(
                "create Deployment/api",
                target("Deployment", "api"),
                "it does not exist",
                List.of("create Secret/db"),
                MINUTE,
                payload,
                List.of(
                    new FieldChange(FieldPath.of("spec", "replicas"), null, 2L, ASSUMED, false),
                    new FieldChange(image, null, "api:1", ASSUMED, false))),
            new Step.AwaitReady(
                "await Deployment/api",
                target("Deployment", "api"),
                "what depends on it, and the caller, need it ready",
                List.of("create Deployment/api"),
                Duration.ofMinutes(5),
                null,
                Duration.ofSeconds(5),
                false,
                ""),
            new Step.Apply(
                "apply Deployment/web",
                target("Deployment", "web"),
                "it differs from what is declared",
                List.of("await Deployment/api"),
                MINUTE,
                payload,
                List.of(
                    new FieldChange(image, "web:1", "web:2", new Certainty.Proven(), false),
                    new FieldChange(FieldPath.of("spec", "paused"), true, null, ASSUMED, false),
                    new FieldChange(
                        FieldPath.of("spec", "minReadySeconds"),
                        null,
                        5L,
                        new Certainty.Deferred("await Deployment/api"),
                        false),
                    new FieldChange(
                        FieldPath.of("metadata", "annotations", "notes"),
                        "first\nsecond\nthird\nfourth\nfifth\nsixth\n",
                        "first\nsecond\nthird\n4th\nfifth\nsixth\nseventh\n",
                        new Certainty.Assumed("a webhook may change annotations"),
                        false),
                    new FieldChange(
                        FieldPath.of("metadata", "annotations", "routes"),
                        "/".repeat(90) + "north" + ".".repeat(90),
                        "/".repeat(90) + "south" + ".".repeat(90),
                        new Certainty.Confirmed(),
                        false)),
                new Precondition.Unchanged("u-1", "42", "f00"),
                true),
            new Step.Apply(
                "apply Secret/token",
                target("Secret", "token"),
                "it differs from what is declared",
                List.of(),
                MINUTE,
                payload,
                List.of(
                    new FieldChange(FieldPath.of("data", "token"), "b2xk", "bmV3", ASSUMED, true)),
                new Precondition.Unchanged("u-2", "43", "f01"),
                false),
            new Step.Patch(
                "record Job/migrate",
                target("ConfigMap", "sailplan-shop"),
                "it removes itself, so its success is remembered here: it is not run again",
                List.of("apply Deployment/web"),
                MINUTE,
                List.of(PatchOperation.add("/data/done", "d1")),
                new Precondition.SameObject(""),
                List.of(new FieldChange(FieldPath.of("data", "done"), null, "d1", ASSUMED, false))),
            new Step.Delete(
                "delete StatefulSet/old",
                target("StatefulSet", "old"),
                "it belongs to the application",
                List.of(),
                MINUTE,
                new Precondition.SameObject("u-3"),
                Propagation.FOREGROUND),
            new Step.AwaitGone(
                "gone StatefulSet/old",
                target("StatefulSet", "old"),
                "what it needs can only go after it",
                List.of("delete StatefulSet/old"),
                Duration.ofMinutes(5),
                "u-3"),
            new Step.Gate(
                "wave 0",
                target("ConfigMap", "sailplan-shop"),
                "wave 1 starts when all of wave 0 is ready",
                List.of("await Deployment/api"),
                Step.Gate.Opens.ALL_SUCCEEDED),
            unchanged("ConfigMap", "settings"));
    return Plan.of(
        new Operation.Delete(new Membership("shop", "shop"), null),
        steps,
        List.of(
            Problem.warning(
                    ProblemCode.DANGLING_REFERENCE,
                    "Deployment/api refers to Secret shop/tls, which does not exist")
                .hint("Add it to the application.")));
  }
}

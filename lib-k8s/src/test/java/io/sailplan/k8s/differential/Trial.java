package io.sailplan.k8s.differential;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.Canonical;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Step;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.planning.Planning;
import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plans for one object as it is, does what the plan says, and looks whether it was right. */
final class Trial {
  private static final int MOST_COLLISIONS = 20;

  private final Server server;
  private final Snapshot facts;
  private final KindShape shape;
  private final Application application;
  private final Manifest desired;
  private final Policy policy;
  private final Membership membership;
  private final Outcome outcome;

  Trial(
      Server server,
      Snapshot facts,
      KindShape shape,
      Membership membership,
      Manifest desired,
      Random random,
      Outcome outcome) {
    this.server = server;
    this.facts = facts;
    this.shape = shape;
    this.membership = membership;
    this.desired = desired;
    this.application =
        Application.of(membership.name(), membership.namespace(), List.of(Resource.of(desired)));
    // Takeover is a step of its own, which comes before the apply that is compared here.
    Policy adopting = Policy.standard().adopting(Adoption.ALL).takingOverNothing();
    this.policy = random.nextInt(4) == 0 ? adopting.forcing() : adopting;
    this.outcome = outcome;
  }

  /** Tries until no controller writes in between. */
  void run() {
    for (int i = 0; i < MOST_COLLISIONS; i++) {
      Manifest live = server.find(shape, desired).orElse(null);
      if (once(live)) {
        return;
      }
    }
    outcome.ending = "never at rest";
  }

  private boolean once(@Nullable Manifest live) {
    Snapshot.Builder seen =
        facts.toBuilder()
            .looked(new Look.AtObject(membership.parent()), List.of())
            .looked(
                new Look.AtObject(desired.key()),
                live == null ? List.of() : List.of(LiveObject.of(live)));
    PlanResult result =
        Planning.plan(PlanRequest.deploy(application, seen.build()).by(policy).at(Instant.now()));
    Judgement judgement = new Judgement(outcome, shape, desired, live);
    Optional<Plan> plan = result.plan();
    if (plan.isEmpty()) {
      Response answer = ask(live, false);
      if (collided(answer)) {
        return false;
      }
      if (isConflict(answer) && hasMoved(live)) {
        return false;
      }
      judgement.refused(result, result.refusals(), answer);
      return true;
    }
    return planned(plan.get(), live, judgement);
  }

  private boolean planned(Plan plan, @Nullable Manifest live, Judgement judgement) {
    for (Step step : plan.steps()) {
      if (!step.target().key().equals(desired.key())) {
        continue;
      }
      if (step instanceof Step.Create create) {
        Manifest sent = literal(create.payload());
        return done(
            create.changes(),
            sent.with(Request.Apply.CREATE_ONLY, "metadata", "resourceVersion"),
            policy.forceConflicts(),
            live,
            judgement);
      }
      if (step instanceof Step.Apply apply
          && apply.precondition() instanceof Precondition.Unchanged seen) {
        Manifest sent =
            literal(apply.payload())
                .with(seen.uid(), "metadata", "uid")
                .with(seen.resourceVersion(), "metadata", "resourceVersion");
        return done(apply.changes(), sent, apply.force(), live, judgement);
      }
      if (!(step instanceof Step.Unchanged) && !(step instanceof Step.AwaitReady)) {
        outcome.ending = "planned " + step.kind();
        return true;
      }
    }
    Response answer = ask(live, true);
    if (collided(answer) || (isConflict(answer) && hasMoved(live))) {
      return false;
    }
    judgement.unchanged(answer);
    return true;
  }

  private boolean done(
      List<FieldChange> changes,
      Manifest sent,
      boolean force,
      @Nullable Manifest live,
      Judgement judgement) {
    Response answer =
        server.send(new Request.Apply(sent, membership.fieldManager(), force, "", false));
    if (collided(answer) || (isConflict(answer) && hasMoved(live))) {
      return false;
    }
    judgement.changed(changes, sent, force, membership.fieldManager(), answer);
    return true;
  }

  /** Sends what a plan would send that came to no step. */
  private Response ask(@Nullable Manifest live, boolean really) {
    Manifest sent = Canonical.canonical(membership.mark(desired), shape);
    if (live != null) {
      sent =
          sent.with(live.get("metadata", "uid"), "metadata", "uid")
              .with(live.get("metadata", "resourceVersion"), "metadata", "resourceVersion");
    }
    String manager = membership.fieldManager();
    boolean force = policy.forceConflicts();
    return really
        ? server.apply(shape, sent, manager, force)
        : server.dryRun(shape, sent, manager, force);
  }

  private static boolean isConflict(Response answer) {
    return answer.status() == 409 && !answer.causes().isEmpty();
  }

  /** Conflicts of fields are found before the resourceVersion is looked at. */
  private boolean hasMoved(@Nullable Manifest live) {
    return live != null
        && !server
            .find(shape, desired)
            .map(now -> now.string("metadata", "resourceVersion"))
            .orElse("")
            .equals(live.string("metadata", "resourceVersion"));
  }

  private static Manifest literal(Payload payload) {
    return ((Payload.Literal) payload).manifest();
  }

  private static boolean collided(Response answer) {
    return answer.status() == 409
        && answer.causes().isEmpty()
        && answer.message().contains("the object has been modified");
  }
}

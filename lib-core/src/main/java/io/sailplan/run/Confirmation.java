package io.sailplan.run;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.FieldSet;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import io.sailplan.plan.Target;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks a cluster by dry runs what the writes of a plan would do, and merges the answers. */
final class Confirmation {
  private static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");
  private static final FieldSet KEPT =
      FieldDiff.serverMetadata().union(FieldSet.of(FieldPath.of("status")));
  private static final int LONGEST = 80;

  private final Plan plan;
  private final Snapshot seen;
  private final Function<Request, Response> server;
  private final Masker masker;
  private final ShapeCatalog catalog;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<Problem> warnings;

  private Confirmation(Plan plan, Snapshot seen, Function<Request, Response> server) {
    this.plan = plan;
    this.seen = seen;
    this.server = server;
    this.masker = Masker.of(plan);
    this.warnings = new ArrayList<>(plan.warnings());
    List<Manifest> definitions = new ArrayList<>();
    for (LiveObject object : seen.objects()) {
      if (object.key().groupKind().equals(DEFINITION)) {
        definitions.add(object.manifest());
      }
    }
    this.catalog = ShapeCatalog.builtIn().withCustomResources(definitions);
  }

  static PlanResult of(Plan plan, Snapshot seen, Function<Request, Response> server) {
    return new Confirmation(plan, seen, server).confirm();
  }

  private PlanResult confirm() {
    List<Step> steps = plan.steps().stream().map(this::confirm).toList();
    return refusals.isEmpty()
        ? new PlanResult.Planned(Plan.of(plan.operation(), steps, warnings))
        : new PlanResult.Refused(refusals, warnings);
  }

  private Step confirm(Step step) {
    if (step instanceof Step.Create create && create.payload() instanceof Payload.Literal literal) {
      Manifest sent =
          literal.manifest().with(Request.Apply.CREATE_ONLY, "metadata", "resourceVersion");
      return with(create, changes(create, create.changes(), literal.manifest(), sent, false));
    }
    if (step instanceof Step.Apply apply && apply.payload() instanceof Payload.Literal literal) {
      Manifest sent = literal.manifest().with(uid(apply.precondition()), "metadata", "uid");
      return with(apply, changes(apply, apply.changes(), literal.manifest(), sent, apply.force()));
    }
    return step;
  }

  private static Step with(Step.Create step, List<FieldChange> changes) {
    return new Step.Create(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        step.payload(),
        changes);
  }

  private static Step with(Step.Apply step, List<FieldChange> changes) {
    return new Step.Apply(
        step.id(),
        step.target(),
        step.reason(),
        step.after(),
        step.deadline(),
        step.payload(),
        changes,
        step.precondition(),
        step.force());
  }

  private List<FieldChange> changes(
      Step step, List<FieldChange> planned, Manifest payload, Manifest sent, boolean force) {
    Optional<String> awaited = awaited(step.target());
    if (awaited.isPresent()) {
      return planned.stream().map(change -> notAsked(change, awaited.get())).toList();
    }
    String manager = plan.operation().membership().fieldManager();
    Response answer = server.apply(new Request.Apply(sent, manager, force, "", true));
    if (!answer.isSuccess() || answer.body() == null) {
      refuse(step, answer);
      return planned;
    }
    LiveObject before = step instanceof Step.Create ? null : before(step.target(), payload);
    return merge(step.target(), planned, payload, before, answer.body());
  }

  /** Returns what of this plan has to be done before the server can be asked about the object. */
  private Optional<String> awaited(Target target) {
    for (Step step : plan.steps()) {
      Target other = step.target();
      boolean makes = step instanceof Step.Create;
      boolean removes = step instanceof Step.Delete || step instanceof Step.AwaitGone;
      boolean home =
          other.kind().kind().equals("Namespace")
              && other.kind().group().isEmpty()
              && other.name().equals(target.namespace());
      if ((makes && (home || defines(step, target)))
          || (step instanceof Step.Apply && defines(step, target))
          || (removes && other.key().equals(target.key()))) {
        return Optional.of(step.id());
      }
    }
    return Optional.empty();
  }

  private static boolean defines(Step step, Target target) {
    Payload payload =
        step instanceof Step.Create create
            ? create.payload()
            : step instanceof Step.Apply apply ? apply.payload() : null;
    return payload != null
        && payload.manifest().key().groupKind().equals(DEFINITION)
        && payload.manifest().string("spec", "group").equals(target.kind().group())
        && payload.manifest().string("spec", "names", "kind").equals(target.kind().kind());
  }

  private static FieldChange notAsked(FieldChange change, String step) {
    return change.certainty() instanceof Certainty.Assumed assumed
        ? with(
            change,
            new Certainty.Assumed(
                assumed.reason() + "; the server can only be asked after " + step))
        : change;
  }

  private void refuse(Step step, Response answer) {
    String text = answer.causes().isEmpty() ? answer.message() : Wording.conflicts(answer);
    boolean conflict =
        answer.causes().stream()
            .anyMatch(cause -> "FieldManagerConflict".equals(cause.get("reason")));
    refusals.add(
        new Refusal(
            conflict ? Refusal.Code.FIELD_CONFLICT : Refusal.Code.REJECTED,
            step.target().resource(),
            step.target().key()
                + ": the server says: "
                + masker.mask(conflict || text.isEmpty() ? text : answer.message())
                + " ("
                + answer.status()
                + ")",
            List.of(
                new Remedy("observe", "Look at the cluster anew, and plan again."),
                new Remedy("correct", "Correct the manifest, and plan again."))));
  }

  /** The object as it was seen; read again if it was seen in another version. */
  private @Nullable LiveObject before(Target target, Manifest payload) {
    LiveObject live = seen.find(target.key()).orElse(null);
    if (live != null && live.manifest().apiVersion().equals(payload.apiVersion())) {
      return live;
    }
    Response answer = server.apply(new Request.Get(target.key(), target.kind().version()));
    return answer.isSuccess() && answer.body() != null ? answer.object() : null;
  }

  private List<FieldChange> merge(
      Target target,
      List<FieldChange> planned,
      Manifest payload,
      @Nullable LiveObject before,
      Manifest after) {
    KindShape shape = catalog.find(payload).orElse(null);
    if (shape == null) {
      return planned; // without structure, nothing tells which of the fields are the same
    }
    ApplyResult predicted = predicted(shape, payload, before);
    Map<FieldPath, FieldChange> open = new LinkedHashMap<>();
    planned.forEach(change -> open.put(change.path(), change));
    List<FieldChange> confirmed = new ArrayList<>();
    for (FieldDiff.Difference real :
        FieldDiff.between(before == null ? null : before.manifest(), after, shape, KEPT)) {
      FieldChange change = open.remove(real.path());
      boolean secret = change == null ? isSecret(payload, real.path()) : change.secret();
      if (change == null
          && predicted instanceof ApplyResult.Applied applied
          && applied.isServerChosen(real.path())) {
        continue; // in a dry run it is a placeholder
      }
      if (change == null || !Objects.equals(change.after(), real.after())) {
        warn(target, real, change, secret);
      }
      confirmed.add(
          new FieldChange(
              real.path(), real.before(), real.after(), new Certainty.Confirmed(), secret));
    }
    for (FieldChange left : open.values()) {
      if (!left.path().elements().isEmpty()) {
        warn(target, left.path() + " will not change");
      }
    }
    return confirmed;
  }

  private ApplyResult predicted(KindShape shape, Manifest payload, @Nullable LiveObject before) {
    return ServerSideApply.apply(
        ApplyRequest.of(
                before == null ? null : before.manifest(),
                payload,
                plan.operation().membership().fieldManager(),
                shape,
                Instant.EPOCH)
            .forced());
  }

  private void warn(
      Target target, FieldDiff.Difference real, @Nullable FieldChange planned, boolean secret) {
    String is = secret ? "has another value" : "will be " + text(real.after());
    String was =
        planned == null
            ? "which the plan did not expect"
            : secret ? "than planned" : "where the plan said " + text(planned.after());
    warn(target, real.path() + " " + is + ", " + was);
  }

  private void warn(Target target, String what) {
    warnings.add(
        Problem.warning(
                ProblemCode.SERVER_DIFFERS,
                target.resource() + ": the server says: " + masker.mask(what))
            .hint("The plan shows what the server says. Look for webhooks and policies."));
  }

  private static boolean isSecret(Manifest payload, FieldPath path) {
    return payload.kind().equals("Secret")
        && payload.groupVersionKind().group().isEmpty()
        && !path.startsWith(FieldPath.of("metadata", "labels"));
  }

  private static FieldChange with(FieldChange change, Certainty certainty) {
    return new FieldChange(
        change.path(), change.before(), change.after(), certainty, change.secret());
  }

  private static String uid(Precondition precondition) {
    if (precondition instanceof Precondition.Unchanged unchanged) {
      return unchanged.uid();
    }
    return precondition instanceof Precondition.SameObject same ? same.uid() : "";
  }

  private static String text(@Nullable Object value) {
    String text = value == null ? "gone" : Json.write(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}

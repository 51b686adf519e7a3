package io.sailplan.k8s.differential;

import io.sailplan.k8s.differential.Outcome.Verdict;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Refusal;
import io.sailplan.planning.PlanResult;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares what was predicted with what the server answers. */
final class Judgement {
  private static final String MEMBERSHIP =
      FieldPath.of("metadata", "labels", Membership.PART_OF).toString();

  private final Outcome outcome;
  private final KindShape shape;
  private final Manifest desired;
  private final @Nullable Manifest live;

  Judgement(Outcome outcome, KindShape shape, Manifest desired, @Nullable Manifest live) {
    this.outcome = outcome;
    this.shape = shape;
    this.desired = desired;
    this.live = live;
  }

  /** Nothing was to happen. */
  void unchanged(Response answer) {
    outcome.ending = "no-op";
    if (!answer.isSuccess()) {
      outcome.ending = "no-op, refused if asked"; // which nobody does
    } else if (live == null || !isNoop(answer)) {
      wrong(
          Verdict.CONTRADICTED,
          "no-op was a change: " + paths(answer),
          differences(answer).toString());
    }
  }

  /** Others own fields, or the server would refuse. */
  void refused(PlanResult result, List<Refusal> refusals, Response answer) {
    boolean conflicts =
        !refusals.isEmpty()
            && refusals.stream().anyMatch(r -> r.code() == Refusal.Code.FIELD_CONFLICT);
    if (conflicts) { // they are what the server finds first, whatever else there is
      outcome.ending = "conflict";
      conflicts(refusals, answer);
      return;
    }
    outcome.ending = refusals.isEmpty() ? "invalid" : "refused";
    String said =
        refusals.isEmpty()
            ? String.valueOf(result.problems())
            : refusals.stream().map(r -> r.code() + " " + r.message()).toList().toString();
    said = said.substring(1, said.length() - 1);
    if (answer.isSuccess()) {
      wrong(Verdict.TOO_STRICT, "refused, but the server would: " + Sorts.of(said), said);
    } else if (!refusals.isEmpty()
        && answer.status() == 409
        && conflictsBesidesMembership(answer)) {
      wrong(Verdict.CONTRADICTED, "refused otherwise: conflict", said + "\n" + text(answer));
    }
  }

  private static boolean conflictsBesidesMembership(Response answer) {
    return answer.causes().stream().anyMatch(cause -> !MEMBERSHIP.equals(cause.get("field")));
  }

  private void conflicts(List<Refusal> refusals, Response answer) {
    TreeSet<String> real = new TreeSet<>();
    answer.causes().stream()
        .filter(cause -> !MEMBERSHIP.equals(cause.get("field"))) // whose it is is asked before
        .filter(cause -> !isHidden(String.valueOf(cause.get("field"))))
        .forEach(
            cause ->
                real.add(
                    cause.get("field")
                        + " is owned by "
                        + String.valueOf(cause.get("message"))
                            .replaceFirst("^conflict with ", "")));
    TreeSet<String> predicted = new TreeSet<>();
    for (Refusal refusal : refusals) {
      if (refusal.code() != Refusal.Code.FIELD_CONFLICT) {
        continue;
      }
      String message = refusal.message();
      String start = desired.key() + ": ";
      String conflict = message.startsWith(start) ? message.substring(start.length()) : message;
      predicted.add(real.stream().filter(conflict::startsWith).findFirst().orElse(conflict));
    }
    if (answer.status() != 409) {
      wrong(Verdict.CONTRADICTED, "conflict, but " + sort(answer), predicted + "\n" + text(answer));
    } else if (!predicted.equals(real)) {
      wrong(Verdict.CONTRADICTED, "other conflicts", predicted + "\nreal " + real);
    }
  }

  /** Whether only the server knows the value: nobody can tell if writing it conflicts. */
  private boolean isHidden(String field) {
    return field.equals(".spec.internalTrafficPolicy")
        && live != null
        && live.string("spec", "type").equals("ExternalName");
  }

  /** Fields were to change. */
  void changed(
      List<FieldChange> changes, Manifest sent, boolean force, String manager, Response answer) {
    outcome.ending = live == null ? "created" : "changed";
    changes.forEach(change -> outcome.changes.add(counted(change)));
    boolean proven = changes.stream().anyMatch(Judgement::isProven);
    if (!answer.isSuccess()) {
      outcome.ending += ", refused";
      wrong(
          proven ? Verdict.CONTRADICTED : Verdict.ASSUMED_WRONGLY,
          "refused: " + sort(answer),
          text(answer));
      return;
    }
    if (live != null && isNoop(answer)) {
      wrong(
          Verdict.NEEDLESS,
          "change was a no-op: "
              + changes.stream().map(change -> Sorts.path(change.path())).distinct().toList(),
          changes.toString());
      return;
    }
    compare(changes, sent, force, manager, answer);
  }

  private void compare(
      List<FieldChange> changes, Manifest sent, boolean force, String manager, Response answer) {
    ApplyRequest request = ApplyRequest.of(live, sent, manager, shape, time(answer));
    ApplyResult engine =
        ServerSideApply.apply(
            live == null
                ? request(request, sent.without("metadata", "resourceVersion"))
                : force ? request.forced() : request);
    Map<String, FieldDiff.Difference> real = differences(answer);
    for (FieldChange change : changes) {
      if (change.certainty() instanceof Certainty.Unknown) {
        real.keySet()
            .removeIf(
                path ->
                    change.path().elements().isEmpty()
                        || path.startsWith(change.path().toString()));
        continue;
      }
      FieldDiff.Difference difference = real.remove(change.path().toString());
      if (change.certainty() instanceof Certainty.Deferred) {
        continue;
      }
      Object after = difference == null ? change.before() : difference.after();
      if (!equal(after, change.after())) {
        wrong(
            isProven(change) ? Verdict.CONTRADICTED : Verdict.ASSUMED_WRONGLY,
            (difference == null ? "did not change " : "other value ") + Sorts.path(change.path()),
            change.path()
                + " before "
                + Json.write(change.before())
                + " predicted "
                + Json.write(change.after())
                + " real "
                + Json.write(after));
      }
    }
    boolean assumed = !changes.isEmpty() && changes.stream().noneMatch(Judgement::isProven);
    real.values().stream()
        .filter(
            difference ->
                !(engine instanceof ApplyResult.Applied applied
                    && applied.isServerChosen(difference.path())))
        .forEach(
            difference ->
                wrong(
                    assumed ? Verdict.ASSUMED_WRONGLY : Verdict.CONTRADICTED,
                    "not predicted " + Sorts.path(difference.path()),
                    difference.path()
                        + " before "
                        + Json.write(difference.before())
                        + " real "
                        + Json.write(difference.after())));
    if (engine instanceof ApplyResult.Applied applied) {
      owners(applied, answer);
    }
  }

  private static ApplyRequest request(ApplyRequest like, Manifest desired) {
    return new ApplyRequest(
        null, desired, like.manager(), like.force(), "", like.shape(), like.time());
  }

  private void owners(ApplyResult.Applied applied, Response answer) {
    String predicted = owners(applied.object());
    String real = owners(answer.object().manifest());
    if (!predicted.equals(real)) {
      wrong(Verdict.CONTRADICTED, "other owners", "predicted " + predicted + "\nreal      " + real);
    }
  }

  private static String owners(Manifest object) {
    StringBuilder text = new StringBuilder();
    for (ManagedEntry entry : ManagedFields.of(object).entries()) {
      text.append(Json.write(entry.at(null).toTree())).append('\n');
    }
    return text.toString();
  }

  /** When the server has written, as far as it says: who comes first depends on it. */
  private static Instant time(Response answer) {
    Instant newest = Instant.EPOCH;
    for (ManagedEntry entry : ManagedFields.of(answer.object().manifest()).entries()) {
      Instant time = entry.time();
      newest = time != null && time.isAfter(newest) ? time : newest;
    }
    return newest.equals(Instant.EPOCH) ? Instant.now() : newest;
  }

  /** What the server has done to each field, those apart that it keeps by itself. */
  private Map<String, FieldDiff.Difference> differences(Response answer) {
    Map<String, FieldDiff.Difference> all = new LinkedHashMap<>();
    FieldDiff.between(live, answer.object().manifest(), shape, FieldDiff.serverMetadata())
        .forEach(
            difference -> {
              boolean kept = difference.path().startsWith(FieldPath.of("status")) && shape.status();
              if (!kept) {
                all.put(difference.path().toString(), difference);
              }
            });
    return all;
  }

  private String paths(Response answer) {
    List<String> paths =
        differences(answer).values().stream()
            .map(difference -> Sorts.path(difference.path()))
            .distinct()
            .toList();
    return paths.isEmpty() ? "owners only" : paths.toString();
  }

  private boolean isNoop(Response answer) {
    return live != null
        && (answer.object().resourceVersion().equals(live.string("metadata", "resourceVersion"))
            || seen(answer.object().manifest()).equals(seen(live)));
  }

  /** All but the resourceVersion: it may rise although nothing can be seen to change. */
  private static Manifest seen(Manifest object) {
    return object.without("metadata", "resourceVersion");
  }

  private static boolean equal(@Nullable Object one, @Nullable Object other) {
    return Objects.equals(one, other);
  }

  private static boolean isProven(FieldChange change) {
    return change.certainty() instanceof Certainty.Proven;
  }

  private static Outcome.Change counted(FieldChange change) {
    Certainty certainty = change.certainty();
    return new Outcome.Change(
        certainty.getClass().getSimpleName(),
        certainty instanceof Certainty.Assumed assumed ? assumed.reason() : "");
  }

  private static String sort(Response answer) {
    return answer.status() + " " + answer.reason() + " " + Sorts.of(answer.message());
  }

  private static String text(Response answer) {
    return answer.status() + " " + answer.message();
  }

  private void wrong(Verdict verdict, String sort, String detail) {
    outcome.add(
        verdict,
        sort,
        detail
            + "\n  desired "
            + desired.toJson()
            + "\n  live "
            + (live == null ? "none" : live.toJson()));
  }
}

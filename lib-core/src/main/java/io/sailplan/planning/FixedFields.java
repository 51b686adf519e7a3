package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.FieldDiff;
import io.sailplan.ownership.Violation;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Refuses to change what cannot change, field by field. */
final class FixedFields {
  private FixedFields() {}

  /** Returns a refusal for each field, in the order of their paths. */
  static List<Refusal> refusals(ApplyResult.Immutable result, Manifest payload, Target target) {
    Map<FieldPath, FieldDiff.Difference> changes = new TreeMap<>();
    for (Violation violation : result.violations()) {
      violation.changes().forEach(change -> changes.putIfAbsent(change.path(), change));
    }
    List<Refusal> refusals = new ArrayList<>();
    for (FieldDiff.Difference change : changes.values()) {
      refusals.add(
          new Refusal(
              Refusal.Code.IMMUTABLE_FIELD,
              target.resource(),
              target.key()
                  + ": "
                  + change.path()
                  + " cannot be changed once the object exists"
                  + values(change, payload),
              remedies(change, target)));
    }
    return refusals;
  }

  private static String values(FieldDiff.Difference change, Manifest payload) {
    return Prediction.isSecret(payload, change.path(), change.before(), change.after())
        ? ""
        : "; it is "
            + (change.before() == null ? "not set" : Prediction.text(change.before()))
            + ", and would be "
            + (change.after() == null ? "unset" : Prediction.text(change.after()));
  }

  private static List<Remedy> remedies(FieldDiff.Difference change, Target target) {
    return List.of(
        new Remedy(
            "keep",
            change.before() == null
                ? "Take the field out of the manifest."
                : "Declare the value that it has."),
        new Remedy(
            "rename",
            "Give the resource another name: a new object is made, and the old one goes like"
                + " anything that is not declared any more."),
        new Remedy("recreate", Losses.remedy(target.kind().kind())));
  }
}

package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an answer of a real server differs from what was predicted. */
final class Differences {
  /** What changes with every write, or with the second in which it is made. */
  private static final FieldSet VOLATILE =
      FieldSet.of(
          FieldPath.of("metadata", "resourceVersion"),
          FieldPath.of("status", "lastPhaseTransitionTime"));

  private Differences() {}

  /** Returns one line per difference between an answer and its prediction. */
  static List<String> of(ApplyResult predicted, RealServer.Answer answer, KindShape shape) {
    if (predicted instanceof ApplyResult.Applied applied) {
      return answer.ok()
          ? of(applied.object(), answer.body(), applied.serverChosen(), shape)
          : List.of("predicted to be applied, but " + answer.status() + " " + answer.message());
    }
    if (predicted instanceof ApplyResult.Conflicted conflicted) {
      List<String> expected =
          conflicted.conflicts().stream().map(Conflict::toString).sorted().toList();
      List<String> causes =
          Trees.list(answer.body().get("details", "causes")).stream()
              .map(cause -> Trees.get(cause, "field") + ": " + Trees.get(cause, "message"))
              .sorted()
              .toList();
      return answer.status() == 409 && expected.equals(causes)
          ? List.of()
          : List.of(
              "predicted "
                  + expected
                  + " but "
                  + answer.status()
                  + " "
                  + causes
                  + answer.message());
    }
    if (predicted instanceof ApplyResult.Immutable immutable) {
      return immutable.violations().stream()
          .filter(
              violation ->
                  answer.status() != 422
                      || !answer.message().contains(violation.field() + ": ")
                      || !answer.message().contains(violation.detail()))
          .map(
              violation ->
                  "predicted " + violation + " but " + answer.status() + " " + answer.message())
          .toList();
    }
    ApplyResult.Rejected rejected = (ApplyResult.Rejected) predicted;
    return answer.status() == rejected.status()
        ? List.of()
        : List.of("predicted " + rejected + " but " + answer.status() + " " + answer.message());
  }

  /** Returns one line per difference; what the server makes up is no difference. */
  static List<String> of(
      Manifest predicted, Manifest actual, FieldSet serverChosen, KindShape shape) {
    List<String> lines = new ArrayList<>();
    Map<String, @Nullable Object> left = comparable(predicted, serverChosen, shape);
    Map<String, @Nullable Object> right = comparable(actual, serverChosen, shape);
    Comparison changes = Comparison.between(left, right, shape.shape());
    changes.removed().forEach(path -> lines.add("only predicted " + path + " " + at(path, left)));
    changes.added().forEach(path -> lines.add("only real " + path + " " + at(path, right)));
    changes
        .modified()
        .forEach(
            path ->
                lines.add(
                    "differs "
                        + path
                        + " predicted "
                        + at(path, left)
                        + " real "
                        + at(path, right)));
    if (!Values.equal(left, right) && lines.isEmpty()) {
      lines.add("order differs: predicted " + Json.write(left) + " real " + Json.write(right));
    }
    String owners = owners(predicted);
    if (!owners.equals(owners(actual))) {
      lines.add("owners predicted " + owners + "\n  owners real      " + owners(actual));
    }
    return lines;
  }

  private static Map<String, @Nullable Object> comparable(
      Manifest object, FieldSet serverChosen, KindShape shape) {
    Map<String, @Nullable Object> tree = object.without("metadata", "managedFields").tree();
    Object left = Removal.from(tree, serverChosen.union(VOLATILE), shape.shape());
    return Trees.copyOfObject(Trees.object(left));
  }

  private static String at(FieldPath path, Object tree) {
    return Json.write(path.find(tree).orElse(null));
  }

  private static String owners(Manifest object) {
    List<Object> all = new ArrayList<>();
    ManagedFields.of(object)
        .entries()
        .forEach(
            entry ->
                all.add(
                    (entry.time() == null ? "timeless " : "")
                        + Json.write(entry.at(null).toTree())));
    return all.toString();
  }
}

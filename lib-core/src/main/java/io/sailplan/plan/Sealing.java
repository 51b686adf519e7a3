package io.sailplan.plan;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of a plan: where a value of a Secret stood, a keyed digest of it stands, as
 * {@code {"secret": "hmac-sha256:…"}}, and what was digested without key is digested again with it.
 * {@link Unsealing} is the way back.
 */
final class Sealing extends StepMapper {
  private static final String MARK = "secret";

  private final @Nullable PlanKey key;
  private final @Nullable PlanKey opened;
  private final Map<String, String> missed = new TreeMap<>();

  /**
   * Makes one.
   *
   * @param key the caller's; null if there is none, then {@link #missed} tells where it was missed
   * @param opened the key by which the plan was opened; null if it was never saved
   */
  Sealing(@Nullable PlanKey key, @Nullable PlanKey opened) {
    this.key = key;
    this.opened = opened;
  }

  /** Returns the resources that cannot be sealed, and why; ordered. */
  Map<String, String> missed() {
    return missed;
  }

  /** Returns the fingerprint of an object as it stands in a plan that was saved with the key. */
  static String fingerprint(PlanKey key, ObjectKey object, String fingerprint) {
    return SecretContent.isSecret(object.groupKind())
        ? key.digest("fingerprint " + object, fingerprint)
        : fingerprint;
  }

  /** Returns the digest of a value of a Secret. */
  static String digest(PlanKey key, ObjectKey object, FieldPath path, @Nullable Object value) {
    return key.digest("value " + object + " " + path, Json.write(value));
  }

  /** Returns the digest that stands in place of a value; null if {@code value} is no such place. */
  static @Nullable String mark(@Nullable Object value) {
    Map<String, @Nullable Object> tree = Trees.object(value);
    return tree.size() == 1 && tree.get(MARK) instanceof String digest ? digest : null;
  }

  /** Returns the path of what a JSON pointer leads to, all of whose steps are fields. */
  static FieldPath path(String pointer) {
    FieldPath path = FieldPath.root();
    for (String step : pointer.split("/", -1)) {
      path = path.child(step.replace("~1", "/").replace("~0", "~"));
    }
    return pointer.isEmpty()
        ? FieldPath.root()
        : new FieldPath(path.elements().subList(1, path.elements().size()));
  }

  @Override
  Manifest manifest(Target target, Manifest manifest) {
    return SecretContent.isSecret(target.kind().groupKind())
        ? Manifest.of(Trees.object(seal(target, FieldPath.root(), manifest.tree())))
        : manifest;
  }

  @Override
  PatchOperation operation(Target target, PatchOperation operation) {
    return SecretContent.isSecret(target.kind().groupKind())
        ? new PatchOperation(
            operation.op(),
            operation.pointer(),
            seal(target, path(operation.pointer()), operation.value()))
        : operation;
  }

  @Override
  Precondition.Unchanged unchanged(Target target, Precondition.Unchanged precondition) {
    if (!SecretContent.isSecret(target.kind().groupKind())) {
      return precondition;
    }
    String fingerprint = precondition.fingerprint();
    if (opened == null) {
      fingerprint = key == null ? miss(target) : fingerprint(key, target.key(), fingerprint);
    } else if (key == null || !key.equals(opened)) {
      missed.put(target.resource(), "it was opened with another key, by which it was digested");
    }
    return new Precondition.Unchanged(
        precondition.uid(), precondition.resourceVersion(), fingerprint);
  }

  @Override
  List<FieldChange> changes(Target target, List<FieldChange> changes) {
    if (!SecretContent.isSecret(target.kind().groupKind())
        && changes.stream().anyMatch(FieldChange::secret)) {
      missed.put(target.resource(), "it holds values that come from a Secret");
    }
    return changes.stream().map(FieldChange::hidden).toList();
  }

  private @Nullable Object seal(Target target, FieldPath path, @Nullable Object value) {
    if (value == null || !SecretContent.isSecret(target.kind().groupKind(), path, value)) {
      return value;
    }
    if (!(value instanceof Map)) {
      return Map.of(MARK, key == null ? miss(target) : digest(key, target.key(), path, value));
    }
    Map<String, @Nullable Object> sealed = new LinkedHashMap<>();
    Trees.object(value)
        .forEach((name, item) -> sealed.put(name, seal(target, path.child(name), item)));
    return sealed;
  }

  private String miss(Target target) {
    missed.put(target.resource(), "it changes a Secret, and there is no key");
    return "";
  }
}

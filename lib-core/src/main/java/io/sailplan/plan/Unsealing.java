package io.sailplan.plan;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.SecretContent;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Canonical;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts secrets back into a plan that {@link Sealing} has taken them out of. */
final class Unsealing extends StepMapper {
  private static final Remedy REPLAN =
      new Remedy("plan-again", "Plan with the Secrets as they are now, and have that approved.");

  private final PlanKey key;
  private final SecretSource source;
  private final Map<ObjectKey, Optional<Manifest>> found = new TreeMap<>();
  private final Map<ObjectKey, List<String>> changed = new TreeMap<>();
  private final Map<ObjectKey, String> resources = new TreeMap<>();

  Unsealing(PlanKey key, SecretSource source) {
    this.key = key;
    this.source = source;
  }

  /** Returns why secrets could not be put back, by object; empty if all could. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    changed.forEach(
        (object, paths) -> {
          String resource = resources.getOrDefault(object, "");
          if (found.getOrDefault(object, Optional.empty()).isEmpty()) {
            refusals.add(
                new Refusal(
                    Refusal.Code.SECRET_MISSING,
                    resource,
                    "the plan writes " + object + ", and the source of secrets does not know it",
                    List.of(
                        new Remedy(
                            "give-source",
                            "Give the manifests that the plan was made from as the source."))));
          } else {
            refusals.add(
                new Refusal(
                    Refusal.Code.SECRET_CHANGED,
                    resource,
                    object
                        + " is not as it was when the plan was made: "
                        + String.join(", ", paths),
                    List.of(
                        new Remedy("restore", "Give the content that the plan was made from."),
                        REPLAN)));
          }
        });
    return refusals;
  }

  @Override
  Manifest manifest(Target target, Manifest manifest) {
    return SecretContent.isSecret(target.kind().groupKind())
        ? Manifest.of(Trees.object(open(target, FieldPath.root(), manifest.tree())))
        : manifest;
  }

  @Override
  PatchOperation operation(Target target, PatchOperation operation) {
    return SecretContent.isSecret(target.kind().groupKind())
        ? new PatchOperation(
            operation.op(),
            operation.pointer(),
            open(target, Sealing.path(operation.pointer()), operation.value()))
        : operation;
  }

  /** The run digests with the key what it compares. */
  @Override
  Precondition.Unchanged unchanged(Target target, Precondition.Unchanged precondition) {
    return precondition;
  }

  @Override
  List<FieldChange> changes(Target target, List<FieldChange> changes) {
    return changes;
  }

  private @Nullable Object open(Target target, FieldPath path, @Nullable Object value) {
    String digest = Sealing.mark(value);
    if (digest != null) {
      return value(target, path, digest);
    }
    if (!(value instanceof Map)) {
      return value;
    }
    Map<String, @Nullable Object> opened = new LinkedHashMap<>();
    Trees.object(value)
        .forEach((name, item) -> opened.put(name, open(target, path.child(name), item)));
    return opened;
  }

  private @Nullable Object value(Target target, FieldPath path, String digest) {
    ObjectKey object = target.key();
    Object value =
        found
            .computeIfAbsent(object, this::declared)
            .flatMap(manifest -> path.find(manifest.tree()))
            .orElse(null);
    if (value == null || !PlanKey.same(digest, Sealing.digest(key, object, path, value))) {
      resources.put(object, target.resource());
      changed.computeIfAbsent(object, any -> new ArrayList<>()).add(path.toString());
    }
    return value;
  }

  /** In the form in which it is sent, in which it was digested. */
  private Optional<Manifest> declared(ObjectKey object) {
    return source
        .secret(object)
        .map(
            manifest ->
                ShapeCatalog.builtIn()
                    .find(manifest)
                    .map(shape -> Canonical.canonical(manifest, shape))
                    .orElse(manifest));
  }
}

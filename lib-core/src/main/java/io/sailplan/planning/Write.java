package io.sailplan.planning;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.shape.KindShape;
import org.jspecify.annotations.Nullable;

/**
 * A write as it is predicted.
 *
 * @param shape the structure of the kind
 * @param payload what is sent
 * @param live the object before; null if it is made
 * @param applied what the server makes of it by its own rules
 * @param pod what admission makes of it; null if it is no new pod
 */
record Write(
    KindShape shape,
    Manifest payload,
    @Nullable LiveObject live,
    ApplyResult.Applied applied,
    @Nullable NewPod pod) {

  /** Returns the object afterwards. */
  Manifest result() {
    return applied.object();
  }

  /** Returns the operation as admission calls it. */
  String operation() {
    return live == null ? "CREATE" : "UPDATE";
  }

  boolean isCreation() {
    return live == null;
  }

  boolean isNamespace() {
    return is("", "Namespace");
  }

  boolean is(String group, String kind) {
    return shape.kind().kind().equals(kind) && shape.kind().group().equals(group);
  }

  /** Returns the value in the object before; null if there is none. */
  @Nullable Object before(String... path) {
    return live == null ? null : live.manifest().get(path);
  }
}

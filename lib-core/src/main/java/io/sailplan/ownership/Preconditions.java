package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import org.jspecify.annotations.Nullable;

/** A uid or resourceVersion in what is written says which object is meant. */
final class Preconditions {
  private Preconditions() {}

  /** The refusal; null if the live object is the one that is meant. */
  static ApplyResult.@Nullable Rejected check(@Nullable Manifest live, Manifest written) {
    String uid = written.string("metadata", "uid");
    String version = written.string("metadata", "resourceVersion");
    if (live == null) {
      return uid.isEmpty()
          ? null
          : new ApplyResult.Rejected(
              409,
              "Conflict",
              "uid mismatch: the provided object specified uid "
                  + uid
                  + ", and no existing object was found");
    }
    if (!version.matches("[0-9]*")) {
      return new ApplyResult.Rejected(
          500, "", "strconv.ParseUint: parsing \"" + version + "\": invalid syntax");
    }
    if (!version.isEmpty()
        && !version.equals("0")
        && !version.equals(live.string("metadata", "resourceVersion"))) {
      return new ApplyResult.Rejected(
          409,
          "Conflict",
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
    if (!uid.isEmpty() && !uid.equals(live.string("metadata", "uid"))) {
      return new ApplyResult.Rejected(422, "Invalid", "metadata.uid: field is immutable");
    }
    return null;
  }
}

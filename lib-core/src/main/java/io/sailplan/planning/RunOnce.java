package io.sailplan.planning;

import io.sailplan.model.Manifest;

/** Objects that do their work once and then remove themselves. */
final class RunOnce {
  private RunOnce() {}

  /** Returns whether it is a Job that the cluster removes some time after it has ended. */
  static boolean removesItself(Manifest manifest) {
    return manifest.kind().equals("Job")
        && manifest.groupVersionKind().group().equals("batch")
        && manifest.get("spec", "ttlSecondsAfterFinished") instanceof Long;
  }
}

package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.testing.Answers.Cause;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a field manager may be called. */
final class FieldManagers {
  private static final int LONGEST = 128;

  private FieldManagers() {}

  /** Refuses to apply under a name that is missing, too long, or cannot be printed. */
  static void check(String manager) {
    if (manager.isEmpty()) {
      throw refused(Cause.required("fieldManager", "is required for apply patch"));
    }
    if (manager.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw refused(
          new Cause(
              "FieldValueTooLong",
              "fieldManager",
              "Too long: may not be more than " + LONGEST + " bytes"));
    }
    for (int i = 0; i < manager.length(); i++) {
      if (Character.isISOControl(manager.charAt(i))) {
        String place =
            String.format("invalid character U+%04X (at position %d)", (int) manager.charAt(i), i);
        throw refused(Cause.invalid("fieldManager", Json.write(manager), place));
      }
    }
  }

  private static ApiError refused(Cause cause) {
    return new ApiError(
        Answers.status(
            422,
            "Invalid",
            "PatchOptions.meta.k8s.io \"\" is invalid: " + cause.field() + ": " + cause.message(),
            Tree.of(
                "group", "meta.k8s.io", "kind", "PatchOptions", "causes", List.of(cause.tree()))));
  }
}

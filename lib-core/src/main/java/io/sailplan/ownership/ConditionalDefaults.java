package io.sailplan.ownership;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values that the API server fills in depending on other fields. */
final class ConditionalDefaults {
  private ConditionalDefaults() {}

  /** Fills {@code object}, which has the type {@code name} and whose parts are filled already. */
  static void fill(String name, Map<String, @Nullable Object> object) {}
}

package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.plan.Fillings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a field in place of its expression.
 *
 * @param value the value
 * @param omitted whether the field is left out instead
 */
record Filling(@Nullable Object value, boolean omitted) {
  static final Filling OMITTED = new Filling(null, true);

  static Filling of(@Nullable Object value) {
    return new Filling(value, false);
  }

  /** Returns the manifest with fields filled; the others stay as they are written. */
  static Manifest fill(Manifest manifest, Map<FieldPath, Filling> fillings) {
    Map<FieldPath, Optional<Object>> values = new HashMap<>();
    fillings.forEach(
        (path, filling) ->
            values.put(
                path, filling.omitted() ? Optional.empty() : Optional.ofNullable(filling.value())));
    return Fillings.fill(manifest, values);
  }
}

package io.sailplan.plan;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts values into a manifest. */
public final class Fillings {
  private Fillings() {}

  /**
   * Returns the manifest with these fields replaced; one without a value is left out. Fields that
   * are not there stay so.
   */
  public static Manifest fill(Manifest manifest, Map<FieldPath, Optional<Object>> values) {
    return Manifest.of(Trees.object(value(manifest.tree(), FieldPath.root(), values)));
  }

  private static @Nullable Object value(
      @Nullable Object value, FieldPath path, Map<FieldPath, Optional<Object>> values) {
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> filled = new LinkedHashMap<>();
      Trees.object(value)
          .forEach(
              (name, child) -> {
                FieldPath at = path.child(name);
                if (!values.containsKey(at)) {
                  filled.put(name, value(child, at, values));
                } else if (values.get(at).isPresent()) {
                  filled.put(name, values.get(at).get());
                }
              });
      return filled;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> filled = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        FieldPath at = path.child(new PathElement.Index(i));
        if (!values.containsKey(at)) {
          filled.add(value(list.get(i), at, values));
        } else if (values.get(at).isPresent()) {
          filled.add(values.get(at).get());
        }
      }
      return filled;
    }
    return value;
  }
}

package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a manifest that never conflicts with itself: each value as the API server stores it.
 *
 * <p>The server compares what is <em>written</em> with what is <em>stored</em>. A second writer of
 * the very same manifest therefore conflicts wherever storing changes a value: {@code cpu: 1000m}
 * becomes {@code 1}, {@code value: ""} goes away, a {@code fieldRef} gets an {@code apiVersion}.
 * Written as it will be stored, it does not.
 */
public final class Canonical {
  private static final List<String> SERVER_METADATA =
      List.of("managedFields", "creationTimestamp", "generation", "selfLink", "deletionTimestamp");

  private Canonical() {}

  /**
   * Returns {@code desired} with quantities, times and base64 rewritten, {@code stringData} as
   * {@code data}, values that are not stored left out, and values that are replaced whole filled
   * with their defaults. Other defaults are not added: what was not written stays unwritten.
   * Canonical form of a canonical form is itself; values that the server would refuse stay as they
   * are.
   */
  public static Manifest canonical(Manifest desired, KindShape shape) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>(desired.tree());
    if (shape.status()) {
      written.remove("status");
    }
    if (written.get("metadata") instanceof Map<?, ?> metadata) {
      Map<String, @Nullable Object> kept = new LinkedHashMap<>(Trees.object(metadata));
      SERVER_METADATA.forEach(kept::remove);
      written.put("metadata", kept);
    }
    textsToData(written, shape);
    Map<String, @Nullable Object> stored = StoredForm.of(written, shape.shape());
    Dropped.from(shape, stored);
    return Manifest.of(fields(written, stored, shape.shape()));
  }

  /**
   * Returns {@code desired} with every constant default of its kind filled in, however deep, and
   * without what would not be stored. Defaults that depend on other fields are not added.
   */
  public static Manifest withDefaults(Manifest desired, KindShape shape) {
    return Manifest.of(StoredForm.of(desired.tree(), shape.shape()));
  }

  private static void textsToData(Map<String, @Nullable Object> written, KindShape shape) {
    boolean secret = shape.kind().group().isEmpty() && shape.kind().kind().equals("Secret");
    if (secret && written.remove("stringData") instanceof Map<?, ?> texts) {
      Map<String, @Nullable Object> data = new LinkedHashMap<>(Trees.object(written.get("data")));
      Trees.object(texts)
          .forEach((key, text) -> data.put(key, Scalars.encoded(Trees.string(text))));
      written.put("data", data);
    }
  }

  private static @Nullable Object value(
      @Nullable Object written, @Nullable Object stored, Shape shape) {
    if (shape.atomic() || Values.isAny(shape)) {
      return stored;
    }
    if (written instanceof Map && stored instanceof Map) {
      return fields(Values.map(written), Values.map(stored), shape);
    }
    if (written instanceof List && stored instanceof List) {
      return items(Values.list(written), Values.list(stored), shape);
    }
    return written instanceof Map || written instanceof List ? written : stored;
  }

  private static Map<String, @Nullable Object> fields(
      Map<String, @Nullable Object> written, Map<String, @Nullable Object> stored, Shape shape) {
    Map<String, @Nullable Object> canonical = new LinkedHashMap<>();
    written.forEach(
        (key, value) -> {
          Object kept = stored.get(key);
          boolean named = shape.field(key) != null;
          boolean dropped =
              shape.asWritten()
                  ? !stored.containsKey(key) || (value == null && kept != null)
                  : kept == null || (value == null && named);
          if (!dropped) {
            canonical.put(key, value(value, kept, Values.child(shape, key)));
          } else if (shape.child(key) == null) {
            canonical.put(key, value); // the server refuses it: so it must see it
          }
        });
    return canonical;
  }

  private static List<@Nullable Object> items(
      List<@Nullable Object> written, List<@Nullable Object> stored, Shape shape) {
    List<@Nullable Object> canonical = new ArrayList<>(written.size());
    for (int i = 0; i < written.size(); i++) {
      Object kept = i < stored.size() ? stored.get(i) : null;
      if (shape.listType() == ListType.KEYED && written.get(i) instanceof Map) {
        PathElement element = Values.element(shape, written.get(i));
        boolean same = element != null && element.equals(Values.element(shape, kept));
        canonical.add(same ? value(written.get(i), kept, shape.items()) : written.get(i));
      } else {
        canonical.add(kept);
      }
    }
    return canonical;
  }
}

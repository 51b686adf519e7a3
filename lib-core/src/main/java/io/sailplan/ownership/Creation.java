package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API server makes up when an object is created, and keeps when it is changed. */
final class Creation {
  private Creation() {}

  static void prepare(KindShape shape, Map<String, @Nullable Object> stored, Instant time) {}

  static void keep(KindShape shape, Map<String, @Nullable Object> stored, Manifest live) {}

  /** The fields of a new object that nobody can know before. */
  static FieldSet serverChosen(KindShape shape, Map<String, @Nullable Object> stored) {
    List<FieldPath> paths = new ArrayList<>();
    for (String field : List.of("uid", "resourceVersion", "creationTimestamp")) {
      paths.add(FieldPath.of("metadata", field));
    }
    return FieldSet.of(paths);
  }
}

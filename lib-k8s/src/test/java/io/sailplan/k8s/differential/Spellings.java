package io.sailplan.k8s.differential;

import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Other ways to write the same. */
final class Spellings {
  private static final Map<String, List<Object>> QUANTITIES =
      Map.of(
          "1", List.of("1000m", "1.0", 1L, "1e0"),
          "500m", List.of("0.5", ".5", "0.500", 0.5),
          "1Gi", List.of("1024Mi", "1048576Ki", "1073741824"),
          "1024Mi", List.of("1Gi"),
          "512Mi", List.of("0.5Gi", "524288Ki"),
          "100m", List.of("0.1", "0.10"),
          "2", List.of("2000m", 2L),
          "1k", List.of("1000", "1e3"));

  private Spellings() {}

  static @Nullable Object other(Object value, Shape shape, Random random) {
    if (shape.type() == ShapeType.QUANTITY) {
      List<Object> ways = QUANTITIES.getOrDefault(String.valueOf(value), List.of());
      return ways.isEmpty() ? null : ways.get(random.nextInt(ways.size()));
    }
    if (shape.type() == ShapeType.BYTES && value instanceof String text && text.length() >= 4) {
      return text.substring(0, 4) + "\n" + text.substring(4);
    }
    if (value instanceof Long number && shape.type() == ShapeType.INT32) {
      return number.doubleValue();
    }
    if (value instanceof String text && shape.type() == ShapeType.TIME && text.endsWith("Z")) {
      return text.replace("Z", "+00:00");
    }
    return null;
  }

  /** Any value of a type; null if none comes to mind. */
  static @Nullable Object any(Shape shape, Random random) {
    switch (shape.type()) {
      case STRING:
        return "x" + random.nextInt(3);
      case INT32:
      case INT64:
      case INT_OR_STRING:
        return (long) random.nextInt(5);
      case BYTES:
        return "eHl6";
      case ANY:
        return random.nextBoolean() ? "y" : 7L;
      default:
        return null;
    }
  }
}

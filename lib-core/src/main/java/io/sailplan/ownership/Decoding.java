package io.sailplan.ownership;

import io.sailplan.model.PlainPath;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values that fit the schema and still cannot be read into the types of the server: bad base64,
 * quantities and times.
 */
final class Decoding {
  private static final Set<ShapeType> WRITTEN_IN_A_FORM =
      Set.of(ShapeType.BYTES, ShapeType.QUANTITY, ShapeType.TIME, ShapeType.MICRO_TIME);

  private static final Set<ShapeType> NUMBERS_TOO =
      Set.of(
          ShapeType.BYTES,
          ShapeType.QUANTITY,
          ShapeType.TIME,
          ShapeType.MICRO_TIME,
          ShapeType.INT32,
          ShapeType.INT64);

  private Decoding() {}

  /**
   * The path of the first value that cannot be read; empty if all can. Custom resources are not
   * read into types.
   */
  static String firstError(Map<String, @Nullable Object> object, KindShape shape) {
    return shape.custom() ? "" : find(object, shape.shape(), "", WRITTEN_IN_A_FORM);
  }

  /** The same for an object that was sent as it is: numbers that are too large are not cut. */
  static String firstErrorStrictly(Map<String, @Nullable Object> object, KindShape shape) {
    return shape.custom() ? "" : find(object, shape.shape(), "", NUMBERS_TOO);
  }

  private static String find(
      @Nullable Object value, Shape shape, String path, Set<ShapeType> types) {
    if (value instanceof Map) {
      for (Map.Entry<String, @Nullable Object> entry : Values.map(value).entrySet()) {
        String error =
            find(
                entry.getValue(),
                Values.child(shape, entry.getKey()),
                PlainPath.field(path, entry.getKey()),
                types);
        if (!error.isEmpty()) {
          return error;
        }
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        String error = find(list.get(i), shape.items(), PlainPath.item(path, i), types);
        if (!error.isEmpty()) {
          return error;
        }
      }
    } else if (value != null && types.contains(shape.type())) {
      return ScalarRules.wanted(value, shape.type()).isEmpty() ? "" : path;
    }
    return "";
  }
}

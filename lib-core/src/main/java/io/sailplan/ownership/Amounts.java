package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects as the server compares them: an amount is the same however it is spelt, {@code 1Ki} or
 * {@code 1024}, though it is stored as it was.
 */
final class Amounts {
  private Amounts() {}

  /** Returns a copy that spells every quantity as the plain number that it is. */
  static Manifest plain(Manifest object, Shape shape) {
    return Manifest.of(Values.map(plain(object.tree(), shape)));
  }

  private static @Nullable Object plain(@Nullable Object value, Shape shape) {
    if (value instanceof Map) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      Values.map(value)
          .forEach((key, child) -> fields.put(key, plain(child, Values.child(shape, key))));
      return fields;
    }
    if (value instanceof List) {
      List<@Nullable Object> items = new ArrayList<>();
      Values.list(value).forEach(item -> items.add(plain(item, shape.items())));
      return items;
    }
    return shape.type() == ShapeType.QUANTITY
        ? Quantities.value(value)
            .<Object>map(amount -> amount.stripTrailingZeros().toPlainString())
            .orElse(value)
        : value;
  }
}

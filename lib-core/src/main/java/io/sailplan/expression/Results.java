package io.sailplan.expression;

import io.sailplan.expression.Stop.Failure;
import io.sailplan.model.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the value of an expression into one that can stand in a manifest. */
final class Results {
  private Results() {}

  /** Returns a tree, or {@link Stop} or {@link OmitMarker}; null for null. */
  static @Nullable Object tree(Frame frame, Object value) {
    Object consumed = frame.consume(value);
    if (consumed instanceof Stop) {
      return consumed;
    }
    try {
      return convert(frame, consumed);
    } catch (CallFailure e) {
      return e.at(0);
    }
  }

  private static @Nullable Object convert(Frame frame, @Nullable Object raw) {
    Object value = Values.of(raw);
    frame.spend(1);
    if (Trees.isCopy(value)) {
      return value;
    }
    if (value == NullValue.NULL) {
      return null;
    }
    if (value instanceof Double real) {
      if (!Double.isFinite(real)) {
        throw new CallFailure("a number that is not finite cannot stand in a manifest");
      }
      return real;
    }
    if (value instanceof Unsigned unsigned) {
      if (unsigned.bits() < 0) {
        throw new CallFailure("the number is larger than a manifest can hold");
      }
      return unsigned.bits();
    }
    if (value instanceof Bytes bytes) {
      return bytes.base64();
    }
    if (value instanceof Instant time) {
      return Times.text(time);
    }
    if (value instanceof Duration duration) {
      return GoDurations.text(duration);
    }
    if (value instanceof OptionalValue optional) {
      return optional.value() == null ? null : convert(frame, optional.value());
    }
    if (value instanceof List<?> list) {
      return list(frame, list);
    }
    if (value instanceof Map<?, ?> map) {
      return map(frame, map);
    }
    if (value == OmitMarker.OMIT) {
      return value;
    }
    throw new CallFailure(
        "a value of the type " + Values.typeName(value) + " cannot stand in a manifest");
  }

  private static Object list(Frame frame, List<?> list) {
    List<@Nullable Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      Object converted = convert(frame, item);
      if (converted != OmitMarker.OMIT) {
        items.add(converted);
      }
    }
    return items;
  }

  private static Object map(Frame frame, Map<?, ?> map) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    map.forEach(
        (key, item) -> {
          if (!(key instanceof String name)) {
            throw new CallFailure("a key that is not text cannot stand in a manifest");
          }
          Object converted = convert(frame, item);
          if (converted != OmitMarker.OMIT) {
            fields.put(name, converted);
          }
        });
    return fields;
  }

  /** Returns a failure that text cannot take a value. */
  static Failure notText(Object value) {
    String type = Values.typeName(value);
    return Failure.of("text takes string, and this gives " + type, 0)
        .hint(
            value instanceof OptionalValue
                ? "Say with .orValue(…) what stands there when there is no value."
                : "Make text of it with string(…).");
  }
}

package io.sailplan.expression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON the way Go writes it: keys in order, {@code <}, {@code >} and {@code &} escaped. */
final class JsonWriter {
  private final Frame frame;
  private final StringBuilder text = new StringBuilder();

  private JsonWriter(Frame frame) {
    this.frame = frame;
  }

  static String write(Frame frame, Object value) {
    JsonWriter writer = new JsonWriter(frame);
    writer.value(value);
    return writer.text.toString();
  }

  private void value(Object value) {
    frame.spend(1);
    if (value == NullValue.NULL || (value instanceof OptionalValue none && !none.isPresent())) {
      text.append("null");
    } else if (value instanceof OptionalValue optional && optional.value() != null) {
      value(optional.value());
    } else if (value instanceof String string) {
      string(string);
    } else if (value instanceof Double real) {
      if (!Double.isFinite(real)) {
        throw new CallFailure("JSON cannot hold a number that is not finite");
      }
      text.append(GoNumbers.json(real));
    } else if (value instanceof Bytes bytes) {
      string(bytes.base64());
    } else if (value instanceof Instant time) {
      string(Times.text(time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS)));
    } else if (value instanceof Duration duration) {
      string(GoDurations.text(duration));
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof Long || value instanceof Unsigned || value instanceof Boolean) {
      text.append(value);
    } else {
      throw new CallFailure("JSON cannot hold a value of the type " + Values.typeName(value));
    }
  }

  private void list(List<?> list) {
    text.append('[');
    String separator = "";
    for (Object item : list) {
      text.append(separator);
      value(Values.of(item));
      separator = ",";
    }
    text.append(']');
  }

  private void object(Map<?, ?> map) {
    frame.spend(map.size());
    TreeMap<String, Object> sorted = new TreeMap<>(Values::compareText);
    map.forEach(
        (key, item) -> {
          if (!(key instanceof String name)) {
            throw new CallFailure("JSON cannot hold a key that is not text");
          }
          sorted.put(name, Values.of(item));
        });
    text.append('{');
    String separator = "";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      text.append(separator);
      string(entry.getKey());
      text.append(':');
      value(entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private void string(String value) {
    frame.spendText(value.length());
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int at = "\"\\\b\f\n\r\t".indexOf(c);
      if (at >= 0) {
        text.append('\\').append("\"\\bfnrt".charAt(at));
      } else if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
        text.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}

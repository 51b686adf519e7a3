package io.sailplan.expression;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a form in which no two different values are the same bytes: each value starts with
 * its type, each text, list and map with its length. The order of a map does not count; numbers
 * that are equal are the same; something absent differs from everything that is there.
 */
final class CanonicalDigest {
  private final Frame frame;
  private final Hasher hasher;

  CanonicalDigest(Frame frame, byte @Nullable [] key) {
    this.frame = frame;
    HashFunction function = key == null ? Hashing.sha256() : Hashing.hmacSha256(key);
    this.hasher = function.newHasher();
  }

  /** Returns the digest in lower-case hexadecimal digits. Used once. */
  String of(Object value) {
    add(value);
    return hasher.hash().toString();
  }

  private void add(Object value) {
    frame.spend(2);
    if (value == NullValue.NULL) {
      hasher.putByte((byte) 'n');
    } else if (value instanceof Boolean flag) {
      hasher.putByte((byte) (flag ? 't' : 'f'));
    } else if (value instanceof Long || value instanceof Unsigned) {
      text('i', value.toString());
    } else if (value instanceof Double real) {
      number(real);
    } else if (value instanceof String text) {
      text('s', text);
    } else if (value instanceof Bytes bytes) {
      frame.spendText(bytes.size());
      hasher.putByte((byte) 'b').putInt(bytes.size()).putBytes(bytes.value());
    } else if (value instanceof Instant time) {
      text('m', Times.text(time));
    } else if (value instanceof Duration duration) {
      text('d', Times.text(duration));
    } else if (value instanceof OptionalValue optional) {
      hasher.putByte((byte) 'o');
      if (optional.value() != null) {
        add(optional.value());
      } else {
        hasher.putByte((byte) 'a');
      }
    } else if (value instanceof List<?> list) {
      hasher.putByte((byte) 'l').putInt(list.size());
      list.forEach(item -> add(Values.of(item)));
    } else if (value instanceof Map<?, ?> map) {
      map(map);
    } else {
      throw new CallFailure("there is no digest of a value of the type " + Values.typeName(value));
    }
  }

  private void number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 0x1p63) {
      text('i', Long.toString((long) value));
    } else {
      text('r', GoNumbers.text(value));
    }
  }

  private void text(char type, String text) {
    frame.spendText(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hasher.putByte((byte) type).putInt(bytes.length).putBytes(bytes);
  }

  private void map(Map<?, ?> map) {
    frame.spend(map.size());
    TreeMap<String, Map.Entry<Object, Object>> sorted = new TreeMap<>();
    map.forEach(
        (key, item) ->
            sorted.put(Values.typeName(key) + ":" + key, Map.entry(key, Values.of(item))));
    hasher.putByte((byte) 'h').putInt(sorted.size());
    sorted
        .values()
        .forEach(
            entry -> {
              add(entry.getKey());
              add(entry.getValue());
            });
  }
}

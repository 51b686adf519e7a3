package io.sailplan.expression;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CEL's bytes. */
final class Bytes implements Comparable<Bytes> {
  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** Takes the array as its own. */
  static Bytes of(byte[] value) {
    return new Bytes(value);
  }

  static Bytes of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] value() {
    return value;
  }

  int size() {
    return value.length;
  }

  Bytes plus(Bytes other) {
    byte[] both = Arrays.copyOf(value, value.length + other.value.length);
    System.arraycopy(other.value, 0, both, value.length, other.value.length);
    return new Bytes(both);
  }

  String base64() {
    return Base64.getEncoder().encodeToString(value);
  }

  /** Returns the text that these bytes are in UTF-8; empty if they are none. */
  Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(value))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }
}

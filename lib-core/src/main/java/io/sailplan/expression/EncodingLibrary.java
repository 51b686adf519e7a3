package io.sailplan.expression;

import com.google.common.hash.Hashing;
import io.sailplan.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64, JSON, hashes and what looks random; with kro's results. */
final class EncodingLibrary {
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  private EncodingLibrary() {}

  static void declare(FunctionTable table) {
    table.add("base64.encode(bytes): string", (f, a) -> encode(f, (Bytes) a[0]));
    table.add("base64.decode(string): bytes", (f, a) -> decode(f, (String) a[0]));
    table.add("json.marshal(dyn): string", (f, a) -> JsonWriter.write(f, a[0]));
    table.add("json.unmarshal(string): dyn", (f, a) -> read(f, (String) a[0]));
    table.add("hash.fnv64a(string): bytes", (f, a) -> Bytes.of(fnv64a(utf8(f, a[0]))));
    table.add("hash.sha256(string): bytes", (f, a) -> Bytes.of(sha256(utf8(f, a[0]))));
    table.add("hash.md5(string): bytes", (f, a) -> Bytes.of(md5(utf8(f, a[0]))));
    table.add(
        "random.seededString(int, string): string",
        (f, a) -> seededString(f, (Long) a[0], utf8(f, a[1])));
    table.add(
        "random.seededInt(int, int, string): int",
        (f, a) -> seededInt((Long) a[0], (Long) a[1], utf8(f, a[2])));
  }

  private static byte[] utf8(Frame frame, Object text) {
    frame.spendText(((String) text).length());
    return ((String) text).getBytes(StandardCharsets.UTF_8);
  }

  private static Object encode(Frame frame, Bytes bytes) {
    frame.spendText(bytes.size());
    return bytes.base64();
  }

  /** Padding may be missing, as in Go's library. */
  private static Object decode(Frame frame, String text) {
    frame.spendText(text.length());
    try {
      return Bytes.of(Base64.getDecoder().decode(text.replace("\n", "").replace("\r", "")));
    } catch (IllegalArgumentException e) {
      throw new CallFailure("the text is not base64");
    }
  }

  private static Object read(Frame frame, String text) {
    frame.spend(text.length() + 1L);
    try {
      return Values.of(Json.read(text));
    } catch (IllegalArgumentException e) {
      throw new CallFailure("the text is not JSON");
    }
  }

  static byte[] sha256(byte[] data) {
    return Hashing.sha256().hashBytes(data).asBytes();
  }

  @SuppressWarnings("deprecation") // it is kro's function; nobody takes it for safe
  private static byte[] md5(byte[] data) {
    return Hashing.md5().hashBytes(data).asBytes();
  }

  private static byte[] fnv64a(byte[] data) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : data) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return com.google.common.primitives.Longs.toByteArray(hash);
  }

  private static Object seededInt(long least, long most, byte[] seed) {
    if (least >= most) {
      throw new CallFailure("the least number is not below the largest");
    }
    long number = com.google.common.primitives.Longs.fromByteArray(sha256(seed));
    return least + Long.remainderUnsigned(number, most - least);
  }

  /** Each four bytes of the hash choose a character; there is no more than the hash holds. */
  private static Object seededString(Frame frame, long length, byte[] seed) {
    if (length <= 0) {
      throw new CallFailure("the length is not positive");
    }
    frame.spendText(length);
    byte[] hash = sha256(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int start = (i * 4) % hash.length;
      int number =
          com.google.common.primitives.Ints.fromBytes(
              hash[start], hash[start + 1], hash[start + 2], hash[start + 3]);
      text.append(ALPHABET.charAt(Integer.remainderUnsigned(number, ALPHABET.length())));
    }
    return text.toString();
  }
}

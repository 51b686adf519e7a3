package io.sailplan.expression;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An IP address: four or sixteen bytes. */
final class Address implements Extra {
  private static final int GROUPS = 8;

  private final byte[] bytes;

  Address(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the address that a text is; empty if it is none, or an IPv4 one inside of IPv6. */
  static Optional<Address> parse(String text) {
    if (text.length() > 64) {
      return Optional.empty();
    }
    byte[] bytes = text.indexOf(':') >= 0 ? version6(text) : version4(text);
    if (bytes == null) {
      return Optional.empty();
    }
    Address address = new Address(bytes);
    return address.isMapped() ? Optional.empty() : Optional.of(address);
  }

  private static byte @Nullable [] version4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
        return null;
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  private static byte @Nullable [] version6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all != null && all.length == 16 ? all : null;
    }
    String after = text.substring(gap + 2);
    byte[] left = groups(text.substring(0, gap));
    byte[] right = groups(after);
    // An address in dots may only stand at the very end, and the gap holds at least one group.
    if (left == null
        || right == null
        || text.substring(0, gap).contains(".")
        || left.length + right.length > 14) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(left, 16);
    System.arraycopy(right, 0, bytes, 16 - right.length, right.length);
    return bytes;
  }

  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[0];
    for (int i = 0; i < parts.length; i++) {
      byte[] next;
      if (i == parts.length - 1 && parts[i].contains(".")) {
        next = version4(parts[i]);
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        int group = Integer.parseInt(parts[i], 16);
        next = new byte[] {(byte) (group >> 8), (byte) group};
      } else {
        return null;
      }
      if (next == null || bytes.length + next.length > 16) {
        return null;
      }
      bytes = Arrays.copyOf(bytes, bytes.length + next.length);
      System.arraycopy(next, 0, bytes, bytes.length - next.length, next.length);
    }
    return bytes;
  }

  private boolean isMapped() {
    return bytes.length == 16
        && bytes[10] == -1
        && bytes[11] == -1
        && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
  }

  @Override
  public String typeName() {
    return Types.IP.name();
  }

  int bits() {
    return bytes.length * 8;
  }

  boolean isVersion4() {
    return bytes.length == 4;
  }

  private int group(int index) {
    return ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
  }

  private int first() {
    return bytes[0] & 0xff;
  }

  boolean isUnspecified() {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }

  boolean isLoopback() {
    return isVersion4() ? first() == 127 : text().equals("::1");
  }

  boolean isMulticast() {
    return isVersion4() ? (first() & 0xf0) == 0xe0 : first() == 0xff;
  }

  boolean isLinkLocalMulticast() {
    return isVersion4() ? group(0) == 0xe000 && bytes[2] == 0 : (group(0) & 0xff0f) == 0xff02;
  }

  boolean isLinkLocalUnicast() {
    return isVersion4() ? group(0) == 0xa9fe : (group(0) & 0xffc0) == 0xfe80;
  }

  boolean isGlobalUnicast() {
    return !(isUnspecified()
        || isLoopback()
        || isMulticast()
        || isLinkLocalUnicast()
        || text().equals("255.255.255.255"));
  }

  /** Returns this address with all but its first bits set to 0. */
  Address masked(int length) {
    byte[] masked = bytes.clone();
    for (int i = length; i < bits(); i++) {
      masked[i / 8] &= (byte) ~(0x80 >> i % 8);
    }
    return new Address(masked);
  }

  /** Returns the text as RFC 5952 has it. */
  String text() {
    if (isVersion4()) {
      return (bytes[0] & 0xff)
          + "."
          + (bytes[1] & 0xff)
          + "."
          + (bytes[2] & 0xff)
          + "."
          + (bytes[3] & 0xff);
    }
    int gap = -1;
    int gapLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(end) == 0) {
        end++;
      }
      if (end - i > gapLength) {
        gap = i;
        gapLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap) {
        text.append("::");
        i += gapLength - 1;
      } else {
        text.append(i > 0 && i != gap + gapLength ? ":" : "").append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Address address && Arrays.equals(bytes, address.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}

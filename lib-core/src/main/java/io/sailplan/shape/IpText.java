package io.sailplan.shape;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;

/** Addresses and ranges as text; nothing is looked up. */
final class IpText {
  private IpText() {}

  /** Returns whether it is an address: without a zone, and without an IPv4 address inside IPv6. */
  static boolean isAddress(String text) {
    return text.indexOf('%') < 0
        && InetAddresses.isInetAddress(text)
        && !(text.contains(":") && text.contains("."));
  }

  /** As {@link #isAddress}, but numbers may have zeros in front. */
  static boolean isSloppyAddress(String text) {
    return isAddress(text.replaceAll("(^|[.])0+(?=[0-9])", "$1"));
  }

  /** Returns whether an address is empty, of this machine, of one link, or of a group on it. */
  static boolean isSpecial(String text) {
    List<Integer> parts = parts(text);
    if (parts.size() == 4) {
      return parts.get(0) == 127
          || text.equals("0.0.0.0")
          || (parts.get(0) == 169 && parts.get(1) == 254)
          || text.startsWith("224.0.0.");
    }
    boolean low = parts.subList(0, 7).stream().allMatch(part -> part == 0) && parts.get(7) < 2;
    boolean link = (parts.get(0) & 0xffc0) == 0xfe80 || (parts.get(0) & 0xff0f) == 0xff02;
    return low || link;
  }

  /** Returns whether it is a range whose other bits are 0. */
  static boolean isRange(String text) {
    int slash = text.indexOf('/');
    String count = text.substring(slash + 1);
    if (slash < 0 || !isAddress(text.substring(0, slash)) || !count.matches("0|[1-9][0-9]{0,2}")) {
      return false;
    }
    List<Integer> parts = parts(text.substring(0, slash));
    int width = parts.size() == 4 ? 8 : 16;
    int bits = Integer.parseInt(count);
    for (int i = bits; i < parts.size() * width; i++) {
      if ((parts.get(i / width) >> (width - 1 - i % width) & 1) != 0) {
        return false;
      }
    }
    return bits <= parts.size() * width;
  }

  /** Returns the bits that all addresses of a range share, as text. */
  static String bits(String range) {
    int slash = range.indexOf('/');
    List<Integer> parts = parts(range.substring(0, slash));
    int width = parts.size() == 4 ? 8 : 16;
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < Integer.parseInt(range.substring(slash + 1)); i++) {
      bits.append(parts.get(i / width) >> (width - 1 - i % width) & 1);
    }
    return bits.toString();
  }

  static boolean isVersion4(String text) {
    return !text.contains(":");
  }

  /** The four or eight numbers of an address. */
  private static List<Integer> parts(String address) {
    List<Integer> parts = new ArrayList<>();
    if (!address.contains(":")) {
      for (String part : address.split("\\.")) {
        parts.add(Integer.valueOf(part));
      }
      return parts;
    }
    int gap = address.indexOf("::");
    groups(gap < 0 ? address : address.substring(0, gap), parts);
    List<Integer> last = new ArrayList<>();
    groups(gap < 0 ? "" : address.substring(gap + 2), last);
    while (parts.size() + last.size() < 8) {
      parts.add(0);
    }
    parts.addAll(last);
    return parts;
  }

  private static void groups(String text, List<Integer> parts) {
    if (!text.isEmpty()) {
      for (String group : text.split(":")) {
        parts.add(Integer.valueOf(group, 16));
      }
    }
  }
}

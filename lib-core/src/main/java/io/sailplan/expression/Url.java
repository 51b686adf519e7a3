package io.sailplan.expression;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A URL as Go's library reads it: absolute, or a path from the root.
 *
 * @param scheme the scheme, in lower case; empty if there is none
 * @param host host and port
 * @param path the path as written
 * @param query what stands between {@code ?} and {@code #}
 * @param text the whole, for comparing
 */
record Url(String scheme, String host, String path, String query, String text) implements Extra {
  private static final String PATH_PLAIN = "-_.~$&+,/:;=@";

  static Optional<Url> parse(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      return Optional.empty();
    }
    int colon = schemeEnd(text);
    if (colon == 0) {
      return Optional.empty(); // a scheme is missing before the colon
    }
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
    String rest = text.substring(colon + 1);
    if (!isRequest(scheme, rest)) {
      return Optional.empty();
    }
    int fragment = rest.indexOf('#');
    if (fragment >= 0) {
      if (!goodEscapes(rest.substring(fragment + 1), false)) {
        return Optional.empty();
      }
      rest = rest.substring(0, fragment);
    }
    int question = rest.indexOf('?');
    String query = question < 0 ? "" : rest.substring(question + 1);
    rest = question < 0 ? rest : rest.substring(0, question);
    if (!rest.startsWith("/")) {
      return Optional.of(new Url(scheme, "", "", query, text));
    }
    String host = "";
    if (rest.startsWith("//") && !(scheme.isEmpty() && rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      host = authority.substring(authority.lastIndexOf('@') + 1);
      if (!goodHost(host) || !goodUser(authority)) {
        return Optional.empty();
      }
    }
    return goodEscapes(rest, false)
        ? Optional.of(new Url(scheme, host, rest, query, text))
        : Optional.empty();
  }

  /** Go reads a request before it looks for a fragment. */
  private static boolean isRequest(String scheme, String rest) {
    String before = rest.indexOf('?') < 0 ? rest : rest.substring(0, rest.indexOf('?'));
    return before.startsWith("/") ? goodEscapes(before, false) : !scheme.isEmpty();
  }

  /** Returns where the colon behind a scheme is; -1 if there is no scheme. */
  private static int schemeEnd(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (c == ':') {
        return i;
      }
      if (!letter && (i == 0 || !inner)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean goodUser(String authority) {
    int at = authority.lastIndexOf('@');
    return at < 0 || authority.substring(0, at).matches("[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*");
  }

  private static boolean goodHost(String host) {
    if (host.startsWith("[")) {
      int end = host.lastIndexOf(']');
      return end > 0 && goodPort(host.substring(end + 1));
    }
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && !goodPort(host.substring(colon))) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      if (" \"\\^`{|}".indexOf(host.charAt(i)) >= 0) {
        return false;
      }
      if (host.charAt(i) == '%' && !host.substring(i).matches("(?s)%[89a-fA-F][0-9a-fA-F].*")) {
        return false;
      }
    }
    return true;
  }

  private static boolean goodPort(String text) {
    return text.matches("|:[0-9]*");
  }

  private static boolean goodEscapes(String text, boolean inQuery) {
    return !text.replaceAll("%[0-9a-fA-F]{2}", "").contains("%") || inQuery;
  }

  @Override
  public String typeName() {
    return Types.URL.name();
  }

  String hostname() {
    if (host.startsWith("[")) {
      return host.substring(1, host.lastIndexOf(']'));
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  String port() {
    int colon = host.lastIndexOf(':');
    return colon < 0 || colon < host.lastIndexOf(']') ? "" : host.substring(colon + 1);
  }

  String escapedPath() {
    if (path.chars().allMatch(c -> isPlain(c) || "!'()*[]%".indexOf(c) >= 0)) {
      return path;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte b : unescape(path, false)) {
      int c = b & 0xff;
      escaped.append(isPlain(c) ? String.valueOf((char) c) : String.format("%%%02X", c));
    }
    return escaped.toString();
  }

  private static boolean isPlain(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || PATH_PLAIN.indexOf(c) >= 0);
  }

  /** Returns the parameters by their names; what cannot be read is left out, as in Go. */
  Map<Object, Object> parameters() {
    Map<String, List<Object>> found = new TreeMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty()
          && !pair.contains(";")
          && goodEscapes(name, false)
          && goodEscapes(value, false)) {
        found.computeIfAbsent(text(name), key -> new ArrayList<>()).add(text(value));
      }
    }
    return new LinkedHashMap<>(found);
  }

  private static String text(String escaped) {
    return new String(unescape(escaped, true), StandardCharsets.UTF_8);
  }

  private static byte[] unescape(String text, boolean inQuery) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        bytes[size++] =
            (byte) ((Character.digit(bytes[i + 1], 16) << 4) | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        bytes[size++] = inQuery && bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return java.util.Arrays.copyOf(bytes, size);
  }
}

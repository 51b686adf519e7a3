package io.sailplan.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts of {@code Warning} headers (RFC 7234, section 5.5). */
final class Warnings {
  /** A code, an agent, a quoted text, and perhaps a quoted date. */
  private static final Pattern WARNING =
      Pattern.compile(
          "\\s*,?\\s*[0-9]{3} \\S+ \"((?:[^\"\\\\]++|\\\\.)*+)\"(?: \"[^\"]*\")?", Pattern.DOTALL);

  private Warnings() {}

  /** Returns the texts, in their order; what is not a warning by the RFC is left out. */
  static List<String> parse(List<String> headers) {
    List<String> texts = new ArrayList<>();
    for (String header : headers) {
      Matcher warning = WARNING.matcher(header);
      while (warning.lookingAt()) {
        texts.add(warning.group(1).replaceAll("\\\\(.)", "$1"));
        warning.region(warning.end(), header.length());
      }
    }
    return texts;
  }
}

package io.sailplan.k8s.differential;

import io.sailplan.model.FieldPath;

/** Takes away what is special to a case, so that like findings are counted together. */
final class Sorts {
  private static final int LONGEST = 220;

  private Sorts() {}

  static String of(String message) {
    String text =
        message
            .replaceAll("\\bc[0-9]+\\b", "NAME")
            .replaceAll("\"[^\"]*\"", "\"…\"")
            .replaceAll("(?s)(Invalid value|Unsupported value|Duplicate value): .*?: ", "$1: … ")
            .replaceAll("\\[(name|port|[a-zA-Z]*=|[0-9])[^\\]]*\\]", "[]")
            .replaceAll("[0-9]+", "0")
            .replaceAll("\\s+", " ");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  static String path(FieldPath path) {
    return path.toString().replaceAll("\\[[^\\]]*\\]", "[]");
  }
}

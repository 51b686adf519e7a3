package io.sailplan.model;

/** Keeps what may be secret out of problems. */
final class Secrecy {
  private static final int LONG = 40;

  private Secrecy() {}

  /**
   * Returns {@code text} if it may be shown as the value at {@code path}: it is short, and does not
   * stand in what could be the data of a Secret. Else returns {@code this value}.
   */
  static String shown(String text, String path) {
    return text.length() > LONG || isData(path) ? "this value" : text;
  }

  /** The kind may not be known yet, so every {@code data} counts, also that of a list's item. */
  private static boolean isData(String path) {
    return PlainPath.steps(path).stream()
        .anyMatch(step -> step.equals("data") || step.equals("stringData"));
  }
}

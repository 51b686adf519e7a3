package io.sailplan.expression;

import java.util.Optional;

/** Versions such as {@code 1.2.3-rc.1}. */
final class SemverLibrary {
  private static final String TYPE = "kubernetes.Semver";

  private SemverLibrary() {}

  static void declare(FunctionTable table) {
    table.add("semver(string): " + TYPE, (f, a) -> parse((String) a[0], false));
    table.add("semver(string, bool): " + TYPE, (f, a) -> parse((String) a[0], (Boolean) a[1]));
    table.add("isSemver(string): bool", (f, a) -> read((String) a[0], false).isPresent());
    table.add(
        "isSemver(string, bool): bool", (f, a) -> read((String) a[0], (Boolean) a[1]).isPresent());
    table.add("[" + TYPE + "].isGreaterThan(" + TYPE + "): bool", (f, a) -> compare(a) > 0);
    table.add("[" + TYPE + "].isLessThan(" + TYPE + "): bool", (f, a) -> compare(a) < 0);
    table.add("[" + TYPE + "].compareTo(" + TYPE + "): int", (f, a) -> (long) compare(a));
    table.add("[" + TYPE + "].major(): int", (f, a) -> ((Version) a[0]).part(0));
    table.add("[" + TYPE + "].minor(): int", (f, a) -> ((Version) a[0]).part(1));
    table.add("[" + TYPE + "].patch(): int", (f, a) -> ((Version) a[0]).part(2));
  }

  private static int compare(Object[] arguments) {
    return ((Version) arguments[0]).compareTo((Version) arguments[1]);
  }

  private static Optional<Version> read(String text, boolean tolerant) {
    return tolerant ? Version.parseTolerant(text) : Version.parse(text);
  }

  private static Object parse(String text, boolean tolerant) {
    return read(text, tolerant)
        .orElseThrow(() -> new CallFailure("the text is not a version such as 1.2.3"));
  }
}

package io.sailplan.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Makes up the name of an application that was given none. */
final class Names {
  private static final int LONGEST = 53;

  private Names() {}

  /**
   * Returns a name made of the first path, alphabetically; {@code app} if nothing is left of it.
   */
  static String of(List<String> paths) {
    String first = paths.isEmpty() ? "" : new TreeSet<>(paths).first();
    if (first.equals("-")) {
      return "stdin";
    }
    Path file = Path.of(first).toAbsolutePath().normalize().getFileName();
    String name =
        (file == null ? "" : file.toString())
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.(yaml|yml|json)$", "")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^-", "");
    name = name.substring(0, Math.min(LONGEST, name.length())).replaceFirst("-$", "");
    return name.isEmpty() ? "app" : name;
  }
}

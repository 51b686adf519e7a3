package io.sailplan.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The texts on which this library and kubectl must agree, and what kubectl decided. */
final class YamlCorpus {
  /** What stands for a text that kubectl refuses. */
  static final String REFUSED = "refused";

  private static final String HEAD =
      "apiVersion: x.test/v1\nkind: Probe\nmetadata:\n  name: probe\nspec:\n  ";

  private YamlCorpus() {}

  /** A text; of {@code specOnly} ones, only the spec of the only object matters. */
  record Case(String id, String text, boolean specOnly) {

    /** Returns what is compared and kept of the objects that were read. */
    Object essence(List<Map<String, Object>> objects) {
      return specOnly ? objects.get(0).get("spec") : objects;
    }

    @Override
    public String toString() {
      return id;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String line : lines("scalars.txt")) {
      cases.add(new Case("scalar " + Json.write(line), HEAD + "v: " + line + "\n", true));
    }
    for (String line : lines("keys.txt")) {
      cases.add(new Case("key " + Json.write(line), HEAD + line + ": x\n", true));
    }
    for (String part : resource("documents.txt").split("(?m)^=== ")) {
      if (!part.isEmpty()) {
        int end = part.indexOf('\n');
        cases.add(new Case("document " + part.substring(0, end), part.substring(end + 1), false));
      }
    }
    return cases;
  }

  /** Returns what kubectl decided, by the id of the case: JSON, or {@link #REFUSED}. */
  static Map<String, String> decided() {
    return table("decided.txt");
  }

  /**
   * Returns where this library differs on purpose: the code of the problem that it reports, or
   * {@code accepted}.
   */
  static Map<String, String> differences() {
    return table("differences.txt");
  }

  private static Map<String, String> table(String name) {
    Map<String, String> table = new LinkedHashMap<>();
    for (String line : lines(name)) {
      int tab = line.indexOf('\t');
      table.put(line.substring(0, tab), line.substring(tab + 1));
    }
    return table;
  }

  private static List<String> lines(String name) {
    return resource(name)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("# "))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream in = YamlCorpus.class.getResourceAsStream("/yaml-corpus/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

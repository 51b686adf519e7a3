package io.sailplan.kro;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The tables in {@code src/test/resources/kro}, and what kro itself makes of each case. */
final class Tables {
  private static final Path FOLDER = Path.of("src/test/resources/kro");

  private Tables() {}

  /** Returns the cases of a table. */
  static List<Map<String, @Nullable Object>> cases(String table) {
    List<?> cases = new Yaml().load(read(table + ".yaml"));
    return cases.stream().map(one -> Trees.copyOfObject((Map<String, ?>) object(one))).toList();
  }

  @SuppressWarnings("unchecked") // YAML's maps have the keys that were written
  private static Map<String, ?> object(Object value) {
    return (Map<String, ?>) value;
  }

  /** Returns all that kro said, in the order of the table. */
  static @Nullable Object outcomes(String table) {
    return Json.readObject(read(table + ".outcomes.json")).get("outcomes");
  }

  /** Returns what kro said of one case. */
  static Map<String, @Nullable Object> outcome(String table, String name) {
    return Trees.list(outcomes(table)).stream()
        .map(Trees::object)
        .filter(one -> name.equals(one.get("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no outcome of " + name + ": see docs/kro.md"));
  }

  static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

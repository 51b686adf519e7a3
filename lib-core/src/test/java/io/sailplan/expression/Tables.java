package io.sailplan.expression;

import io.sailplan.model.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the tables of cases. */
final class Tables {
  private Tables() {}

  /** Returns all cases of some tables. */
  static Stream<Case> cases(String... files) {
    return Stream.of(files).flatMap(file -> read(file).stream()).flatMap(Tables::cases);
  }

  private static Stream<Case> cases(Map<String, Object> group) {
    String name = String.valueOf(group.get("group"));
    return Trees.list(group.get("cases")).stream()
        .map(each -> new Case(name, Trees.object(each), group));
  }

  /** Returns the documents of a file. */
  static List<Map<String, Object>> read(String file) {
    try (InputStream text = Tables.class.getResourceAsStream(file)) {
      List<Map<String, Object>> documents = new ArrayList<>();
      new Yaml(new SafeConstructor(new LoaderOptions()))
          .loadAll(text)
          .forEach(document -> documents.add(Trees.object(Trees.copyOf(document))));
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

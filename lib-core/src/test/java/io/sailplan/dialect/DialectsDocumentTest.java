package io.sailplan.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.dialect.Key.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialectsDocumentTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+) \\|");

  @Test
  void the_tables_list_every_key_that_is_read_and_no_other() throws IOException {
    Map<String, Map<String, String>> tables = tables();
    Map<String, List<String>> read = new LinkedHashMap<>();
    for (Key key : Key.all()) {
      read.computeIfAbsent(key.dialect().title(), dialect -> new ArrayList<>()).add(key.name());
    }
    read.get("Argo CD").addAll(ArgoOptions.ALL.stream().map(ArgoOptions.Option::name).toList());
    Map<String, List<String>> written = new LinkedHashMap<>();
    tables.forEach((dialect, rows) -> written.put(dialect, List.copyOf(rows.keySet())));
    assertThat(written).isEqualTo(read);
  }

  @Test
  void the_tables_say_nothing_where_nothing_follows() throws IOException {
    Map<String, Map<String, String>> tables = tables();
    for (Key key : Key.all()) {
      String text = tables.get(key.dialect().title()).get(key.name());
      assertThat(text.startsWith("Nothing")).as(key.name()).isEqualTo(isNothing(key));
    }
    for (ArgoOptions.Option option : ArgoOptions.ALL) {
      String text = tables.get("Argo CD").get(option.name());
      assertThat(text.startsWith("Nothing"))
          .as(option.name())
          .isEqualTo(option.use() == Use.NOTHING);
      assertThat(text.contains("warning"))
          .as(option.name())
          .isEqualTo(option.use() == Use.NOT_CARRIED_OVER);
    }
  }

  @Test
  void every_key_that_protects_is_one_of_them() {
    assertThat(Key.all())
        .extracting(Key::name)
        .containsAll(ProtectionKeys.all().stream().map(ProtectionKeys.Key::key).toList());
  }

  static List<Key> notCarriedOver() {
    return Key.all().stream().filter(key -> !key.instead().isEmpty()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notCarriedOver")
  void what_is_not_carried_over_is_a_warning(Key key) {
    String name = key.name().replace("*", "x");
    assertThat(Spoken.read(Spoken.resource("ConfigMap/a", name + ": value")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.isError()).isFalse();
              assertThat(problem.message()).contains(name).contains(key.dialect().title());
              assertThat(problem.hint()).isEqualTo(key.instead());
            });
  }

  static List<Key> nothing() {
    return Key.all().stream()
        .filter(key -> key.use() == Use.NOTHING && !key.name().contains("strategy"))
        .filter(key -> !key.name().endsWith("/force"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nothing")
  void what_asks_for_nothing_changes_nothing(Key key) {
    String name = key.name().replace("*", "x");
    Conventions conventions = Spoken.read(Spoken.resource("ConfigMap/a", name + ": value"));
    assertThat(conventions.problems()).isEmpty();
    assertThat(conventions.edges()).isEmpty();
    assertThat(conventions.hooks()).isEmpty();
    assertThat(conventions.leftOut()).isEmpty();
    assertThat(conventions.treatments()).isEmpty();
  }

  /** What strategies and force ask for is for the policy to allow. */
  private static boolean isNothing(Key key) {
    return key.use() == Use.NOTHING;
  }

  private static Map<String, Map<String, String>> tables() throws IOException {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    String text = Files.readString(Path.of("../docs/dialects.md"));
    String all = text.substring(text.indexOf("## All keys"), text.indexOf("## What is not known"));
    for (String section : all.split("\n### ")) {
      String title = section.lines().findFirst().orElse("");
      Map<String, String> rows = new LinkedHashMap<>();
      Matcher row = ROW.matcher(section);
      while (row.find()) {
        rows.put(row.group(1), row.group(2));
      }
      if (!rows.isEmpty()) {
        tables.put(title, rows);
      }
    }
    return tables;
  }
}

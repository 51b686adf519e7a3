package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of what the API server does has a sentence, and every such sentence a row. */
class RowsTest {
  private static final Path ROWS = Path.of("../docs/server-side-apply.md");
  private static final Path ADAPTER = Path.of("../lib-k8s/src/test/java/io/sailplan/k8s");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  /** The parts of the contract whose sentences are nothing but rows. */
  private static final List<Class<?>> OF_ROWS =
      List.of(
          WrittenFormContract.class,
          SettlingContract.class,
          RecordingContract.class,
          ConflictContract.class,
          ListContract.class,
          RemovalContract.class,
          TakeoverContract.class,
          AnswerContract.class,
          TurnsContract.class,
          CustomFieldContract.class);

  /** A row: its section, what it is about, and where its sentences stand. */
  private record Row(String section, String about, String sentences) {}

  @Test
  void every_row_has_a_sentence_that_exists() throws Exception {
    Map<String, Set<String>> sentences = sentences();
    List<String> missing = new ArrayList<>();
    for (Row row : rows(ROWS)) {
      if (row.sentences().startsWith("below the port")) {
        missing.addAll(missingInAdapter(row));
      } else {
        missing.addAll(missing(row, sentences));
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<String> missing(Row row, Map<String, Set<String>> sentences) {
    List<String> missing = new ArrayList<>();
    for (String part : row.sentences().split(";")) {
      List<String> names = quoted(part);
      if (names.isEmpty() || !sentences.containsKey(names.get(0))) {
        missing.add(row.about() + ": no sentence " + part);
      } else {
        names.stream()
            .skip(1)
            .filter(name -> !sentences.get(names.get(0)).contains(name))
            .forEach(name -> missing.add(names.get(0) + ": no case " + name));
      }
    }
    return missing;
  }

  private static List<String> missingInAdapter(Row row) throws IOException {
    List<String> missing = new ArrayList<>();
    for (String name : quoted(row.sentences())) {
      String[] test = name.split("\\.");
      Path file = ADAPTER.resolve(test[0] + ".java");
      if (!Files.exists(file) || !Files.readString(file).contains("void " + test[1] + "(")) {
        missing.add(row.about() + ": no test " + name);
      }
    }
    return missing;
  }

  @Test
  void every_sentence_about_rows_stands_in_a_row() throws Exception {
    Set<String> named = new TreeSet<>();
    rows(ROWS).forEach(row -> named.addAll(quoted(row.sentences())));
    Set<String> all = new TreeSet<>();
    for (Class<?> part : OF_ROWS) {
      for (Method method : part.getDeclaredMethods()) {
        if (isSentence(method)) {
          all.add(method.getName());
        }
      }
    }
    all.removeAll(named);
    assertThat(all).isEmpty();
  }

  @Test
  void no_row_of_the_facts_we_started_from_is_forgotten() throws IOException {
    Path facts = Path.of(System.getProperty("sailplan.data", "")).resolveSibling("reference");
    Path reference = facts.resolve("server-side-apply.md");
    assumeThat(reference).exists();
    Set<String> known = new LinkedHashSet<>();
    rows(ROWS).forEach(row -> known.add(row.section() + " " + row.about()));
    assertThat(rows(reference)).hasSizeGreaterThan(70);
    assertThat(rows(reference).stream().map(row -> row.section() + " " + row.about()))
        .allMatch(known::contains);
  }

  /** Returns the names of all sentences of the contract, and the cases of those that have some. */
  private static Map<String, Set<String>> sentences() throws ReflectiveOperationException {
    Map<String, Set<String>> sentences = new LinkedHashMap<>();
    SimulatedClusterContractTest contract = new SimulatedClusterContractTest();
    for (Class<?> part = contract.getClass(); part != null; part = part.getSuperclass()) {
      for (Method method : part.getDeclaredMethods()) {
        if (isSentence(method)) {
          Set<String> cases = new LinkedHashSet<>();
          if (method.isAnnotationPresent(TestFactory.class)) {
            method.setAccessible(true);
            Stream<?> rows = (Stream<?>) method.invoke(contract);
            rows.forEach(row -> cases.add(((DynamicTest) row).getDisplayName()));
          }
          sentences.put(method.getName(), cases);
        }
      }
    }
    return sentences;
  }

  private static boolean isSentence(Method method) {
    return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class);
  }

  /** Returns the rows of all tables, whose second column is the last one that matters. */
  private static List<Row> rows(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    String section = "";
    boolean inTable = false;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("## ")) {
        section = line.substring(3, line.indexOf('.'));
      }
      if (line.startsWith("|---")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable) {
        String[] cells = line.substring(1).split("\\|");
        rows.add(new Row(section, cells[0].strip(), cells[1].strip()));
      }
    }
    return rows;
  }

  private static List<String> quoted(String text) {
    List<String> names = new ArrayList<>();
    Matcher name = QUOTED.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}

package io.sailplan.cli;

import static io.sailplan.cli.Sailing.data;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of files, and of the documents in them, must not matter to a single byte. */
class OrderTest {
  private static final long SEED = Long.getLong("sailplan.test.seed", 20260301);

  @TempDir Path folder;

  private final Map<String, List<String>> expected = new LinkedHashMap<>();

  @Test
  void of_documents_in_a_file_does_not_matter() throws IOException {
    List<String> documents = documents();
    Path file = folder.resolve("metallb.yaml");
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      Files.writeString(file, String.join("\n---\n", documents), UTF_8);
      compare(i, List.of(file.toString()));
      Collections.shuffle(documents, random);
    }
  }

  @Test
  void of_files_does_not_matter() throws IOException {
    List<String> files = new ArrayList<>();
    for (String document : documents()) {
      Path file = folder.resolve("part-" + files.size() + ".yaml");
      Files.writeString(file, document, UTF_8);
      files.add(file.toString());
    }
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      compare(i, files);
      Collections.shuffle(files, random);
    }
  }

  private static List<String> documents() throws IOException {
    List<String> documents = new ArrayList<>();
    for (String name : List.of("manifests/metallb.yaml", "own/metallb-config.yaml")) {
      Collections.addAll(documents, Files.readString(data(name), UTF_8).split("(?m)^---\\s*$", -1));
    }
    assertThat(documents).hasSizeGreaterThan(20);
    return documents;
  }

  /** Runs three commands, now for text, now for JSON, and compares with the first time. */
  private void compare(int number, List<String> files) {
    String format = number % 10 == 1 ? "json" : "text";
    for (List<String> command :
        List.of(List.of("validate"), List.of("graph"), List.of("plan", "--offline"))) {
      List<String> line = new ArrayList<>(command);
      Collections.addAll(line, "-o", format);
      files.forEach(file -> Collections.addAll(line, "-f", file));
      Sailing.Result result = Sailing.sail(line.toArray(new String[0]));
      assertThat(result.exit()).as(result.err()).isIn(ExitCode.DONE, ExitCode.PENDING);
      List<String> found = lines(result.out() + result.err(), files.size() == 1);
      List<String> first = expected.computeIfAbsent(command + format, key -> found);
      assertThat(found).as("%s", command).hasSameSizeAs(first);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i))
            .as("%s, shuffle %d of seed %d", command, number, SEED)
            .isEqualTo(first.get(i));
      }
    }
  }

  /** A document that has moved within its file has other places, rightly. */
  private static List<String> lines(String text, boolean moved) {
    return (moved
            ? text.replaceAll(":[0-9]+:[0-9]+:", ":")
                .replaceAll("\"(line|column)\": [0-9]+", "\"$1\": n")
            : text)
        .lines()
        .toList();
  }
}

package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text, reading it ends, throws nothing, and gives the same answer again. */
@Timeout(120)
class ReaderFuzzTest {
  private static final String[] PIECES = {
    "---",
    "\n",
    "\n  ",
    "\t",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "|",
    ">",
    "#",
    "!!int ",
    "!",
    "%",
    "@",
    "\\",
    "\\u",
    "0x",
    "1e400",
    ".inf",
    "~",
    "items:",
    "kind: List",
    "\u0000",
    "\u2028",
    "\ufeff",
    "\ud83d",
    "é",
    "\r",
    "...",
    "=",
    "<<"
  };

  @Test
  void survives_mutations_of_the_corpus_and_of_broken_files() throws IOException {
    List<String> texts = new ArrayList<>();
    YamlCorpus.cases().forEach(text -> texts.add(text.text()));
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/broken-input"))) {
      for (Path file : files.sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      check(mutate(texts.get(random.nextInt(texts.size())), random), seed, i);
    }
  }

  @Test
  void survives_rubbish() {
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      check(new String(bytes, StandardCharsets.ISO_8859_1), seed, i);
      StringBuilder pieces = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        pieces.append(PIECES[random.nextInt(PIECES.length)]);
      }
      check(pieces.toString(), seed, i);
    }
  }

  private static void check(String text, long seed, int round) {
    try {
      ReadResult result = ManifestReader.standard().read("f", text);
      for (Problem problem : result.problems()) {
        assertThat(problem.location()).isNotNull();
        assertThat(problem.message()).isNotBlank();
      }
      for (Resource resource : result.resources()) {
        assertThat(resource.manifest().kind()).isNotEmpty();
        assertThat(resource.manifest().name()).isNotEmpty();
        assertThat(Json.read(resource.manifest().toJson())).isEqualTo(resource.manifest().tree());
      }
      ReadResult again = ManifestReader.standard().read("f", text);
      assertThat(again.problems()).isEqualTo(result.problems());
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", round " + round + ", text " + Json.write(text), e);
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(8));
      String piece = PIECES[random.nextInt(PIECES.length)];
      switch (random.nextInt(4)) {
        case 0:
          mutant.delete(at, end);
          break;
        case 1:
          mutant.insert(at, piece);
          break;
        case 2:
          mutant.replace(at, end, piece);
          break;
        default:
          mutant.insert(at, mutant.substring(at, end));
      }
    }
    return mutant.toString();
  }

  private static long seed() {
    long seed = Long.getLong("sailplan.test.seed", 1);
    System.out.println("ReaderFuzzTest: -Dsailplan.test.seed=" + seed);
    return seed;
  }
}

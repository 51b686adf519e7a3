package io.sailplan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The fenced blocks of the documents in the checkout. */
final class Markdown {
  static final Path ROOT = Path.of("..", "..");

  /** A block: where it starts, its language, and its lines. */
  record Block(Path file, int line, String language, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }

    @Override
    public String toString() {
      return ROOT.relativize(file) + ":" + line;
    }
  }

  private Markdown() {}

  /** Returns all blocks of README.md and of what lies in docs and samples. */
  static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> samples = Files.list(ROOT.resolve("samples"))) {
      List<Path> files =
          Stream.of(top, docs, samples)
              .flatMap(stream -> stream)
              .filter(file -> file.toString().endsWith(".md"))
              .sorted()
              .toList();
      for (Path file : files) {
        blocks.addAll(blocks(file));
      }
    }
    return blocks;
  }

  static List<Block> blocks(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Block open = null;
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.strip().startsWith("```")) {
        if (open != null) {
          open.lines().add(line);
        }
      } else if (open == null) {
        open = new Block(file, number, line.strip().substring(3), new ArrayList<>());
      } else {
        blocks.add(open);
        open = null;
      }
    }
    return blocks;
  }
}

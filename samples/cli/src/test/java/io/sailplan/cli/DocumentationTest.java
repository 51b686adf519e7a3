package io.sailplan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sailplan.cli.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents show is compiled, parsed or printed by the build: it cannot drift. */
class DocumentationTest {
  /** What plugins of Maven read. */
  private static final Set<String> OF_PLUGINS =
      Set.of(
          "skipTests",
          "test",
          "it.test",
          "surefire.failIfNoSpecifiedTests",
          "failsafe.failIfNoSpecifiedTests");

  private static final Set<String> GOALS =
      Set.of("test", "package", "verify", "install", "clean", "spotless:apply");

  @Test
  void shows_no_java_that_is_not_compiled() throws IOException {
    List<List<String>> sources = sources();
    List<Block> blocks =
        Markdown.blocks().stream().filter(block -> block.language().equals("java")).toList();

    assertThat(blocks).isNotEmpty();
    assertThat(blocks)
        .allSatisfy(
            block ->
                assertThat(sources.stream().anyMatch(source -> holds(source, block.lines())))
                    .as("%s stands, line for line, in a source file of the build", block)
                    .isTrue());
  }

  @Test
  void shows_no_command_that_is_not_understood() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Block block : Markdown.blocks()) {
      if (Set.of("sh", "bash", "console").contains(block.language())) {
        commands.addAll(commands(block));
      }
    }

    assertThat(commands).anyMatch(command -> command.startsWith("sailplan "));
    assertThat(commands).anyMatch(command -> command.startsWith("./mvnw "));
    String poms = Files.readString(Markdown.ROOT.resolve("pom.xml"));
    for (String command : commands) {
      String[] words = command.split(" +");
      if (words[0].equals("sailplan")) {
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        assertThatCode(() -> Cli.commandLine(Console.ofProcess()).parseArgs(arguments))
            .as(command)
            .doesNotThrowAnyException();
      } else if (words[0].equals("./mvnw")) {
        understoodByMaven(command, words, poms);
      }
    }
  }

  @Test
  void shows_the_help_of_every_command_as_it_is() throws IOException {
    Path file = Markdown.ROOT.resolve("docs/cli.md");
    Set<String> missing =
        new TreeSet<>(Cli.commandLine(Console.ofProcess()).getSubcommands().keySet());
    missing.remove("help");
    for (Block block : Markdown.blocks(file)) {
      if (block.text().startsWith("Usage: sailplan ")) {
        String command = block.text().split("\\s+", 4)[2];
        String usage = usage(command);
        if (Boolean.getBoolean("sailplan.golden.update")) {
          Files.writeString(file, Files.readString(file).replace(block.text(), usage));
        } else {
          assertThat(block.text()).as(block.toString()).isEqualTo(usage);
        }
        missing.remove(command);
      }
    }
    assertThat(missing).as("commands that docs/cli.md does not show").isEmpty();
  }

  private static String usage(String command) {
    Sailing.Result help = Sailing.sail(command, "--help");
    assertThat(help.exit()).as(command).isZero();
    return help.out().stripTrailing();
  }

  /** Returns the commands of a block; where a pipe feeds one, what follows the pipe. */
  private static List<String> commands(Block block) {
    List<String> commands = new ArrayList<>();
    for (String line : String.join("\n", block.lines()).replaceAll("\\\\\n", " ").split("\n")) {
      String text = line.strip();
      if (block.language().equals("console") && !text.startsWith("$ ")) {
        continue; // what the command prints
      }
      for (String part : text.replaceFirst("^\\$ ", "").split("\\||&&|;")) {
        String command =
            part.strip()
                .replaceFirst(" *#.*$", "")
                .replaceFirst("^java -jar samples/cli/target/sailplan.jar", "sailplan");
        if (!command.isEmpty()) {
          commands.add(command);
        }
      }
    }
    return commands;
  }

  private static void understoodByMaven(String command, String[] words, String pom)
      throws IOException {
    for (String word : Arrays.copyOfRange(words, 1, words.length)) {
      if (word.startsWith("-D")) {
        String property = word.substring(2).split("=", 2)[0];
        assertThat(
                pom.contains(property) || OF_PLUGINS.contains(property) || isReadByTests(property))
            .as("something knows " + word + " of " + command)
            .isTrue();
      } else if (!word.startsWith("-") && !Files.isDirectory(Markdown.ROOT.resolve(word))) {
        assertThat(GOALS).as(command).contains(word);
      }
    }
  }

  private static boolean isReadByTests(String property) throws IOException {
    return sources().stream()
        .flatMap(List::stream)
        .anyMatch(line -> line.contains("\"" + property + "\""));
  }

  /** Returns the lines of all sources. */
  private static List<List<String>> sources() throws IOException {
    List<List<String>> sources = new ArrayList<>();
    for (String module : List.of("lib-core", "lib-k8s", "lib-testing", "samples")) {
      try (Stream<Path> files = Files.walk(Markdown.ROOT.resolve(module))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          sources.add(Files.readAllLines(file));
        }
      }
    }
    return sources;
  }

  /**
   * Returns whether the source holds the block, all of it indented by the same number of spaces.
   */
  private static boolean holds(List<String> source, List<String> block) {
    for (int start = 0; start + block.size() <= source.size(); start++) {
      if (source.get(start).endsWith(block.get(0))) {
        int indent = source.get(start).length() - block.get(0).length();
        if (" ".repeat(indent).equals(source.get(start).substring(0, indent))
            && source.subList(start, start + block.size()).equals(indented(block, indent))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> indented(List<String> block, int indent) {
    return block.stream().map(line -> line.isEmpty() ? line : " ".repeat(indent) + line).toList();
  }
}

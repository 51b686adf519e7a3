package io.sailplan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** Runs the command in this process, with its streams captured; without a kubeconfig. */
final class Sailing {
  private String stdin = "";
  private boolean interactive;
  private final Map<String, String> environment =
      new TreeMap<>(Map.of("HOME", "/nowhere", "TERM", "xterm"));
  private Interrupts interrupts = cancel -> () -> {};

  /** What a command line came to. */
  record Result(int exit, String out, String err) {}

  static Result sail(String... arguments) {
    return new Sailing().run(arguments);
  }

  Sailing stdin(String text) {
    stdin = text;
    return this;
  }

  Sailing onTerminal() {
    interactive = true;
    return this;
  }

  Sailing with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Sailing interrupts(Interrupts interrupts) {
    this.interrupts = interrupts;
    return this;
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Cli.run(
            new Console(
                new ByteArrayInputStream(stdin.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                interactive,
                environment,
                Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC),
                interrupts),
            arguments);
    return new Result(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  /**
   * Returns a file of {@code src/test/resources}, relative to the module as the output shows it.
   */
  static String file(String name) {
    return Path.of("src", "test", "resources", name).toString();
  }

  /** Returns a file of the data that tests share. */
  static Path data(String name) {
    return Path.of(System.getProperty("sailplan.data", "../../../shared/data")).resolve(name);
  }
}

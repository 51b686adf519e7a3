package io.sailplan.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** How results are written. */
final class OutputOptions {
  enum Format {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  enum Colour {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "text for people, json for programs (${COMPLETION-CANDIDATES}).",
      defaultValue = "text")
  Format format = Format.TEXT;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description =
          "Colour the text: ${COMPLETION-CANDIDATES}. auto colours on a terminal,"
              + " unless NO_COLOR is set.",
      defaultValue = "auto")
  Colour colour = Colour.AUTO;

  boolean isJson() {
    return format == Format.JSON;
  }

  /** Returns how to colour what goes to the console. */
  Style style(Console console) {
    return switch (colour) {
      case ALWAYS -> Style.COLOURED;
      case NEVER -> Style.PLAIN;
      case AUTO ->
          console.interactive()
                  && console.variable("NO_COLOR").isEmpty()
                  && !console.variable("TERM").equals("dumb")
              ? Style.COLOURED
              : Style.PLAIN;
    };
  }
}

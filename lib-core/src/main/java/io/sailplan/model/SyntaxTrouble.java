package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Says in plain words what the YAML parser stumbled over. Shows single characters at most, never
 * the text: it may be secret.
 */
final class SyntaxTrouble {
  private static final String INDENT = "Check the indentation of this line and those above.";

  private final TextChunk chunk;
  private final ProblemLog log;

  SyntaxTrouble(TextChunk chunk, ProblemLog log) {
    this.chunk = chunk;
    this.log = log;
  }

  void report(YAMLException e) {
    if (e instanceof MarkedYAMLException marked) {
      marked(marked);
    } else if (e instanceof ReaderException reader) {
      character(reader);
    } else {
      add(chunk.line(), chunk.column(), "this is not YAML", "");
    }
  }

  private void character(ReaderException e) {
    String before = chunk.text().substring(0, offset(e.getPosition()));
    int newline = before.lastIndexOf('\n');
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int column = before.codePointCount(newline + 1, before.length());
    add(
        line(line),
        column(line, column),
        String.format("the character U+%04X may not stand in YAML", e.getCodePoint()),
        "Remove it, or write it as an escape in double quotes.");
  }

  /** The reader counts code points. */
  private int offset(int codePoints) {
    int most = chunk.text().codePointCount(0, chunk.text().length());
    return chunk.text().offsetByCodePoints(0, Math.min(codePoints, most));
  }

  private void marked(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (mark == null) {
      add(chunk.line(), chunk.column(), "this is not YAML", "");
      return;
    }
    int line = line(mark.getLine());
    int column = column(mark.getLine(), mark.getColumn());
    String context = text(e.getContext());
    String problem = text(e.getProblem());
    String from = begun(e.getContextMark());
    if (problem.contains("found character '\\t")) {
      add(line, column, "a tab stands where YAML takes only spaces", "Indent with spaces.");
    } else if (problem.startsWith("mapping values are not allowed")) {
      add(
          line,
          column,
          "a second \": \" in one line",
          "Put the value in quotes if the colon belongs to it; else check the indentation.");
    } else if (problem.startsWith("expected '<document start>'")) {
      add(
          line,
          column,
          "the document has ended, and kubectl passes over what follows",
          "Separate documents by a line \"---\".");
    } else if (problem.startsWith("could not find expected ':'")) {
      add(line, column, "a key without \":\"" + from, "Write \"key: value\". " + INDENT);
    } else if (problem.startsWith("expected <block end>")) {
      add(line, column, "this belongs neither to the block" + from + " nor behind it", INDENT);
    } else if (problem.startsWith("found unexpected end of stream") && !context.isEmpty()) {
      add(line, column, "a quote" + from + " is never closed", "Close it.");
    } else if (problem.startsWith("expected ',' or")) {
      String close = problem.contains("']'") || problem.contains("]") ? "]" : "}";
      add(line, column, "\",\" or \"" + close + "\" is missing" + from, "");
    } else if (problem.contains("cannot start any token")) {
      add(line, column, "a value cannot start like this", "Put the value in quotes.");
    } else if (problem.startsWith("found unknown escape character")) {
      add(
          line,
          column,
          "an escape in double quotes that YAML does not know",
          "Write \"\\\\\" for a backslash, or use single quotes.");
    } else if (problem.contains("block sequence entries") || problem.contains("sequence entries")) {
      add(line, column, "a list cannot start here", "Put \"- \" on a line of its own. " + INDENT);
    } else {
      add(line, column, "this is not YAML: " + words(problem), INDENT);
    }
  }

  private String begun(@Nullable Mark mark) {
    return mark == null
        ? ""
        : " begun at " + line(mark.getLine()) + ":" + column(mark.getLine(), mark.getColumn());
  }

  private void add(int line, int column, String message, String hint) {
    log.error(ProblemCode.SYNTAX, log.place(line, column, ""), message, hint);
  }

  private int line(int line) {
    return chunk.line() + line;
  }

  private int column(int line, int column) {
    return line == 0 ? chunk.column() + column : column + 1;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Keeps the parser's own words and leaves out what it quotes, if that is more than a token. */
  private static String words(String problem) {
    return problem.replaceAll("'[^']{12,}'", "'…'").replaceAll("\\s+", " ").strip();
  }
}

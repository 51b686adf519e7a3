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
    String context = text(e.getContext());
    Say say = say(context, text(e.getProblem()), begun(e.getContextMark()));
    add(line(mark.getLine()), column(mark.getLine(), mark.getColumn()), say.message(), say.hint());
  }

  private record Say(String message, String hint) {}

  /** The parser's sentences are those of SnakeYAML 2; one that is not known here is not lost. */
  private static Say say(String context, String problem, String from) {
    if (problem.contains("found character '\\t")) {
      return new Say("a tab stands where YAML takes only spaces", "Indent with spaces.");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return new Say(
          "\": \" stands inside of a value",
          "Put the value in quotes if the colon belongs to it; else check the indentation.");
    }
    if (problem.startsWith("expected '<document start>'")) {
      return new Say(
          "the document has ended, and kubectl passes over what follows",
          "Separate documents by a line \"---\".");
    }
    if (problem.startsWith("could not find expected ':'")) {
      return new Say("a key" + from + " has no \":\"", "Write \"key: value\". " + INDENT);
    }
    if (problem.startsWith("expected <block end>")) {
      return new Say("this belongs neither to the block" + from + " nor behind it", INDENT);
    }
    if (context.contains("quoted scalar") && problem.startsWith("found unexpected end of stream")) {
      return new Say("the quote" + from + " is never closed", "Close it.");
    }
    if (problem.startsWith("expected ',' or ']'")) {
      return new Say("the list" + from + " lacks \",\" or \"]\"", "Close it before this.");
    }
    if (problem.startsWith("expected ',' or '}'")) {
      return new Say("the mapping" + from + " lacks \",\" or \"}\"", "Close it before this.");
    }
    if (problem.contains("cannot start any token")) {
      return new Say("a value cannot start like this", "Put the value in quotes.");
    }
    if (problem.startsWith("found unknown escape character")) {
      return new Say(
          "an escape in double quotes that YAML does not know",
          "Write \"\\\\\" for a backslash, or use single quotes.");
    }
    if (problem.contains("sequence entries are not allowed")) {
      return new Say("a list cannot start here", "Put \"- \" on a line of its own. " + INDENT);
    }
    if (context.contains("block scalar")) {
      return new Say(
          "a block of text starts in a way that YAML does not know",
          "Write \"|\" or \"|-\", and the text, indented, on the lines below.");
    }
    return new Say("this is not YAML" + (context.isEmpty() ? "" : ", " + context), INDENT);
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
}

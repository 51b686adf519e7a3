package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text at its separator lines, as {@code kubectl} does before it parses anything: any line
 * that starts with {@code ---}, wherever it stands.
 */
final class DocumentSplitter {
  private DocumentSplitter() {}

  /** Returns the parts between the separators, the separators left out. */
  static List<TextChunk> split(TextChunk whole, ProblemLog log) {
    List<TextChunk> chunks = new ArrayList<>();
    String text = whole.text();
    int chunkStart = 0;
    int chunkLine = whole.line();
    int chunkColumn = whole.column();
    int line = whole.line();
    for (int at = 0; at < text.length(); line++) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      if (text.startsWith("---", at)) {
        checkRest(text.substring(at + 3, end < 0 ? text.length() : end), line, log);
        chunks.add(new TextChunk(text.substring(chunkStart, at), chunkLine, chunkColumn));
        chunkStart = next;
        chunkLine = line + 1;
        chunkColumn = 1;
      }
      at = next;
    }
    String last = text.substring(chunkStart);
    // kubectl ends the last line too, which shows in a block of text
    chunks.add(
        new TextChunk(
            last.isEmpty() || last.endsWith("\n") ? last : last + "\n", chunkLine, chunkColumn));
    return chunks;
  }

  private static void checkRest(String rest, int line, ProblemLog log) {
    String trimmed = rest.strip();
    if (!trimmed.isEmpty() && trimmed.charAt(0) != '#') {
      log.error(
          ProblemCode.SYNTAX,
          log.place(line, 4, ""),
          "a separator line holds more than \"---\"",
          "Write what follows on a line of its own; indent the line if it is no separator.");
    }
  }
}

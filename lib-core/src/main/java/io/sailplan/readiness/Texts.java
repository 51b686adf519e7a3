package io.sailplan.readiness;

import java.util.Arrays;
import java.util.List;

/** Shapes text that others wrote. */
final class Texts {
  private static final int LONGEST = 600;
  private static final int LOG_LINES = 10;

  private Texts() {}

  /** Returns the text in one line, without a final full stop. */
  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }

  /**
   * Returns the text of an event without what differs from one attempt to the next: the names that
   * controllers make up for pods, and the mark of the recorder that it has combined events.
   */
  static String common(String text) {
    return oneLine(text)
        .replaceFirst("^\\(combined from similar events\\): ", "")
        .replaceAll("pods \"([^\" ]*-)[a-z0-9]{5}\"", "pods \"$1…\"");
  }

  /** Returns what the scheduler says of the nodes, without its thoughts on preemption. */
  static String scheduling(String text) {
    return oneLine(text).replaceFirst("(\\. no new claims to deallocate)?[,.] preemption: .*$", "");
  }

  /** Returns the text, cut if it is very long. Only ever after masking. */
  static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Returns the last lines that are not blank. */
  static List<String> lastLines(String log) {
    List<String> lines =
        Arrays.stream(log.split("\\R"))
            .map(String::stripTrailing)
            .filter(l -> !l.isEmpty())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).stream()
        .map(Texts::bounded)
        .toList();
  }
}

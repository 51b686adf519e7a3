package io.sailplan.model;

/**
 * How a string was written in YAML or JSON, to tell where each of its characters stands.
 *
 * @param raw the text from its first quote, letter or block sign on
 * @param line the line of that, counted from 1
 * @param column the column of that, counted from 1
 */
record WrittenText(String raw, int line, int column) {

  /** Where a character stands. */
  record Place(int line, int column) {}

  /** Returns the place of the character at {@code offset} of what the text means. */
  Place at(String value, int offset) {
    Walk walk = new Walk();
    walk.open();
    int end = Math.min(offset, value.length());
    for (int i = 0; i < end; i += Character.charCount(value.codePointAt(i))) {
      walk.pass(value.codePointAt(i));
    }
    walk.settle(end < value.length() ? value.codePointAt(end) : -1);
    return new Place(walk.atLine, walk.atColumn);
  }

  /** Goes through the raw text as its meaning goes on. */
  private final class Walk {
    private int at;
    private int atLine = line;
    private int atColumn = column;
    private char quote;

    private int peek() {
      return at < raw.length() ? raw.codePointAt(at) : -1;
    }

    private void step() {
      int c = peek();
      if (c < 0) {
        return;
      }
      at += Character.charCount(c);
      if (c == '\n') {
        atLine++;
        atColumn = 1;
      } else {
        atColumn++;
      }
    }

    private void steps(int count) {
      for (int i = 0; i < count; i++) {
        step();
      }
    }

    void open() {
      while (peek() == '&' || peek() == '!') {
        while (peek() >= 0 && !isBlank(peek()) && !isBreak(peek())) {
          step();
        }
        passFold();
      }
      int c = peek();
      if (c == '"' || c == '\'') {
        quote = (char) c;
        step();
      } else if (c == '|' || c == '>') {
        while (peek() >= 0 && peek() != '\n') {
          step();
        }
        step();
      }
    }

    /** Passes what a character is written with. */
    void pass(int c) {
      settle(c);
      if (quote == '"' && peek() == '\\') {
        step();
        int escape = peek();
        step();
        steps(escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 0);
      } else if (quote == '\'' && peek() == '\'') {
        steps(2);
      } else if (c == ' ' && isBreak(peek())) {
        passFold();
      } else {
        step();
      }
    }

    /** A fold is a line break with the blanks around it. */
    private void passFold() {
      while (isBreak(peek()) || isBlank(peek())) {
        step();
      }
    }

    /** Goes on to where a character is written, over blanks that mean nothing. */
    void settle(int c) {
      while (quote == '"'
          && peek() == '\\'
          && at + 1 < raw.length()
          && raw.charAt(at + 1) == '\n') {
        step();
        passFold();
      }
      if (c == '\n' || c == ' ' || c == '\t') {
        // blanks at the end of a line are not part of a plain or quoted text
        int ahead = at;
        while (ahead < raw.length() && isBlank(raw.charAt(ahead))) {
          ahead++;
        }
        if (quote != 0 && ahead > at && ahead < raw.length() && raw.charAt(ahead) == '\n') {
          steps(ahead - at);
        }
        return;
      }
      while (isBlank(peek()) || isBreak(peek())) {
        step();
      }
    }

    private static boolean isBlank(int c) {
      return c == ' ' || c == '\t';
    }

    private static boolean isBreak(int c) {
      return c == '\n' || c == '\r';
    }
  }
}

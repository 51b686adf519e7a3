package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as it is written in files, with places; {@code kubectl} tries it on what starts with a
 * brace. Used once.
 */
final class JsonText {
  private static final String VALUE = "Write a string in double quotes, a number, or null.";

  private final String text;
  private final ReadBudget budget;
  private final ProblemLog log;
  private int at;
  private int line;
  private int counted;
  private int column;

  JsonText(TextChunk chunk, ReadBudget budget, ProblemLog log) {
    this.text = chunk.text();
    this.line = chunk.line();
    this.column = chunk.column();
    this.budget = budget;
    this.log = log;
  }

  /** Thrown where the text stops to be JSON. */
  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String hint;

    NotJson(String what, String hint) {
      super(what, null, false, false);
      this.what = what;
      this.hint = hint;
    }
  }

  /**
   * Reads a value; after it, {@link #rest} tells what follows.
   *
   * @return null, after reporting why, if it is not JSON or exceeds a bound
   * @throws ReadBudget.Spent after reporting it, if the rest of the text cannot be read either
   */
  @Nullable TextNode read() {
    try {
      TextNode value = value(Trail.root(), 0);
      blanks();
      return value;
    } catch (NotJson e) {
      log.error(
          ProblemCode.SYNTAX, log.place(line, column(), ""), "this is not JSON: " + e.what, e.hint);
      return null;
    } catch (ReadBudget.Spent e) {
      log.error(ProblemCode.TOO_LARGE, log.place(line, column(), ""), e.what(), e.hint());
      if (e.forGood()) {
        throw e;
      }
      return null;
    }
  }

  /** Returns what follows the value and the blanks behind it. */
  TextChunk rest() {
    return new TextChunk(text.substring(at), line, column());
  }

  private TextNode value(Trail trail, int depth) {
    blanks();
    budget.take(1, depth);
    int startLine = line;
    int startColumn = column();
    switch (peek()) {
      case '{':
        return new TextNode.Mapping(startLine, startColumn, object(trail, depth + 1));
      case '[':
        return new TextNode.Items(startLine, startColumn, array(trail, depth + 1));
      case '"':
        int start = at;
        String string = string();
        return new TextNode.Scalar(
            startLine,
            startColumn,
            string,
            string.contains("${")
                ? new WrittenText(text.substring(start, at), startLine, startColumn)
                : null);
      case 't':
        return word("true", true, startLine, startColumn);
      case 'f':
        return word("false", false, startLine, startColumn);
      case 'n':
        return word("null", null, startLine, startColumn);
      default:
        return number(trail, startLine, startColumn);
    }
  }

  private Map<String, TextNode.Field> object(Trail trail, int depth) {
    budget.take(0, depth);
    Map<String, TextNode.Field> fields = new LinkedHashMap<>();
    Map<String, Integer> written = new HashMap<>();
    at++;
    blanks();
    if (skip('}')) {
      return fields;
    }
    do {
      blanks();
      int keyLine = line;
      int keyColumn = column();
      if (peek() != '"') {
        throw new NotJson("a key is missing", "Write it in double quotes.");
      }
      String name = string();
      blanks();
      if (!skip(':')) {
        throw new NotJson("\":\" is missing", "Write it behind the key.");
      }
      TextNode value = value(trail.field(name), depth);
      Integer first = written.putIfAbsent(name, keyLine);
      if (first == null) {
        fields.put(name, new TextNode.Field(keyLine, keyColumn, value));
      } else {
        log.error(
            ProblemCode.DUPLICATE_KEY,
            log.place(keyLine, keyColumn, trail.field(name).path()),
            "the key \"" + Trail.cut(name) + "\" is written twice, first in line " + first,
            "Keep one of them.");
      }
      blanks();
    } while (skip(','));
    if (!skip('}')) {
      throw new NotJson("\",\" or \"}\" is missing", "Write it before this.");
    }
    return fields;
  }

  private List<TextNode> array(Trail trail, int depth) {
    budget.take(0, depth);
    List<TextNode> items = new ArrayList<>();
    at++;
    blanks();
    if (skip(']')) {
      return items;
    }
    do {
      items.add(value(trail.item(items.size()), depth));
      blanks();
    } while (skip(','));
    if (!skip(']')) {
      throw new NotJson("\",\" or \"]\" is missing", "Write it before this.");
    }
    return items;
  }

  private TextNode word(String word, @Nullable Object value, int startLine, int startColumn) {
    if (!text.startsWith(word, at)) {
      throw new NotJson("a value is missing", VALUE);
    }
    at += word.length();
    return new TextNode.Scalar(startLine, startColumn, value);
  }

  private TextNode number(Trail trail, int startLine, int startColumn) {
    int start = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    String number = text.substring(start, at);
    YamlScalars.Reading reading = YamlScalars.number(YamlNumbers.json(number));
    YamlScalars.Trouble trouble = reading.trouble();
    if (trouble != null) {
      String path = trail.path();
      log.error(
          trouble.code(),
          log.place(startLine, startColumn, path),
          String.format(trouble.message(), Secrecy.shown(number, path)),
          trouble.hint());
    }
    return new TextNode.Scalar(startLine, startColumn, reading.value());
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw new NotJson(start < text.length() ? "a value is missing" : "it ends too early", VALUE);
    }
  }

  private String string() {
    int start = ++at;
    while (peek() != '"' && peek() != '\\' && peek() >= ' ') {
      at++;
    }
    if (peek() == '"') {
      budget.takeScalar(at - start);
      return sane(text.substring(start, at++));
    }
    StringBuilder value = new StringBuilder(text.substring(start, at));
    while (peek() != '"') {
      char c = peek();
      if (c < ' ') {
        boolean open = at == text.length() || c == '\n' || c == '\r';
        throw open
            ? new NotJson("a string is never closed", "Close it; write \\n for a line end.")
            : new NotJson("a control character in a string", "Write it as an escape.");
      }
      at++;
      value.append(c == '\\' ? escape() : c);
    }
    at++;
    budget.takeScalar(value.length());
    return sane(value.toString());
  }

  private char escape() {
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return unicode();
      default:
        at--;
        throw new NotJson("an unknown escape in a string", "Write \\\\ for a backslash.");
    }
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw new NotJson("\\u without four hexadecimal digits", "Write four.");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  /** Returns the next character, NUL at the end: JSON has none outside of escapes. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean skip(char c) {
    if (peek() == c && at < text.length()) {
      at++;
      return true;
    }
    return false;
  }

  private void blanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        counted = at + 1;
        column = 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  /** Returns the column of where the reader stands; counts on from where it last counted. */
  private int column() {
    column += text.codePointCount(counted, at);
    counted = at;
    return column;
  }

  /** Replaces halves of surrogate pairs, as Go does. */
  private static String sane(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        return value
            .codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return value;
  }
}

package io.sailplan.expression;

import java.util.ArrayList;
import java.util.List;

/** Functions on text. */
final class StringLibrary {
  private StringLibrary() {}

  static void declare(FunctionTable table) {
    table.add("[string].contains(string): bool", (f, a) -> paid(f, a).contains((String) a[1]));
    table.add("[string].startsWith(string): bool", (f, a) -> paid(f, a).startsWith((String) a[1]));
    table.add("[string].endsWith(string): bool", (f, a) -> paid(f, a).endsWith((String) a[1]));
    table.add("[string].charAt(int): string", (f, a) -> charAt(paid(f, a), (Long) a[1]));
    table.add("[string].indexOf(string): int", (f, a) -> indexOf(searched(f, a), (String) a[1], 0));
    table.add(
        "[string].indexOf(string, int): int",
        (f, a) -> indexOf(searched(f, a), (String) a[1], (Long) a[2]));
    table.add(
        "[string].lastIndexOf(string): int", (f, a) -> lastIndexOf(searched(f, a), (String) a[1]));
    table.add(
        "[string].lastIndexOf(string, int): int",
        (f, a) -> lastIndexOf(searched(f, a), (String) a[1], (Long) a[2]));
    table.add("[string].lowerAscii(): string", (f, a) -> changeCase(paid(f, a), 'A', 'Z', 32));
    table.add("[string].upperAscii(): string", (f, a) -> changeCase(paid(f, a), 'a', 'z', -32));
    table.add(
        "[string].reverse(): string", (f, a) -> new StringBuilder(paid(f, a)).reverse().toString());
    table.add("[string].trim(): string", (f, a) -> trim(paid(f, a)));
    table.add(
        "[string].substring(int): string",
        (f, a) -> substring(paid(f, a), (Long) a[1], Long.MAX_VALUE));
    table.add(
        "[string].substring(int, int): string",
        (f, a) -> substring(paid(f, a), (Long) a[1], (Long) a[2]));
    table.add("[string].replace(string, string): string", (f, a) -> replace(f, a, -1));
    table.add(
        "[string].replace(string, string, int): string", (f, a) -> replace(f, a, (Long) a[3]));
    table.add("[string].split(string): list(string)", (f, a) -> split(f, a, -1));
    table.add("[string].split(string, int): list(string)", (f, a) -> split(f, a, (Long) a[2]));
    table.add("[list(string)].join(): string", (f, a) -> join(f, (List<?>) a[0], ""));
    table.add(
        "[list(string)].join(string): string", (f, a) -> join(f, (List<?>) a[0], (String) a[1]));
    table.add("strings.quote(string): string", (f, a) -> quote(paid(f, a)));
    table.add(
        "[string].format(list(dyn)): string",
        (f, a) -> TextFormat.format(f, (String) a[0], (List<?>) a[1]));
  }

  /** Returns the receiver, paid for. */
  private static String paid(Frame frame, Object[] arguments) {
    String text = (String) arguments[0];
    frame.spendText(text.length());
    return text;
  }

  /** Looking for a text may compare all of it at each place. */
  private static String searched(Frame frame, Object[] arguments) {
    String text = paid(frame, arguments);
    frame.spend((long) text.length() * ((String) arguments[1]).length() / 64);
    return text;
  }

  private static Object charAt(String text, long index) {
    int length = Text.length(text);
    if (index < 0 || index > length) {
      throw new CallFailure("the position is outside of the text");
    }
    return index == length ? "" : Text.substring(text, (int) index, (int) index + 1);
  }

  private static Object indexOf(String text, String wanted, long start) {
    int length = Text.length(text);
    checkStart(start);
    if (wanted.isEmpty()) {
      return Math.min(start, length);
    }
    if (start >= length) {
      return -1L;
    }
    int found = text.indexOf(wanted, Text.toCharacter(text, (int) start));
    return found < 0 ? -1L : (long) Text.toCodePoint(text, found);
  }

  private static void checkStart(long start) {
    if (start < 0) {
      throw new CallFailure("the position is negative");
    }
  }

  private static Object lastIndexOf(String text, String wanted) {
    int found = text.lastIndexOf(wanted);
    return found < 0 ? -1L : (long) Text.toCodePoint(text, found);
  }

  private static Object lastIndexOf(String text, String wanted, long start) {
    int length = Text.length(text);
    checkStart(start);
    if (wanted.isEmpty()) {
      return Math.min(start, length);
    }
    if (start >= length) {
      return -1L;
    }
    int found = text.lastIndexOf(wanted, Text.toCharacter(text, (int) start));
    return found < 0 ? -1L : (long) Text.toCodePoint(text, found);
  }

  private static String changeCase(String text, char first, char last, int distance) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= first && c <= last) {
        changed.setCharAt(i, (char) (c + distance));
      }
    }
    return changed.toString();
  }

  /** Takes what Unicode calls white space from both ends. */
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return (c >= 9 && c <= 13) || c == 0x85 || Character.isSpaceChar(c);
  }

  private static String substring(String text, long start, long end) {
    int length = Text.length(text);
    long last = end == Long.MAX_VALUE ? length : end;
    if (start < 0 || start > length || last < 0 || last > length || start > last) {
      throw new CallFailure("the positions are outside of the text or crossed");
    }
    return Text.substring(text, (int) start, (int) last);
  }

  private static Object replace(Frame frame, Object[] arguments, long limit) {
    String text = searched(frame, arguments);
    String old = (String) arguments[1];
    String replacement = (String) arguments[2];
    if (limit == 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    long left = limit < 0 ? Long.MAX_VALUE : limit;
    int at = 0;
    while (left > 0) {
      int found = old.isEmpty() ? (at <= text.length() ? at : -1) : text.indexOf(old, at);
      if (found < 0) {
        break;
      }
      frame.spendText(found - at + (long) replacement.length());
      result.append(text, at, found).append(replacement);
      left--;
      at = found + old.length();
      if (old.isEmpty()) {
        if (at >= text.length()) {
          return result.toString();
        }
        int next = at + Character.charCount(text.codePointAt(at));
        result.append(text, at, next);
        at = next;
      }
    }
    return result.append(text, Math.min(at, text.length()), text.length()).toString();
  }

  private static Object split(Frame frame, Object[] arguments, long limit) {
    String text = searched(frame, arguments);
    String separator = (String) arguments[1];
    List<Object> parts = new ArrayList<>();
    if (limit == 0) {
      return parts;
    }
    long left = limit < 0 ? Long.MAX_VALUE : limit;
    int at = 0;
    while (left > 1) {
      int end;
      if (separator.isEmpty()) {
        end = at < text.length() ? at + Character.charCount(text.codePointAt(at)) : text.length();
        if (end >= text.length()) {
          break;
        }
      } else {
        end = text.indexOf(separator, at);
        if (end < 0) {
          break;
        }
      }
      frame.spend(2);
      parts.add(text.substring(at, end));
      at = end + separator.length();
      left--;
    }
    if (!(separator.isEmpty() && text.isEmpty())) {
      parts.add(text.substring(at));
    }
    return parts;
  }

  private static Object join(Frame frame, List<?> parts, String separator) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof String part)) {
        throw new CallFailure("the list holds something that is not text");
      }
      frame.spendText((long) part.length() + separator.length());
      result.append(i == 0 ? "" : separator).append(part);
    }
    return result.toString();
  }

  private static Object quote(String text) {
    StringBuilder result = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              int at = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
              if (at >= 0) {
                result.append('\\').append("abfnrtv\\\"".charAt(at));
              } else {
                result.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
              }
            });
    return result.append('"').toString();
  }
}

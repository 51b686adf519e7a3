package io.sailplan.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Functions that take patterns. */
final class PatternLibrary {
  private PatternLibrary() {}

  static void declare(FunctionTable table) {
    table.addAll(
        (f, a) -> matcher(f, a).find(),
        "matches(string, string): bool",
        "[string].matches(string): bool");
    table.add("[string].find(string): string", (f, a) -> find(matcher(f, a)));
    table.add("[string].findAll(string): list(string)", (f, a) -> findAll(f, matcher(f, a), -1));
    table.add(
        "[string].findAll(string, int): list(string)",
        (f, a) -> findAll(f, matcher(f, a), (Long) a[2]));
    table.add("regex.extract(string, string): optional(string)", (f, a) -> extract(matcher(f, a)));
    table.add(
        "regex.extractAll(string, string): list(string)", (f, a) -> extractAll(f, matcher(f, a)));
    table.add(
        "regex.replace(string, string, string): string",
        (f, a) -> replace(f, matcher(f, a), a, -1));
    table.add(
        "regex.replace(string, string, string, int): string",
        (f, a) -> replace(f, matcher(f, a), a, (Long) a[3]));
  }

  private static Matcher matcher(Frame frame, Object[] arguments) {
    String text = (String) arguments[0];
    Pattern pattern = frame.patterns().use(frame, (String) arguments[1], text);
    return pattern.matcher(text);
  }

  private static Object find(Matcher matcher) {
    return matcher.find() ? matcher.group() : "";
  }

  private static Object findAll(Frame frame, Matcher matcher, long limit) {
    List<Object> found = new ArrayList<>();
    int end = -1;
    while (found.size() != limit && matcher.find()) {
      if (matcher.start() == matcher.end() && matcher.start() == end) {
        continue; // as in Go: nothing right behind a match is no match of its own
      }
      frame.spend(2);
      found.add(matcher.group());
      end = matcher.end();
    }
    return found;
  }

  private static String captured(Matcher matcher) {
    if (matcher.groupCount() > 1) {
      throw new CallFailure("the pattern has more than one group");
    }
    String group = matcher.groupCount() == 1 ? matcher.group(1) : matcher.group();
    return group == null ? "" : group;
  }

  private static Object extract(Matcher matcher) {
    if (matcher.groupCount() > 1) {
      throw new CallFailure("the pattern has more than one group");
    }
    if (!matcher.find()) {
      return OptionalValue.NONE;
    }
    if (matcher.groupCount() == 1 && matcher.group(1) == null) {
      return OptionalValue.NONE;
    }
    return new OptionalValue(captured(matcher));
  }

  private static Object extractAll(Frame frame, Matcher matcher) {
    if (matcher.groupCount() > 1) {
      throw new CallFailure("the pattern has more than one group");
    }
    List<Object> found = new ArrayList<>();
    while (matcher.find()) {
      frame.spend(2);
      if (matcher.groupCount() == 0 || matcher.group(1) != null) {
        found.add(captured(matcher));
      }
    }
    return found;
  }

  private static Object replace(Frame frame, Matcher matcher, Object[] arguments, long limit) {
    String text = (String) arguments[0];
    String replacement = (String) arguments[2];
    StringBuilder result = new StringBuilder();
    int at = 0;
    long left = limit < 0 ? Long.MAX_VALUE : limit;
    while (left-- > 0 && matcher.find()) {
      result.append(text, at, matcher.start());
      int before = result.length();
      appendReplacement(frame, result, matcher, replacement);
      frame.spendText(result.length() - before + 8L);
      at = matcher.end();
    }
    return result.append(text, at, text.length()).toString();
  }

  /** A backslash and a digit stand for a group, two backslashes for one. */
  private static void appendReplacement(
      Frame frame, StringBuilder result, Matcher matcher, String replacement) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c != '\\') {
        result.append(c);
        continue;
      }
      char next = i + 1 < replacement.length() ? replacement.charAt(++i) : ' ';
      if (next == '\\') {
        result.append('\\');
      } else if (next >= '0' && next <= '9' && next - '0' <= matcher.groupCount()) {
        String group = matcher.group(next - '0');
        if (group != null) {
          frame.spendText(group.length());
          result.append(group);
        }
      } else {
        throw new CallFailure("the replacement names a group that the pattern does not have");
      }
    }
  }
}

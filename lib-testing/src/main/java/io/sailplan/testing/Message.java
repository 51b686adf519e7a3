package io.sailplan.testing;

/** What a failed assertion says. */
final class Message {
  private Message() {}

  /** Returns {@code text} with each {@code {}} replaced by the next argument. */
  static String fill(String text, Object... arguments) {
    StringBuilder filled = new StringBuilder();
    int from = 0;
    for (Object argument : arguments) {
      int at = text.indexOf("{}", from);
      filled.append(text, from, at).append(argument);
      from = at + 2;
    }
    return filled.append(text.substring(from)).toString();
  }
}

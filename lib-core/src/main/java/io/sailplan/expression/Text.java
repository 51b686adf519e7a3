package io.sailplan.expression;

/** Positions in text, which CEL counts in code points. */
final class Text {
  private Text() {}

  /** Returns whether each character is a code point, so that positions agree. */
  static boolean isSimple(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Returns the character of a code point; its position must be from 0 to the length. */
  static int toCharacter(String text, int position) {
    return isSimple(text) ? position : text.offsetByCodePoints(0, position);
  }

  static int toCodePoint(String text, int character) {
    return isSimple(text) ? character : text.codePointCount(0, character);
  }

  static String substring(String text, int start, int end) {
    return text.substring(toCharacter(text, start), toCharacter(text, end));
  }
}

package io.sailplan.dialect;

/** Reads whole numbers. */
final class Numbers {
  private Numbers() {}

  /** Returns the number that an annotation holds, or {@code otherwise} if it is not there. */
  static int read(Item item, Key key, int otherwise) {
    String value = item.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      item.malformed(
          key.name(),
          "\"" + Item.cut(value) + "\" is no whole number",
          "Write a whole number in quotes, such as \"5\" or \"-1\".");
      return otherwise;
    }
  }
}

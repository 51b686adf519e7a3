package io.sailplan.shape;

import com.google.re2j.Pattern;

/**
 * Expressions of which it is plain that they compile: comparisons of fields of unknown type with
 * literals. Of others only the server knows.
 */
final class CelText {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";
  private static final String TEXT = "('[^'\\\\\\n\\r]*'|\"[^\"\\\\\\n\\r]*\")";
  private static final String NUMBER = "-?[0-9]{1,9}";
  private static final String LITERAL = "(" + NUMBER + "|true|false|" + TEXT + ")";
  private static final String FIELD = "(object|oldObject)([.]" + NAME + ")+";
  private static final String OPERATOR = " *(==|!=|<=|>=|<|>) *";
  private static final String TRUTH = "(true|false)";

  private static final Pattern CONDITION =
      chain(
          TRUTH
              + "|!?has[(]"
              + FIELD
              + "[)]|"
              + FIELD
              + OPERATOR
              + LITERAL
              + "|"
              + NUMBER
              + OPERATOR
              + NUMBER
              + "|"
              + TEXT
              + OPERATOR
              + TEXT
              + "|request[.](operation|name|namespace|userInfo[.]username) *(==|!=) *"
              + TEXT);
  private static final Pattern DEVICE = chain(TRUTH + "|device[.]driver *(==|!=) *" + TEXT);
  private static final Pattern VALUE = Pattern.compile(LITERAL + "|" + FIELD);
  private static final Pattern STRING = Pattern.compile(TEXT);
  private static final Pattern OBJECT =
      Pattern.compile(
          "Object[{](metadata: *Object[.]metadata[{](labels|annotations): *[{]"
              + TEXT
              + ": *"
              + TEXT
              + "(, *"
              + TEXT
              + ": *"
              + TEXT
              + ")*[}][}])?[}]");
  private static final Pattern RESERVED =
      Pattern.compile(
          "[.](as|break|const|continue|else|false|for|function|if|import|in|let|loop|null|package"
              + "|return|true|var|void|while)\\b");

  private CelText() {}

  private static Pattern chain(String atom) {
    return Pattern.compile("(" + atom + ")( *(&&|[|][|]) *(" + atom + "))*");
  }

  /** Whether it is a condition on an object that is admitted. */
  static boolean isCondition(String text) {
    return CONDITION.matches(text) && !RESERVED.matcher(text).find();
  }

  /** Whether it is a condition on a device. */
  static boolean isDevice(String text) {
    return DEVICE.matches(text);
  }

  /** Whether it is a literal, or a field. */
  static boolean isValue(String text) {
    return VALUE.matches(text) && !RESERVED.matcher(text).find();
  }

  /** Whether it is an object to be applied that has nothing but labels or annotations. */
  static boolean isObject(String text) {
    return OBJECT.matches(text);
  }

  /** Whether it is a text. */
  static boolean isString(String text) {
    return STRING.matches(text);
  }
}

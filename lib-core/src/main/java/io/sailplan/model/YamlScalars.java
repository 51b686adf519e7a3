package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a YAML scalar is: as go-yaml v2 does, which {@code kubectl} uses. It reads YAML 1.1
 * with exceptions: {@code y} and {@code off} are booleans, times and base 60 are strings, and tags
 * that it does not know are passed over.
 */
final class YamlScalars {
  private static final Map<String, Boolean> BOOLEANS = booleans();
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> NOT_FINITE =
      Set.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");
  private static final String PREFIX = "tag:yaml.org,2002:";

  /** The four forms of a time that go-yaml knows, by their shape. */
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "([Tt][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})"
              + "| [0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?)?");

  private YamlScalars() {}

  /**
   * What a scalar is.
   *
   * @param value its value; null also if there is trouble
   * @param real whether go-yaml holds it as a floating-point number
   * @param trouble what is wrong with it
   */
  record Reading(@Nullable Object value, boolean real, @Nullable Trouble trouble) {
    static Reading of(@Nullable Object value) {
      return new Reading(value, false, null);
    }

    static Reading trouble(ProblemCode code, String message, String hint) {
      return new Reading(null, false, new Trouble(code, message, hint));
    }
  }

  /**
   * Why a scalar cannot be read.
   *
   * @param message with {@code %s} where the scalar may be shown
   */
  record Trouble(ProblemCode code, String message, String hint) {}

  /**
   * Returns what a scalar is.
   *
   * @param text its content
   * @param plain whether it stands without quotes
   * @param tag its tag in full, or null
   */
  static Reading read(String text, boolean plain, @Nullable String tag) {
    if (tag == null) {
      return plain ? plain(text) : Reading.of(text);
    }
    if (!tag.startsWith(PREFIX)) {
      return Reading.of(text);
    }
    switch (tag.substring(PREFIX.length())) {
      case "bool":
        return typed(text, Boolean.class, "!!bool");
      case "int":
        return plain(text).real() ? wrongTag("!!int") : typed(text, Long.class, "!!int");
      case "float":
        return typed(text, Number.class, "!!float");
      case "null":
        return NULLS.contains(text) ? Reading.of(null) : wrongTag("!!null");
      case "timestamp":
        return TIME.matcher(text).matches() ? Reading.of(text) : wrongTag("!!timestamp");
      case "binary":
        return binary(text);
      default:
        return Reading.of(text);
    }
  }

  private static Reading plain(String text) {
    if (NULLS.contains(text)) {
      return Reading.of(null);
    }
    Boolean flag = BOOLEANS.get(text);
    if (flag != null) {
      return Reading.of(flag);
    }
    if (NOT_FINITE.contains(text)) {
      return Reading.trouble(
          ProblemCode.UNSUPPORTED_YAML,
          "%s is a number that JSON does not have",
          "Put it in quotes if text is meant.");
    }
    Optional<YamlNumbers.Found> number = YamlNumbers.yaml(text);
    if (number.isEmpty()) {
      return Reading.of(text);
    }
    return number(number.get());
  }

  /** Returns what a number is; one that is not exact is trouble. */
  static Reading number(YamlNumbers.Found number) {
    return number.exact()
        ? new Reading(number.value(), number.real(), null)
        : Reading.trouble(
            ProblemCode.PRECISION_LOSS,
            "%s cannot be kept exactly as a number",
            "Put it in quotes if text is meant. Exact are whole numbers of 64 bits, and others of up"
                + " to 15 digits.");
  }

  private static Reading typed(String text, Class<?> type, String tag) {
    Reading reading = plain(text);
    return reading.trouble() != null || type.isInstance(reading.value()) ? reading : wrongTag(tag);
  }

  private static Reading wrongTag(String tag) {
    return Reading.trouble(
        ProblemCode.WRONG_TYPE, "%s is tagged " + tag + " but is not one", "Remove the tag.");
  }

  private static Reading binary(String text) {
    try {
      String base64 = text.replaceAll("[\r\n]", "");
      if (base64.length() % 4 != 0) {
        throw new IllegalArgumentException("Java takes unpadded base64, and Go does not");
      }
      byte[] bytes = Base64.getDecoder().decode(base64);
      return Reading.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Reading.trouble(
          ProblemCode.UNSUPPORTED_YAML,
          "a !!binary value that is not text cannot be kept",
          "Write the base64 text without the tag, in a field that takes base64.");
    } catch (IllegalArgumentException e) {
      return Reading.trouble(
          ProblemCode.INVALID_VALUE,
          "a !!binary value is not base64",
          "Mend it, or remove the tag.");
    }
  }

  private static Map<String, Boolean> booleans() {
    return Map.ofEntries(
        Map.entry("y", true),
        Map.entry("Y", true),
        Map.entry("yes", true),
        Map.entry("Yes", true),
        Map.entry("YES", true),
        Map.entry("true", true),
        Map.entry("True", true),
        Map.entry("TRUE", true),
        Map.entry("on", true),
        Map.entry("On", true),
        Map.entry("ON", true),
        Map.entry("n", false),
        Map.entry("N", false),
        Map.entry("no", false),
        Map.entry("No", false),
        Map.entry("NO", false),
        Map.entry("false", false),
        Map.entry("False", false),
        Map.entry("FALSE", false),
        Map.entry("off", false),
        Map.entry("Off", false),
        Map.entry("OFF", false));
  }
}

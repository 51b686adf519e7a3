package io.sailplan.shape;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import io.sailplan.shape.ValueRule.Verdict;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;

/**
 * The formats of strings that custom resources may demand (kube-openapi, pkg/validation/strfmt).
 * Others are not checked by the server. Where its reading is odd, nothing is said.
 */
final class SchemaFormat {
  private static final String HEX = "[0-9a-f]";
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Map<String, Pattern> PATTERNS =
      Map.ofEntries(
          Map.entry(
              "date-time",
              Pattern.compile(
                  "(?i)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])t([01][0-9]|2[0-3]):[0-5][0-9]:"
                      + "([0-5][0-9]|60)([.][0-9]+)?(z|[+-][0-5][0-9]:[0-9]{2})")),
          Map.entry("bsonobjectid", Pattern.compile("(?i)" + HEX + "{24}")),
          Map.entry(
              "byte",
              Pattern.compile(
                  "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})")),
          Map.entry("hexcolor", Pattern.compile("(?i)#?(" + HEX + "{3}|" + HEX + "{6})")),
          Map.entry(
              "mac",
              Pattern.compile(
                  "(?i)"
                      + HEX
                      + "{2}(:"
                      + HEX
                      + "{2}){5}|"
                      + HEX
                      + "{2}(:"
                      + HEX
                      + "{2}){7}|"
                      + HEX
                      + "{2}(-"
                      + HEX
                      + "{2}){5}|"
                      + HEX
                      + "{2}(-"
                      + HEX
                      + "{2}){7}|"
                      + HEX
                      + "{4}([.]"
                      + HEX
                      + "{4}){2}|"
                      + HEX
                      + "{4}([.]"
                      + HEX
                      + "{4}){3}")),
          Map.entry("uuid", uuid("", "")),
          Map.entry("uuid3", uuid("3", "")),
          Map.entry("uuid4", uuid("4", "[89ab]")),
          Map.entry("uuid5", uuid("5", "[89ab]")),
          Map.entry("k8s-short-name", Pattern.compile(LABEL)),
          Map.entry("k8s-long-name", Pattern.compile(LABEL + "([.]" + LABEL + ")*")));
  private static final Pattern GO_DURATION =
      Pattern.compile("[-+]?([0-9]+([.][0-9]*)?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern DURATION = Pattern.compile("[0-9]\\s*[A-Za-zµ]");

  private SchemaFormat() {}

  private static Pattern uuid(String version, String variant) {
    return Pattern.compile(
        "(?i)"
            + HEX
            + "{8}-?"
            + HEX
            + "{4}-?"
            + version
            + HEX
            + "{"
            + (4 - version.length())
            + "}-?"
            + variant
            + HEX
            + "{"
            + (variant.isEmpty() ? 4 : 3)
            + "}-?"
            + HEX
            + "{12}");
  }

  /** Returns whether the server takes the text; {@code TAKEN} for formats that it does not know. */
  static Verdict judge(String format, String text) {
    String name = format.equals("datetime") ? "date-time" : format;
    Pattern pattern = PATTERNS.get(name);
    if (pattern != null) {
      boolean fits = pattern.matcher(text).matches();
      int longest =
          name.equals("k8s-short-name")
              ? 63
              : name.equals("k8s-long-name") ? 253 : Integer.MAX_VALUE;
      boolean day =
          !name.equals("date-time") || isDate(text.substring(0, Math.min(10, text.length())));
      return verdict(fits && day && text.length() <= longest);
    }
    switch (name) {
      case "date":
        return verdict(isDate(text));
      case "ipv4":
        return verdict(text.contains(".") && isAddress(text));
      case "ipv6":
        return verdict(text.contains(":") && isAddress(text));
      case "cidr":
        return verdict(isRange(text));
      case "duration":
        return GO_DURATION.matcher(text).matches()
            ? Verdict.TAKEN
            : DURATION.matcher(text).find() ? Verdict.UNKNOWN : Verdict.REFUSED;
      case "uri":
        boolean relative = !text.startsWith("/") && text.indexOf(':') <= 0;
        return relative || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f)
            ? Verdict.REFUSED
            : Verdict.UNKNOWN;
      case "email":
        return text.indexOf('@') < 0 ? Verdict.REFUSED : Verdict.UNKNOWN;
      case "hostname":
      case "isbn":
      case "isbn10":
      case "isbn13":
      case "creditcard":
      case "ssn":
      case "rgbcolor":
        return Verdict.UNKNOWN;
      default:
        return Verdict.TAKEN;
    }
  }

  /** Returns what to write. */
  static String hint(String format) {
    switch (format) {
      case "date-time":
      case "datetime":
        return "Write a time such as 2006-01-02T15:04:05Z.";
      case "date":
        return "Write a date such as 2006-01-02.";
      case "byte":
        return "Write padded standard base64.";
      case "duration":
        return "Write a duration such as 90s or 1h30m.";
      case "cidr":
        return "Write a range of addresses such as 10.0.0.0/8.";
      default:
        return "Write a value of the format " + format + ".";
    }
  }

  private static Verdict verdict(boolean fits) {
    return fits ? Verdict.TAKEN : Verdict.REFUSED;
  }

  private static boolean isDate(String text) {
    try {
      return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") && LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isRange(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !isAddress(text.substring(0, slash))) {
      return false;
    }
    String bits = text.substring(slash + 1);
    return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= (text.contains(":") ? 128 : 32);
  }

  /** As Go once read addresses: with zeros in front of numbers, without zones. */
  private static boolean isAddress(String text) {
    return text.indexOf('%') < 0
        && InetAddresses.isInetAddress(text.replaceAll("(^|[.])0+(?=[0-9])", "$1"));
  }
}

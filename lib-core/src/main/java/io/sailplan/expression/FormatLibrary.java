package io.sailplan.expression;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Forms that names, labels and others have; messages are those of apimachinery. */
final class FormatLibrary {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final String VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
  private static final String UUID =
      "(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}";
  private static final String BASE64 =
      "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})";
  private static final String TIME =
      "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))";
  private static final int LONGEST = 100_000;

  /** The patterns above; nobody adds others. */
  private static final Map<String, com.google.re2j.Pattern> COMPILED = new ConcurrentHashMap<>();

  private static final Map<String, NamedFormat> FORMATS = formats();

  private FormatLibrary() {}

  static void declare(FunctionTable table) {
    FORMATS.forEach(
        (name, format) ->
            table.add("format." + name + "(): kubernetes.NamedFormat", (f, a) -> format));
    table.add(
        "format.named(string): optional(kubernetes.NamedFormat)",
        (f, a) -> new OptionalValue(FORMATS.get((String) a[0])));
    table.add(
        "[kubernetes.NamedFormat].validate(string): optional(list(string))",
        (f, a) -> validate(f, (NamedFormat) a[0], (String) a[1]));
  }

  private static Object validate(Frame frame, NamedFormat format, String text) {
    frame.spend(text.length() + 1L);
    if (text.length() > LONGEST) {
      throw TooCostly.steps();
    }
    List<String> wrong = format.check().of(text);
    return wrong.isEmpty() ? OptionalValue.NONE : new OptionalValue(List.copyOf(wrong));
  }

  private static Map<String, NamedFormat> formats() {
    Map<String, NamedFormat> formats = new LinkedHashMap<>();
    add(formats, "dns1123Label", "DNS1123Label", FormatLibrary::label);
    add(formats, "dns1123Subdomain", "DNS1123Subdomain", FormatLibrary::subdomain);
    add(formats, "dns1035Label", "DNS1035Label", FormatLibrary::label1035);
    add(formats, "qualifiedName", "QualifiedName", FormatLibrary::qualifiedName);
    add(formats, "dns1123LabelPrefix", "DNS1123LabelPrefix", text -> label(masked(text)));
    add(
        formats,
        "dns1123SubdomainPrefix",
        "DNS1123SubdomainPrefix",
        text -> subdomain(masked(text)));
    add(formats, "dns1035LabelPrefix", "DNS1035LabelPrefix", text -> label1035(masked(text)));
    add(formats, "labelValue", "LabelValue", FormatLibrary::labelValue);
    add(formats, "uri", "URI", is("not a URI", text -> Url.parse(text).isPresent()));
    add(formats, "uuid", "uuid", is("does not match the UUID format", text -> text.matches(UUID)));
    add(formats, "byte", "byte", is("invalid base64", FormatLibrary::isBase64));
    add(formats, "date", "date", is("invalid date", FormatLibrary::isDate));
    add(formats, "datetime", "datetime", is("invalid datetime", FormatLibrary::isDateTime));
    return formats;
  }

  private static void add(
      Map<String, NamedFormat> formats, String function, String name, NamedFormat.Check check) {
    formats.put(function, new NamedFormat(name, check));
  }

  private static NamedFormat.Check is(String message, Predicate<String> test) {
    return text -> test.test(text) ? List.of() : List.of(message);
  }

  /** A hyphen at the end is fine where more is to follow. */
  private static String masked(String text) {
    return text.length() > 1 && text.endsWith("-")
        ? text.substring(0, text.length() - 2) + "a"
        : text;
  }

  private static List<String> limited(String text, int most) {
    List<String> wrong = new ArrayList<>();
    if (text.length() > most) {
      wrong.add("must be no more than " + most + " characters");
    }
    return wrong;
  }

  private static String pattern(String message, String pattern, String... examples) {
    StringBuilder text = new StringBuilder(message + " (e.g. ");
    for (int i = 0; i < examples.length; i++) {
      text.append(i > 0 ? " or " : "").append('\'').append(examples[i]).append("', ");
    }
    return text + "regex used for validation is '" + pattern + "')";
  }

  private static List<String> label(String text) {
    List<String> wrong = limited(text, 63);
    if (!isMatch(text, LABEL)) {
      wrong.add(
          isMatch(text, SUBDOMAIN)
              ? "must not contain dots"
              : pattern(
                  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
                  LABEL,
                  "my-name",
                  "123-abc"));
    }
    return wrong;
  }

  /** RE2 does not go deep into the stack over long texts, as Java's own would. */
  private static boolean isMatch(String text, String pattern) {
    return COMPILED
        .computeIfAbsent(pattern, com.google.re2j.Pattern::compile)
        .matcher(text)
        .matches();
  }

  private static List<String> subdomain(String text) {
    List<String> wrong = limited(text, 253);
    if (!isMatch(text, SUBDOMAIN)) {
      wrong.add(
          pattern(
              "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
              SUBDOMAIN,
              "example.com"));
    }
    return wrong;
  }

  private static List<String> label1035(String text) {
    List<String> wrong = limited(text, 63);
    if (!isMatch(text, LABEL_1035)) {
      wrong.add(
          pattern(
              "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
              LABEL_1035,
              "my-name",
              "abc-123"));
    }
    return wrong;
  }

  private static List<String> qualifiedName(String text) {
    List<String> wrong = new ArrayList<>();
    String[] parts = text.split("/", -1);
    String name = parts[parts.length - 1];
    if (parts.length > 2) {
      wrong.add(
          pattern(
                  "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                  QUALIFIED,
                  "MyName",
                  "my.name",
                  "123-abc")
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
      return wrong;
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        wrong.add("prefix part must be non-empty");
      } else {
        subdomain(parts[0]).forEach(message -> wrong.add("prefix part " + message));
      }
    }
    if (name.isEmpty()) {
      wrong.add("name part must be non-empty");
    } else {
      limited(name, 63).forEach(message -> wrong.add("name part " + message));
    }
    if (!isMatch(name, QUALIFIED)) {
      wrong.add(
          "name part "
              + pattern(
                  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
                  QUALIFIED,
                  "MyName",
                  "my.name",
                  "123-abc"));
    }
    return wrong;
  }

  private static List<String> labelValue(String text) {
    List<String> wrong = limited(text, 63);
    if (!isMatch(text, VALUE)) {
      wrong.add(
          pattern(
              "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
              VALUE,
              "MyValue",
              "my_value",
              "12345"));
    }
    return wrong;
  }

  private static boolean isBase64(String text) {
    return isMatch(text, BASE64);
  }

  private static boolean isDate(String text) {
    try {
      return text.matches("\\d{4}-\\d{2}-\\d{2}") && LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDateTime(String text) {
    String[] parts = text.toLowerCase(java.util.Locale.ROOT).split("t", -1);
    return parts.length >= 2 && isDate(parts[0]) && isMatch(parts[1], TIME);
  }
}

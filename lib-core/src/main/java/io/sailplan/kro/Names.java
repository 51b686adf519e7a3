package io.sailplan.kro;

import java.util.Set;
import java.util.regex.Pattern;

/** The names that kro takes for kinds, resources and the variables of {@code forEach}. */
final class Names {
  private static final Pattern LOWER_CAMEL = Pattern.compile("[a-z][a-zA-Z0-9]*");
  private static final Pattern KIND = Pattern.compile("[A-Z][a-zA-Z0-9]{0,62}");
  private static final Pattern VERSION = Pattern.compile("v[0-9]+((alpha|beta)[0-9]+)?");

  private static final Set<String> RESERVED =
      Set.of(
          // words of the expression language
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while",
          // words of kro
          "apiVersion",
          "context",
          "dependency",
          "dependencies",
          "each",
          "externalRef",
          "externalReference",
          "externalRefs",
          "externalReferences",
          "graph",
          "instance",
          "item",
          "items",
          "kind",
          "kro",
          "metadata",
          "object",
          "resource",
          "resourcegraphdefinition",
          "resourceGraphDefinition",
          "resources",
          "root",
          "runtime",
          "schema",
          "self",
          "serviceAccountName",
          "spec",
          "status",
          "this",
          "variables",
          "vars",
          "version");

  private Names() {}

  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  static boolean isIdentifier(String name) {
    return LOWER_CAMEL.matcher(name).matches();
  }

  static boolean isKind(String name) {
    return KIND.matcher(name).matches();
  }

  static boolean isVersion(String name) {
    return VERSION.matcher(name).matches();
  }

  /** Returns a name that would do in place of {@code name}; empty if none comes to mind. */
  static String lowerCamel(String name) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
      if (plain && camel.isEmpty()) {
        camel.append(Character.toLowerCase(c));
      } else if (plain) {
        camel.append(upper ? Character.toUpperCase(c) : c);
      }
      upper = !plain;
    }
    return isIdentifier(camel.toString()) && !isReserved(camel.toString()) ? camel.toString() : "";
  }

  /** Returns a kind that would do in place of {@code name}; empty if none comes to mind. */
  static String kind(String name) {
    String camel = lowerCamel(name);
    String kind =
        camel.isEmpty() ? "" : Character.toUpperCase(camel.charAt(0)) + camel.substring(1);
    return isKind(kind) ? kind : "";
  }
}

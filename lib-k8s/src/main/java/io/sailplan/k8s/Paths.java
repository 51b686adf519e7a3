package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Names as parts of a path. */
final class Paths {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@!$&'()*+,;=";

  private Paths() {}

  /** Returns why there is no path to the object. */
  static Optional<String> problem(ApiResource resource, ObjectKey key) {
    Optional<String> wrong = problem(key.name());
    if (wrong.isPresent() || !resource.namespaced()) {
      return wrong;
    }
    return key.namespace().isEmpty()
        ? Optional.of(key + " needs a namespace")
        : problem(key.namespace());
  }

  /** Returns why {@code name} cannot stand in a path. */
  static Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("a name is missing");
    }
    // An HTTP client would climb up the path.
    return name.equals(".") || name.equals("..")
        ? Optional.of("nothing can have the name " + name)
        : Optional.empty();
  }

  /** Returns {@code text} as one segment of a path (RFC 3986, section 3.3). */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      if (PLAIN.indexOf(character) >= 0) {
        escaped.append(character);
      } else {
        escaped.append('%');
        escaped.append(Character.forDigit(octet >> 4 & 0xf, 16));
        escaped.append(Character.forDigit(octet & 0xf, 16));
      }
    }
    return escaped.toString();
  }
}

package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What an author says of a field beside its type.
 *
 * @param kind what about
 * @param value the text behind the equals sign, without its quotes
 */
record Marker(Kind kind, String value) {
  Marker {
    requireNonNull(kind, "kind");
    requireNonNull(value, "value");
  }

  /** All markers that there are. */
  enum Kind {
    REQUIRED("required"),
    DEFAULT("default"),
    DESCRIPTION("description"),
    MINIMUM("minimum"),
    MAXIMUM("maximum"),
    VALIDATION("validation"),
    ENUM("enum"),
    IMMUTABLE("immutable"),
    PATTERN("pattern"),
    UNIQUE_ITEMS("uniqueItems"),
    MIN_LENGTH("minLength"),
    MAX_LENGTH("maxLength"),
    MIN_ITEMS("minItems"),
    MAX_ITEMS("maxItems"),
    LIST_TYPE("listType"),
    LIST_MAP_KEY("listMapKey");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static List<String> words() {
      return Arrays.stream(values()).map(Kind::word).toList();
    }
  }
}

package io.sailplan.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A version as semver 2 has it; what stands behind {@code +} does not count. */
final class Version implements Extra {
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final Pattern SYNTAX =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-([0-9A-Za-z.-]*))?(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");
  private static final int LONGEST = 256;

  private final List<Unsigned> numbers;
  private final List<String> preRelease;

  private Version(List<Unsigned> numbers, List<String> preRelease) {
    this.numbers = numbers;
    this.preRelease = preRelease;
  }

  static Optional<Version> parse(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (text.length() > LONGEST || !parts.matches()) {
      return Optional.empty();
    }
    List<Unsigned> numbers = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Unsigned number = number(parts.group(i));
      if (number == null) {
        return Optional.empty();
      }
      numbers.add(number);
    }
    List<String> preRelease =
        parts.group(4) == null ? List.of() : List.of(parts.group(4).split("\\.", -1));
    for (String part : preRelease) {
      if (part.isEmpty()
          || (part.matches("[0-9]+") && (part.matches("0.+") || number(part) == null))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Version(numbers, preRelease));
  }

  /** Takes {@code v1}, {@code 1.2} and {@code 01.02.03} as well. */
  static Optional<Version> parseTolerant(String text) {
    String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].length() > 1) {
        String stripped = parts[i].replaceFirst("^0+", "");
        parts[i] = stripped.matches("[0-9].*") ? stripped : "0" + stripped;
      }
    }
    if (parts.length < 3) {
      if (parts[parts.length - 1].matches(".*[+-].*")) {
        return Optional.empty();
      }
      int given = parts.length;
      parts = Arrays.copyOf(parts, 3);
      Arrays.fill(parts, given, 3, "0");
    }
    return parse(String.join(".", parts));
  }

  private static @Nullable Unsigned number(String digits) {
    try {
      return new Unsigned(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public String typeName() {
    return Types.SEMVER.name();
  }

  long part(int index) {
    return numbers.get(index).bits();
  }

  int compareTo(Version other) {
    for (int i = 0; i < 3; i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int order = compareParts(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareParts(String left, String right) {
    boolean leftNumber = left.matches("[0-9]+");
    boolean rightNumber = right.matches("[0-9]+");
    if (leftNumber != rightNumber) {
      return leftNumber ? -1 : 1;
    }
    return Integer.signum(
        leftNumber
            ? Long.compareUnsigned(Long.parseUnsignedLong(left), Long.parseUnsignedLong(right))
            : left.compareTo(right));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return numbers.hashCode() * 31 + preRelease.hashCode();
  }
}

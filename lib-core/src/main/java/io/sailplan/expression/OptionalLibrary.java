package io.sailplan.expression;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Functions on optionals; {@code or} and {@code orValue} are nodes, as they need not look further.
 */
final class OptionalLibrary {
  private OptionalLibrary() {}

  static void declare(FunctionTable table) {
    table.addOutside("optional.of(A): optional(A)", (f, a) -> new OptionalValue(a[0]));
    table.addOutside("optional.none(): optional(A)", (f, a) -> OptionalValue.NONE);
    table.addOutside(
        "optional.ofNonZeroValue(A): optional(A)",
        (f, a) -> isZero(a[0]) ? OptionalValue.NONE : new OptionalValue(a[0]));
    table.addOutside("[optional(A)].value(): A", (f, a) -> value((OptionalValue) a[0]));
    table.addOutside(
        "[optional(A)].hasValue(): bool", (f, a) -> ((OptionalValue) a[0]).isPresent());
    table.addAll(
        (f, a) -> unwrap(f, (List<?>) a[0]),
        "optional.unwrap(list(optional(A))): list(A)",
        "[list(optional(A))].unwrapOpt(): list(A)");
    table.add("[optional(A)].or(optional(A)): optional(A)", OptionalLibrary::unreachable);
    table.add("[optional(A)].orValue(A): A", OptionalLibrary::unreachable);
  }

  private static Object unreachable(Frame frame, Object[] arguments) {
    throw new IllegalStateException("nodes of their own do this");
  }

  private static Object value(OptionalValue optional) {
    if (optional.value() == null) {
      throw new CallFailure("the optional has no value");
    }
    return optional.value();
  }

  private static Object unwrap(Frame frame, List<?> list) {
    List<Object> values = new ArrayList<>();
    for (Object item : list) {
      frame.spend(1);
      if (!(item instanceof OptionalValue optional)) {
        throw new CallFailure("the list holds something that is not an optional");
      }
      if (optional.value() != null) {
        values.add(optional.value());
      }
    }
    return values;
  }

  private static boolean isZero(Object value) {
    return value == NullValue.NULL
        || value.equals(0L)
        || value.equals(0.0)
        || value.equals(-0.0)
        || value.equals(new Unsigned(0))
        || value.equals("")
        || value.equals(false)
        || value.equals(Duration.ZERO)
        || (value instanceof Bytes bytes && bytes.size() == 0)
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof OptionalValue optional && !optional.isPresent());
  }
}

package io.sailplan.expression;

/** Amounts such as {@code 500m}. */
final class QuantityLibrary {
  private static final String TYPE = "kubernetes.Quantity";

  private QuantityLibrary() {}

  static void declare(FunctionTable table) {
    table.add("quantity(string): " + TYPE, (f, a) -> parse((String) a[0]));
    table.add("isQuantity(string): bool", (f, a) -> Quantity.parse((String) a[0]).isPresent());
    // Kubernetes declares it without a receiver, and documents it with one.
    table.addAll(
        (f, a) -> (long) of(a[0]).signum(),
        "sign(" + TYPE + "): int",
        "[" + TYPE + "].sign(): int");
    table.add(
        "[" + TYPE + "].isGreaterThan(" + TYPE + "): bool",
        (f, a) -> of(a[0]).compareTo(of(a[1])) > 0);
    table.add(
        "[" + TYPE + "].isLessThan(" + TYPE + "): bool",
        (f, a) -> of(a[0]).compareTo(of(a[1])) < 0);
    table.add(
        "[" + TYPE + "].compareTo(" + TYPE + "): int",
        (f, a) -> (long) of(a[0]).compareTo(of(a[1])));
    table.add("[" + TYPE + "].asApproximateFloat(): double", (f, a) -> of(a[0]).asDouble());
    table.add("[" + TYPE + "].asInteger(): int", (f, a) -> integer(of(a[0])));
    table.add("[" + TYPE + "].isInteger(): bool", (f, a) -> of(a[0]).asInteger().isPresent());
    table.add("[" + TYPE + "].add(" + TYPE + "): " + TYPE, (f, a) -> of(a[0]).plus(of(a[1])));
    table.add(
        "[" + TYPE + "].add(int): " + TYPE, (f, a) -> of(a[0]).plus(Quantity.of((Long) a[1])));
    table.add("[" + TYPE + "].sub(" + TYPE + "): " + TYPE, (f, a) -> of(a[0]).minus(of(a[1])));
    table.add(
        "[" + TYPE + "].sub(int): " + TYPE, (f, a) -> of(a[0]).minus(Quantity.of((Long) a[1])));
  }

  private static Quantity of(Object value) {
    return (Quantity) value;
  }

  private static Object parse(String text) {
    return Quantity.parse(text)
        .orElseThrow(() -> new CallFailure("the text is not a quantity such as 500m or 1Gi"));
  }

  private static Object integer(Quantity quantity) {
    return quantity
        .asInteger()
        .orElseThrow(() -> new CallFailure("the quantity is not a whole number"));
  }
}

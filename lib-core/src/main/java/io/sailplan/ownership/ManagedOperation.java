package io.sailplan.ownership;

/** How a manager came to own fields. */
public enum ManagedOperation {
  /** By server-side apply: it states all that it wants. */
  APPLY("Apply"),
  /** By any other write: it owns what it changed. */
  UPDATE("Update");

  private final String text;

  ManagedOperation(String text) {
    this.text = text;
  }

  /** Returns the word that stands in {@code managedFields}. */
  public String text() {
    return text;
  }

  static ManagedOperation parse(String text) {
    for (ManagedOperation operation : values()) {
      if (operation.text.equals(text)) {
        return operation;
      }
    }
    throw new IllegalArgumentException("operation must be Apply or Update");
  }
}

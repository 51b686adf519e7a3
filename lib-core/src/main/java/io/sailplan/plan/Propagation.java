package io.sailplan.plan;

/**
 * What becomes of the objects that a deleted one owns; see {@code DeleteOptions.propagationPolicy}.
 */
public enum Propagation {
  /** They are deleted first; the owner stays until they are gone. */
  FOREGROUND("Foreground"),
  /** The owner goes at once, they follow. */
  BACKGROUND("Background"),
  /** They stay, without owner. */
  ORPHAN("Orphan");

  private final String text;

  Propagation(String text) {
    this.text = text;
  }

  /** Returns the value as the API writes it. */
  public String text() {
    return text;
  }
}

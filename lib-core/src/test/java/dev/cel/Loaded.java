package dev.cel;

/** Stands for the expression language, so that a test can see that loading it would be noticed. */
public final class Loaded {
  private Loaded() {}
}

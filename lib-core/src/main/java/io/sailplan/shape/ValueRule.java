package io.sailplan.shape;

import java.util.List;

/**
 * What the API server demands of a value beyond its type, without regard to other fields.
 * Implementations are immutable and thread-safe.
 */
public sealed interface ValueRule permits LearnedRule, SchemaRule {

  /** Returns whether the server takes a value. */
  enum Verdict {
    /** It does. */
    TAKEN,
    /** It does not. */
    REFUSED,
    /** The rule does not say: it is not known in full, or other fields have a say. */
    UNKNOWN
  }

  /**
   * Returns what is wrong with {@code value}; empty if nothing is known to be. What stands below a
   * value is not looked at, unless alternatives have to be told apart.
   *
   * @param value a tree of the right type, never null
   */
  List<Misfit> misfits(Object value);

  /** Returns whether the server takes {@code value}, a tree of the right type, never null. */
  Verdict judge(Object value);
}

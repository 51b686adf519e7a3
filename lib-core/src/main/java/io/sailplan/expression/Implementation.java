package io.sailplan.expression;

/** What a function does. */
@FunctionalInterface
interface Implementation {

  /**
   * Returns the value; arguments are values of the types of the overload, without {@link Stop} and
   * {@link View}; a receiver comes first.
   *
   * @throws CallFailure if there is no value
   */
  Object apply(Frame frame, Object[] arguments);
}

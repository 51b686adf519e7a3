package io.sailplan.expression;

/** A value of a library's own type, such as a quantity; equal values are equal. */
interface Extra {

  /** Returns the name of its type, such as {@code kubernetes.Quantity}. */
  String typeName();
}

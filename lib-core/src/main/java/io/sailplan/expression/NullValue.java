package io.sailplan.expression;

/** CEL's null, so that null in Java never is a value. */
enum NullValue {
  NULL
}

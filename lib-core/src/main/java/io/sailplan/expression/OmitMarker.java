package io.sailplan.expression;

/** What {@code omit()} gives. */
enum OmitMarker {
  OMIT
}

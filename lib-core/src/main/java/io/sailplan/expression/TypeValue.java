package io.sailplan.expression;

/** A type as a value, by its name: {@code type(1) == int}. */
record TypeValue(String name) {}

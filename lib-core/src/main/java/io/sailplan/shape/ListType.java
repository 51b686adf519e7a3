package io.sailplan.shape;

/** How the items of a list are told apart when two writers share it. */
public enum ListType {
  /** Not at all: the list is replaced whole. */
  ATOMIC,
  /** By their values, which are scalars. */
  SET,
  /** By the values of some of their fields. */
  KEYED
}

package io.sailplan.shape;

/** The sorts of values that a {@link Shape} describes. */
public enum ShapeType {
  /** Named fields, a free map, or both. */
  OBJECT,
  /** A list; see {@link ListType}. */
  LIST,
  /** Text. */
  STRING,
  /** A whole number of 32 bits. */
  INT32,
  /** A whole number of 64 bits. */
  INT64,
  /** Any number. */
  NUMBER,
  /** True or false. */
  BOOLEAN,
  /** A whole number of 32 bits, or text such as {@code 25%}. */
  INT_OR_STRING,
  /** An amount such as {@code 500m} or {@code 1Gi}; a string, or a number in what people write. */
  QUANTITY,
  /** A point in time, to the second. */
  TIME,
  /** A point in time, to the microsecond. */
  MICRO_TIME,
  /** Bytes in standard base64. */
  BYTES,
  /** Anything: objects merge key by key, lists are replaced whole. */
  ANY,
  /** Anything, replaced whole. */
  RAW;

  /** Returns whether values of this sort are neither objects nor lists. */
  public boolean isScalar() {
    return this != OBJECT && this != LIST && this != ANY && this != RAW;
  }
}

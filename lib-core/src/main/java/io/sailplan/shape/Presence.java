package io.sailplan.shape;

/**
 * What the API server stores for a field that was not written, or was written with the zero value
 * of its type.
 */
public enum Presence {
  /** Stored when written, zero included; otherwise left out. */
  WHEN_SET,
  /** Left out when it is zero, false, or empty. */
  WHEN_NOT_ZERO,
  /** Always there: not written, it holds its zero value; an empty list or map is null. */
  ALWAYS,
  /** Always there: not written, it is null; its zero value is kept. */
  OR_NULL
}

package io.sailplan.problem;

/** How much a {@link Problem} matters: an error stops the work, a warning does not. */
public enum Severity {
  /** Nothing can be planned before this is mended. */
  ERROR,
  /** The work goes on; the result may surprise. */
  WARNING
}

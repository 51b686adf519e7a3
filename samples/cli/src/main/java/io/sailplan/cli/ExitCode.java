package io.sailplan.cli;

/** The codes that the command ends with; part of its interface. */
final class ExitCode {
  /** There was nothing to do, or it was done. */
  static final int DONE = 0;

  /** The input is wrong, the plan was refused, or something failed. */
  static final int FAILED = 1;

  /** {@code plan} found changes to make. */
  static final int PENDING = 2;

  /** The command line makes no sense; EX_USAGE of sysexits.h. */
  static final int MISUSE = 64;

  private ExitCode() {}
}

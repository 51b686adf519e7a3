package io.sailplan.problem;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions that this library throws on purpose, programmer's errors apart. */
public class SailplanException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Makes one with a message that holds no value of a Secret. */
  public SailplanException(String message) {
    super(message);
  }

  /** Makes one with a cause. */
  public SailplanException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

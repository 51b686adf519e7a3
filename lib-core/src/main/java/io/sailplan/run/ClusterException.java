package io.sailplan.run;

import io.sailplan.problem.SailplanException;
import org.jspecify.annotations.Nullable;

/** A cluster could not be reached, or did not answer. */
public final class ClusterException extends SailplanException {
  private static final long serialVersionUID = 1;

  /** Makes one with a message for people that holds no credentials. */
  public ClusterException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

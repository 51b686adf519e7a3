package io.sailplan.dialect;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What annotations ask for in the treatment of one resource.
 *
 * @param writing whether it is written
 * @param text the annotation that says so, as a part of a sentence; empty if none does
 * @param readyWithin how long it may take to become ready; empty if the policy says that
 */
public record Treatment(Writing writing, String text, Optional<Duration> readyWithin) {
  private static final Treatment NORMAL = new Treatment(Writing.NORMAL, "", Optional.empty());

  /** Whether an object is written; what writes less prevails. */
  public enum Writing {
    /** It is made and changed. */
    NORMAL,
    /** It is made if it does not exist, and never changed. */
    CREATE_ONLY,
    /** Somebody else makes it: it is waited for. */
    EXPECTED,
    /** It is neither made nor changed, nor waited for. */
    NEVER
  }

  /** Checks that nothing is null. */
  public Treatment {
    requireNonNull(writing, "writing");
    requireNonNull(text, "text");
    requireNonNull(readyWithin, "readyWithin");
  }

  /** Returns the treatment of what nothing special is said of. */
  public static Treatment normal() {
    return NORMAL;
  }

  /** Returns this treatment, unless {@code writing} writes less. */
  Treatment with(Writing writing, String text) {
    return writing.compareTo(this.writing) > 0 ? new Treatment(writing, text, readyWithin) : this;
  }

  Treatment within(Duration duration) {
    return new Treatment(writing, text, Optional.of(duration));
  }
}

package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

/**
 * A legal way on after a {@link Refusal}.
 *
 * @param action what to do, as a stable word, such as {@code adopt}
 * @param description how, and what follows from it; a sentence
 */
public record Remedy(String action, String description) {

  /** Checks that no part is null. */
  public Remedy {
    requireNonNull(action, "action");
    requireNonNull(description, "description");
  }
}

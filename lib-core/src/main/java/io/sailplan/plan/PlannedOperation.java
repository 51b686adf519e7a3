package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;

/**
 * What a plan is for: all that is left of an {@link Operation} once its steps are known.
 *
 * @param verb the verb that people read, such as {@code deploy}
 * @param membership which application
 */
public record PlannedOperation(String verb, Membership membership) {

  /** Checks that no part is null. */
  public PlannedOperation {
    requireNonNull(verb, "verb");
    requireNonNull(membership, "membership");
  }

  /** Returns what is left of {@code operation}. */
  public static PlannedOperation of(Operation operation) {
    return new PlannedOperation(operation.verb(), operation.membership());
  }

  /** Returns {@code deploy shop/api}. */
  @Override
  public String toString() {
    return verb + " " + membership;
  }
}

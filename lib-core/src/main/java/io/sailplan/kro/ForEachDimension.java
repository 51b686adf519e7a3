package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

/**
 * One list that a resource is repeated over.
 *
 * @param name the variable that holds the item
 * @param expression the list, as an expression with its {@code ${…}}
 */
public record ForEachDimension(String name, String expression) {

  /** Checks that no part is null. */
  public ForEachDimension {
    requireNonNull(name, "name");
    requireNonNull(expression, "expression");
  }
}

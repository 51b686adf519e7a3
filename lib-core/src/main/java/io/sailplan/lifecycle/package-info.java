/**
 * What can happen to an application, and how a cluster remembers which objects belong to it.
 *
 * <pre>{@code
 * Operation deploy = new Operation.Deploy(shop);
 * Membership membership = Membership.of(shop);
 * membership.fieldManager(); // "sailplan/default/shop"
 * }</pre>
 */
@NullMarked
package io.sailplan.lifecycle;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps applications as they are declared: when to look, whether to run what a look finds to do,
 * when to wait, and which of several instances may write. State machines without I/O; an adapter
 * carries their actions out and feeds what happens back.
 *
 * <pre>{@code
 * Reconciler reconciler = Reconciler.of(ReconcilePolicy.standard().drift(Drift.REPORT));
 * reconciler.handle(new ReconcileEvent.Led(), now);
 * List<ReconcileAction> actions =
 *     reconciler.handle(new ReconcileEvent.Declared(shop, Policy.standard()), now);
 * }</pre>
 */
@NullMarked
package io.sailplan.reconcile;

import org.jspecify.annotations.NullMarked;

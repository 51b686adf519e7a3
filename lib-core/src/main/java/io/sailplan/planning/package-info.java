/**
 * From what should exist and what does exist to a plan, by pure functions.
 *
 * <pre>{@code
 * PlanResult result = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty()).at(now));
 * Plan plan = result.orThrow();
 * }</pre>
 */
@NullMarked
package io.sailplan.planning;

import org.jspecify.annotations.NullMarked;

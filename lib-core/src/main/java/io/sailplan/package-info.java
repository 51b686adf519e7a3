/**
 * The front door of Sailplan.
 *
 * <pre>{@code
 * Plan plan = Planner.standard().plan(PlanRequest.deploy(shop, seen).at(now)).orThrow();
 * System.out.println(plan.render());
 * }</pre>
 */
@NullMarked
package io.sailplan;

import org.jspecify.annotations.NullMarked;

/**
 * A plan as plain data: which steps, in which order, why, on which conditions, with which effect on
 * every field.
 *
 * <pre>{@code
 * Plan plan = Planner.standard().plan(request).orThrow();
 * System.out.println(plan.render());
 * }</pre>
 */
@NullMarked
package io.sailplan.plan;

import org.jspecify.annotations.NullMarked;

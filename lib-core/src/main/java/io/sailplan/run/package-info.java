/**
 * Carries out a plan: a state machine without I/O, and the port through which adapters drive it.
 *
 * <pre>{@code
 * Run run = Run.of(plan, RunOptions.standard());
 * List<RunAction> actions = run.start(now);
 * // an adapter carries the actions out and feeds what happens back:
 * actions = run.handle(new RunEvent.Answered(1, response), later);
 * }</pre>
 */
@NullMarked
package io.sailplan.run;

import org.jspecify.annotations.NullMarked;

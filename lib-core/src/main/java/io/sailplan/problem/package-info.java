/**
 * User mistakes as values: what was found, where, and what to do about it.
 *
 * <p>Whatever reads input collects <em>all</em> {@link io.sailplan.problem.Problem}s before it
 * answers:
 *
 * <pre>{@code
 * Problem problem = Problem.error(ProblemCode.DUPLICATE_KEY, "key \"image\" is written twice")
 *     .at(SourceLocation.of("shop.yaml", 12, 7))
 *     .hint("Keep one of them.");
 * }</pre>
 */
@NullMarked
package io.sailplan.problem;

import org.jspecify.annotations.NullMarked;

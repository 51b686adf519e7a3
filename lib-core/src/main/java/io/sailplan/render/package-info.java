/**
 * Writes plans for other places than a terminal: Markdown for a comment on a change, one HTML file
 * with the graph of the plan.
 *
 * <pre>{@code
 * String comment = PlanMarkdown.of(plan);
 * String page = PlanHtml.of(plan);
 * }</pre>
 */
@NullMarked
package io.sailplan.render;

import org.jspecify.annotations.NullMarked;

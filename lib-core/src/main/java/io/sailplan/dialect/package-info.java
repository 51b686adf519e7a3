/**
 * What annotations of other deployment tools say, read natively: what may not be removed, what
 * waits for what, what runs as a hook.
 *
 * <pre>{@code
 * Protection.find(live, Protection.Removal.PRUNE, EnumSet.allOf(Dialect.class));
 * // [the annotation helm.sh/resource-policy is "keep" (Helm)]
 * }</pre>
 *
 * <p>All types here are immutable.
 */
@NullMarked
package io.sailplan.dialect;

import org.jspecify.annotations.NullMarked;

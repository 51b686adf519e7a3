package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Lookup;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.ReadinessRule;
import io.sailplan.model.Snapshot;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known beside the object that is judged. Immutable, if the function is.
 *
 * @param rule the author's own rule; null for the built-in ones
 * @param hasStatus whether objects of the kind can have a {@code status}; matters to custom
 *     resources only: one that cannot is ready when it exists
 * @param related what is known of other objects, such as the StorageClass of a claim
 */
public record ReadinessQuery(
    @Nullable ReadinessRule rule, boolean hasStatus, Function<ObjectKey, Lookup> related) {
  private static final ReadinessQuery PLAIN =
      new ReadinessQuery(null, true, key -> new Lookup.NotLookedAt("nobody looked at " + key));

  /** Checks that nothing but the rule is null. */
  public ReadinessQuery {
    requireNonNull(related, "related");
  }

  /** Returns the query that knows nothing beside the object. */
  public static ReadinessQuery plain() {
    return PLAIN;
  }

  /** Returns this query with the author's rule; null for the built-in rules. */
  public ReadinessQuery withRule(@Nullable ReadinessRule rule) {
    return new ReadinessQuery(rule, hasStatus, related);
  }

  /** Returns this query for a kind whose objects can, or cannot, have a {@code status}. */
  public ReadinessQuery withStatus(boolean hasStatus) {
    return new ReadinessQuery(rule, hasStatus, related);
  }

  /** Returns this query, knowing of other objects what the snapshot knows. */
  public ReadinessQuery withRelated(Snapshot snapshot) {
    return new ReadinessQuery(rule, hasStatus, snapshot::lookup);
  }
}

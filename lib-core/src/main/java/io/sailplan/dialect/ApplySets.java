package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.problem.ProblemCode;
import java.util.List;

/**
 * What {@code kubectl apply --prune} writes as KEP-3659 says; this library keeps such a set too.
 */
final class ApplySets implements DialectReader {
  private static final Dialect DIALECT = Dialect.APPLYSET;
  private static final String PREFIX = "applyset.kubernetes.io/";
  private static final Key PART_OF = Key.of(DIALECT, PREFIX + "part-of", Use.NOT_CARRIED_OVER);

  static final List<Key> KEYS =
      List.of(
          PART_OF,
          Key.of(DIALECT, PREFIX + "id", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "tooling", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "contains-group-kinds", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "additional-namespaces", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "is-parent-type", Use.NOTHING));

  @Override
  public void read(Item item) {
    if (item.labels().containsKey(PART_OF.name())) {
      item.warn(
          ProblemCode.NOT_CARRIED_OVER,
          PART_OF.name(),
          item.id()
              + " says by the label "
              + PART_OF.name()
              + " which set it belongs to, which is overwritten",
          "Remove the label: it is set to the ApplySet of this application.");
    }
  }
}

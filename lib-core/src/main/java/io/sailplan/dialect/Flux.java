package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.dialect.Treatment.Writing;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Flux's kustomize-controller reads: in annotations or labels, whatever the case of values.
 */
final class Flux implements DialectReader {
  private static final Dialect DIALECT = Dialect.FLUX;
  private static final String PREFIX = "kustomize.toolkit.fluxcd.io/";
  private static final Key SSA = Key.of(DIALECT, PREFIX + "ssa", Use.WRITING);
  private static final Key RECONCILE = Key.of(DIALECT, PREFIX + "reconcile", Use.WRITING);
  private static final Key FORCE = Key.of(DIALECT, PREFIX + "force", Use.NOTHING);

  static final List<Key> KEYS =
      List.of(
          Key.of(DIALECT, PREFIX + "prune", Use.PROTECTION),
          SSA,
          FORCE,
          RECONCILE,
          Key.of(DIALECT, PREFIX + "substitute", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "name", Use.NOTHING),
          Key.of(DIALECT, PREFIX + "namespace", Use.NOTHING));

  @Override
  public void read(Item item) {
    read(item, item.annotations(), "annotation");
    read(item, item.labels(), "label");
  }

  private static void read(Item item, Map<String, String> entries, String where) {
    String ssa = entries.get(SSA.name());
    if (ssa != null) {
      String text = Item.text(where, DIALECT, SSA.name(), ssa);
      switch (ssa.toLowerCase(Locale.ROOT)) {
        case "override", "merge" -> {} // other managers' fields are never taken away anyway
        case "ifnotpresent" -> item.treat(now -> now.with(Writing.CREATE_ONLY, text));
        case "ignore" -> item.treat(now -> now.with(Writing.NEVER, text));
        default -> malformed(item, SSA, ssa, "Write Override, Merge, IfNotPresent or Ignore.");
      }
    }
    String reconcile = entries.get(RECONCILE.name());
    if (reconcile != null) {
      switch (reconcile.toLowerCase(Locale.ROOT)) {
        case "enabled" -> {}
        case "disabled" ->
            item.treat(
                now ->
                    now.with(
                        Writing.NEVER, Item.text(where, DIALECT, RECONCILE.name(), reconcile)));
        default -> malformed(item, RECONCILE, reconcile, "Write disabled, or remove it.");
      }
    }
    String force = entries.get(FORCE.name());
    if (force != null && !List.of("enabled", "disabled").contains(force.toLowerCase(Locale.ROOT))) {
      malformed(item, FORCE, force, "Write Enabled, or remove it.");
    }
  }

  private static void malformed(Item item, Key key, String value, String expected) {
    item.malformed(key.name(), "\"" + Item.cut(value) + "\" is not understood", expected);
  }
}

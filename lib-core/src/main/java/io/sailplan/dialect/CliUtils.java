package io.sailplan.dialect;

import io.sailplan.dialect.Key.Use;
import io.sailplan.dialect.Treatment.Writing;
import io.sailplan.graph.Strength;
import io.sailplan.model.ObjectKey;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code sigs.k8s.io/cli-utils}, and so kpt, reads. */
final class CliUtils implements DialectReader {
  private static final Dialect DIALECT = Dialect.CLI_UTILS;
  private static final Key DEPENDS_ON =
      Key.of(DIALECT, "config.kubernetes.io/depends-on", Use.ORDER);
  private static final Key MUTATION_OF_VALUES =
      Key.of(DIALECT, "config.kubernetes.io/apply-time-mutation", Use.NOT_CARRIED_OVER);
  private static final Key MUTATION =
      Key.of(DIALECT, "client.lifecycle.config.k8s.io/mutation", Use.WRITING);
  private static final Key LOCAL =
      Key.of(DIALECT, "config.kubernetes.io/local-config", Use.WRITING);
  private static final Key INVENTORY =
      Key.of(DIALECT, "cli-utils.sigs.k8s.io/inventory-id", Use.WRITING);

  static final List<Key> KEYS =
      List.of(
          DEPENDS_ON,
          MUTATION_OF_VALUES,
          MUTATION,
          Key.of(DIALECT, "client.lifecycle.config.k8s.io/deletion", Use.PROTECTION),
          Key.of(DIALECT, "cli-utils.sigs.k8s.io/on-remove", Use.PROTECTION),
          LOCAL,
          INVENTORY,
          Key.of(DIALECT, "config.k8s.io/owning-inventory", Use.NOTHING));

  @Override
  public void read(Item item) {
    if (item.get(MUTATION_OF_VALUES) != null) {
      item.problem(
          Problem.error(
                  ProblemCode.NOT_CARRIED_OVER,
                  item.id()
                      + " takes values from other objects while it is applied ("
                      + MUTATION_OF_VALUES.name()
                      + "), which is not carried over: it would be deployed with the wrong ones")
              .hint("Write the values into the manifest, and take the annotation away."),
          MUTATION_OF_VALUES.name());
    }
    String mutation = item.get(MUTATION);
    if (mutation != null && mutation.equals("ignore")) {
      item.treat(
          now -> now.with(Writing.CREATE_ONLY, Item.text(DIALECT, MUTATION.name(), mutation)));
    } else if (mutation != null) {
      item.malformed(
          MUTATION.name(), "\"" + Item.cut(mutation) + "\" is no mutation", "Write ignore.");
    }
    String local = item.get(LOCAL);
    if (local != null && !local.equals("false")) {
      item.leaveOut(Item.text(DIALECT, LOCAL.name(), local));
    }
    String inventory = item.labels().get(INVENTORY.name());
    if (inventory != null && item.key().kind().equals("ConfigMap")) {
      item.leaveOut("it is the inventory of another tool, by its label " + INVENTORY.name());
    }
  }

  @Override
  public void relate(List<Item> items, Findings findings) {
    for (Item item : items) {
      String value = item.get(DEPENDS_ON);
      if (value != null) {
        dependsOn(item, value, findings);
      }
    }
  }

  private static void dependsOn(Item item, String value, Findings findings) {
    Set<ObjectKey> seen = new HashSet<>();
    for (String part : value.split(",", -1)) {
      String reference = part.strip();
      ObjectKey key = key(reference);
      if (key == null) {
        item.malformed(
            DEPENDS_ON.name(),
            "\"" + Item.cut(reference) + "\" is no reference",
            "Write group/Kind/name, or group/namespaces/namespace/Kind/name, separated by commas;"
                + " the core group is empty: /namespaces/shop/ConfigMap/settings.");
        continue;
      }
      Item other = findings.find(key);
      if (!seen.add(key)) {
        item.malformed(
            DEPENDS_ON.name(),
            "\"" + Item.cut(reference) + "\" stands there twice",
            "Remove one of them.");
      } else if (other == null) {
        item.problem(
            Problem.error(
                    ProblemCode.DANGLING_REFERENCE,
                    item.id()
                        + ", "
                        + DEPENDS_ON.name()
                        + ": "
                        + key
                        + " is not part of the application")
                .hint("Add it to the application, or take the reference away."),
            DEPENDS_ON.name());
      } else {
        findings.edge(
            item.id(),
            other.id(),
            Strength.HARD,
            item.provenance(DIALECT, DEPENDS_ON.name(), reference));
      }
    }
  }

  private static @Nullable ObjectKey key(String reference) {
    String[] parts = reference.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].isBlank()) {
        return null;
      }
    }
    if (parts.length == 3) {
      return new ObjectKey(parts[0], parts[1], "", parts[2]);
    }
    return parts.length == 5 && parts[1].equals("namespaces")
        ? new ObjectKey(parts[0], parts[3], parts[2], parts[4])
        : null;
  }
}

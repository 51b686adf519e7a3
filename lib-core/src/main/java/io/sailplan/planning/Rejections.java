package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.ownership.Flaw;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refuses what would make an object that the server does not store, place by place. */
final class Rejections {
  private Rejections() {}

  /** Returns a refusal for each flaw, with who owns what is there besides. */
  static List<Refusal> of(
      List<Flaw> flaws, Manifest payload, @Nullable LiveObject live, Target target) {
    List<Refusal> refusals = new ArrayList<>();
    for (Flaw flaw : flaws) {
      boolean declared = flaw.path().find(payload.tree()).isPresent();
      String owners = declared || live == null ? "" : owners(flaw.path(), live.manifest());
      List<Remedy> remedies = new ArrayList<>();
      remedies.add(new Remedy("correct", flaw.problem().hint() + " Then plan again."));
      if (!owners.isEmpty()) {
        remedies.add(
            new Remedy("declare", "Declare " + flaw.path() + ", or let " + owners + " change it."));
      }
      refusals.add(
          new Refusal(
              Refusal.Code.REJECTED,
              target.resource(),
              "the server would reject "
                  + target.key()
                  + ": "
                  + flaw.problem().message()
                  + (owners.isEmpty()
                      ? ""
                      : (isThere(flaw.path(), live) ? "; it" : "; what is around it")
                          + " is owned by "
                          + owners),
              remedies));
    }
    return refusals;
  }

  private static boolean isThere(FieldPath path, @Nullable LiveObject live) {
    return live != null && path.find(live.manifest().tree()).isPresent();
  }

  /** Who owns a field, or what is nearest above it. */
  private static String owners(FieldPath path, Manifest live) {
    ManagedFields managers;
    try {
      managers = ManagedFields.of(live);
    } catch (IllegalArgumentException e) {
      return "";
    }
    for (int length = path.elements().size(); length > 0; length--) {
      List<ManagedEntry> owners =
          managers.ownersOf(new FieldPath(path.elements().subList(0, length)));
      if (!owners.isEmpty()) {
        return owners.stream()
            .map(ManagedEntry::managerText)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
      }
    }
    return "";
  }
}

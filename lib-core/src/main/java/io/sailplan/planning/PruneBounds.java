package io.sailplan.planning;

import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.policy.Pruning;
import java.util.List;
import java.util.Optional;

/** Whether the policy allows to prune so many members at once. */
final class PruneBounds {
  private static final int NAMED = 5;

  private PruneBounds() {}

  /**
   * Returns why not.
   *
   * @param pruned the ids of what would be deleted, ordered
   * @param empty whether the application declares nothing at all
   */
  static Optional<Refusal> check(World world, List<String> pruned, boolean empty) {
    Pruning pruning = world.policy().pruning();
    int members = world.members().size();
    boolean tooMany = pruned.size() > pruning.maxCount();
    boolean tooLarge = 100L * pruned.size() > (long) pruning.maxPercent() * members;
    boolean nothingLeft = empty && !pruning.equals(Pruning.unbounded());
    if (pruned.isEmpty() || !(tooMany || tooLarge || nothingLeft)) {
      return Optional.empty();
    }
    String bound =
        tooMany
            ? "at most " + pruning.maxCount()
            : tooLarge ? "at most " + pruning.maxPercent() + " %" : "all only if it sets no bounds";
    return Optional.of(
        new Refusal(
            Refusal.Code.PRUNES_TOO_MUCH,
            "",
            (empty ? "the application declares nothing, and " : "")
                + pruned.size()
                + " of the "
                + members
                + " members of "
                + world.membership()
                + " would be deleted, as they are not declared any more: "
                + names(pruned)
                + "; the policy allows "
                + bound,
            List.of(
                new Remedy(
                    "check",
                    "Check the name and the home namespace of the application, and whether its"
                        + " input is complete."),
                new Remedy("prune-more", "Plan with a policy whose bounds allow that many."),
                new Remedy(
                    "prune-none",
                    "Plan with a policy that prunes nothing: they stay, as members."))));
  }

  private static String names(List<String> pruned) {
    String first = String.join(", ", pruned.subList(0, Math.min(NAMED, pruned.size())));
    return pruned.size() <= NAMED ? first : first + " and " + (pruned.size() - NAMED) + " more";
  }
}

package io.sailplan.planning;

import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Target;
import java.util.List;
import java.util.Optional;

/** What is said of objects that exist and belong to somebody else. */
final class Foreign {
  private static final Remedy RENAME =
      new Remedy("rename", "Give the resource another name or namespace.");
  private static final Remedy REMOVE =
      new Remedy("remove", "Delete the existing object if nothing needs it.");

  private Foreign() {}

  /** Returns why an object that is adopted is written; empty if it belongs to us already. */
  static Optional<String> adoption(Belonging belonging) {
    return switch (belonging.sort()) {
      case US, CONTROLLER -> Optional.empty();
      case NOBODY -> Optional.of("it exists, and becomes a member of the application");
      case OTHERS -> Optional.of("it is taken from " + belonging.owner());
      case TAKEN -> Optional.of("it is taken back from " + belonging.owner());
    };
  }

  /** Returns the refusal to touch it. */
  static Refusal refusal(Target target, Belonging belonging) {
    return new Refusal(
        Refusal.Code.FOREIGN_OBJECT,
        target.resource(),
        target.key() + " exists already and " + whose(belonging),
        remedies(belonging));
  }

  private static String whose(Belonging belonging) {
    return switch (belonging.sort()) {
      case US, NOBODY -> "belongs to no application";
      case OTHERS -> "belongs to " + belonging.owner();
      case TAKEN -> "was taken over by " + belonging.owner();
      case CONTROLLER -> "is controlled by " + belonging.owner();
    };
  }

  private static List<Remedy> remedies(Belonging belonging) {
    return switch (belonging.sort()) {
      case US, NOBODY ->
          List.of(
              new Remedy(
                  "adopt", "Plan with a policy that adopts what is unowned: it becomes a member."),
              RENAME,
              REMOVE);
      case OTHERS ->
          List.of(
              new Remedy(
                  "adopt-all",
                  "Plan with a policy that adopts all: it is taken from "
                      + belonging.owner()
                      + ", which should not declare it any more."),
              RENAME,
              REMOVE);
      case TAKEN ->
          List.of(
              new Remedy("undeclare", "Take it out of this application: the other one has it now."),
              RENAME,
              new Remedy(
                  "take-back",
                  "Take it out of the other application, and plan with a policy that adopts all and"
                      + " forces conflicts."));
      case CONTROLLER ->
          List.of(
              new Remedy("undeclare", "Take it out of the application: its controller keeps it."),
              RENAME);
    };
  }
}

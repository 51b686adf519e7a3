package io.sailplan.cli;

import io.sailplan.policy.Adoption;
import io.sailplan.policy.Policy;
import io.sailplan.policy.Pruning;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a caller allows. */
final class PolicyOptions {
  enum Adopt {
    NONE,
    UNOWNED,
    ALL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--adopt",
      paramLabel = "WHAT",
      description =
          "Which objects that exist already may become members of the application:"
              + " ${COMPLETION-CANDIDATES} (default: none). all takes them from other"
              + " applications, too.",
      defaultValue = "none")
  Adopt adopt = Adopt.NONE;

  @Option(
      names = "--force-conflicts",
      description = "Take fields from other field managers that want another value.")
  boolean forceConflicts;

  @Option(
      names = "--delete-kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "Protected kinds that may be deleted all the same: Namespace, CustomResourceDefinition,"
              + " PersistentVolume, PersistentVolumeClaim. Separated by commas.")
  List<String> deleteKinds = List.of();

  @Option(
      names = "--recreate",
      paramLabel = "KIND",
      split = ",",
      description =
          "Kinds whose objects are deleted and made anew where a field that cannot be changed has to"
              + " change; what is lost is said in the plan. Protected kinds need --delete-kinds, too."
              + " Separated by commas.")
  List<String> recreate = List.of();

  @Option(
      names = "--take-over",
      paramLabel = "MANAGER",
      split = ",",
      description =
          "Field managers whose fields are taken over with an object that is adopted, beside those of"
              + " kubectl and Helm, so that what is not declared goes; none for not even these."
              + " Separated by commas.")
  List<String> takeOver = List.of();

  @Option(
      names = "--prune",
      paramLabel = "BOUND",
      converter = Prunings.class,
      description =
          "How many members that are not declared any more may be deleted at once: none, all, a"
              + " number, a share of all members such as 50%%, or both (default: 20,50%%).",
      defaultValue = "20,50%")
  Pruning pruning = Pruning.standard();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long an object may take to become ready, or to vanish (default: 5m).")
  @Nullable Duration timeout;

  Policy policy() {
    Policy policy =
        Policy.standard()
            .pruning(pruning)
            .adopting(
                switch (adopt) {
                  case NONE -> Adoption.MEMBERS_ONLY;
                  case UNOWNED -> Adoption.UNOWNED;
                  case ALL -> Adoption.ALL;
                });
    if (forceConflicts) {
      policy = policy.forcing();
    }
    for (String kind : deleteKinds) {
      if (!Policy.PROTECTED.contains(kind)) {
        throw new TypeConversionException(
            "--delete-kinds: \""
                + kind
                + "\" is not one of "
                + String.join(", ", Policy.PROTECTED));
      }
      policy = policy.deleting(kind);
    }
    if (takeOver.contains("none")) {
      policy = policy.takingOverNothing();
    }
    policy =
        policy.takingOver(
            takeOver.stream().filter(manager -> !manager.equals("none")).toArray(String[]::new));
    policy = policy.recreating(recreate.toArray(String[]::new));
    return timeout == null ? policy : policy.readyWithin(timeout).goneWithin(timeout);
  }
}

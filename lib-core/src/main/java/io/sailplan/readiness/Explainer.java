package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds out why an object is not ready. */
final class Explainer {
  private static final int EVENTS = 3;
  private static final Set<String> CREATE_FAILED = Set.of("FailedCreate");

  private final LiveObject target;
  private final Collection<LiveObject> related;
  private final Map<ContainerName, String> logs;
  private final Function<String, String> masker;
  private final EventLog events;

  Explainer(
      LiveObject target,
      Collection<LiveObject> related,
      Map<ContainerName, String> logs,
      Function<String, String> masker) {
    this.target = target;
    this.related = related;
    this.logs = logs;
    this.masker = masker;
    this.events = new EventLog(related);
  }

  Diagnosis explain(Verdict verdict) {
    ObjectKey key = target.key();
    String name = key.namespace().isEmpty() ? key.name() : key.namespace() + "/" + key.name();
    String headline =
        key.kind()
            + " "
            + name
            + (verdict.isReady() ? " is ready: " : " is not ready: ")
            + clean(verdict.message())
            + ".";
    List<Finding> found =
        verdict.isReady()
            ? List.of()
            : findings(target, related).stream().map(this::complete).toList();
    return new Diagnosis(key, headline, found);
  }

  /** Returns what is wrong, unmasked, without events and logs; what is alike is counted. */
  static List<Finding> findings(LiveObject target, Collection<LiveObject> related) {
    EventLog events = new EventLog(related);
    Family family = new Family(target, related);
    List<Finding> found = new ArrayList<>();
    List<LiveObject> sets = family.replicaSets();
    for (LiveObject maker : sets.isEmpty() ? List.of(target) : sets) {
      refusedPods(maker, events).ifPresent(found::add);
    }
    family.claims().forEach(claim -> pending(claim, events).ifPresent(found::add));
    for (LiveObject pod : family.pods()) {
      PodFindings.of(pod, events).forEach(finding -> merge(found, finding));
    }
    if (found.isEmpty()) {
      warning(target, events).ifPresent(found::add);
    }
    return found;
  }

  private static void merge(List<Finding> found, Finding next) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).isAlike(next)) {
        found.set(i, found.get(i).andOneMore());
        return;
      }
    }
    found.add(next);
  }

  /** Pods that the API server did not accept from the controller. */
  private static Optional<Finding> refusedPods(LiveObject owner, EventLog events) {
    Conditions.Condition failure = Conditions.find(owner, "ReplicaFailure");
    String told = failure != null && failure.isTrue() ? Texts.common(failure.message()) : "";
    String message =
        events.newest(owner, CREATE_FAILED).map(EventLog.Warning::message).orElse(told);
    if (message.isEmpty() || isHealthy(owner)) {
      return Optional.empty();
    }
    return Optional.of(
        Finding.of(
            owner.key(),
            "",
            Refusals.reason(message, "FailedCreate"),
            "its pods are refused: " + message.replaceFirst("^Error creating: ", ""),
            Refusals.hint(message)));
  }

  /** An old warning must not be blamed once the controller has all its pods. */
  private static boolean isHealthy(LiveObject owner) {
    Manifest manifest = owner.manifest();
    long present =
        manifest.integer(0, "status", "replicas")
            + manifest.integer(0, "status", "currentNumberScheduled")
            + manifest.integer(0, "status", "active")
            + manifest.integer(0, "status", "succeeded");
    long wanted =
        switch (owner.key().kind()) {
          case "DaemonSet" -> manifest.integer(1, "status", "desiredNumberScheduled");
          case "Job" -> 1;
          default -> manifest.integer(1, "spec", "replicas");
        };
    return present >= wanted;
  }

  private static Optional<Finding> pending(LiveObject claim, EventLog events) {
    if (!claim.manifest().string("status", "phase").equals("Pending")) {
      return Optional.empty();
    }
    Optional<EventLog.Warning> warning =
        events.newest(claim, Set.of("ProvisioningFailed", "FailedBinding"));
    boolean without = StorageRules.storageClass(claim.manifest()).isEmpty();
    if (warning.isEmpty() && !without) {
      return Optional.empty();
    }
    String message = warning.map(EventLog.Warning::message).orElse("it names no StorageClass");
    boolean missing = without || message.contains("not found");
    return Optional.of(
        Finding.of(
            claim.key(),
            "",
            warning.map(EventLog.Warning::reason).orElse("NoStorageClass"),
            "it has no volume: " + message,
            missing
                ? "Name a StorageClass that exists, or mark one as the cluster's default."
                : "Look at the provisioner of its StorageClass."));
  }

  /** When nothing else explains the state, the newest warning is the best guess. */
  private static Optional<Finding> warning(LiveObject target, EventLog events) {
    return events.about(target).stream()
        .findFirst()
        .map(
            event ->
                Finding.of(
                    target.key(),
                    "",
                    event.reason(),
                    event.message() + " (" + event.reason() + ")",
                    Refusals.hint(event.message())));
  }

  static boolean hasLog(Finding finding) {
    return !finding.container().isEmpty()
        && Set.of("CrashLoopBackOff", "OOMKilled", "ContainerFailed", "Unhealthy", "NotReady")
            .contains(finding.reason());
  }

  static ContainerName log(Finding finding) {
    boolean previous =
        finding.reason().equals("CrashLoopBackOff") || finding.reason().equals("OOMKilled");
    return new ContainerName(
        finding.object().namespace(), finding.object().name(), finding.container(), previous);
  }

  private Finding complete(Finding finding) {
    List<String> warnings =
        related(finding).stream()
            .flatMap(object -> events.about(object).stream())
            .filter(event -> !saysTheSame(finding, event))
            .limit(EVENTS)
            .map(event -> clean(event.text()))
            .toList();
    String log = hasLog(finding) ? logs.getOrDefault(log(finding), "") : "";
    Finding masked =
        new Finding(
            finding.object(),
            finding.container(),
            finding.reason(),
            clean(finding.message()),
            finding.hint(),
            finding.alike(),
            List.of(),
            List.of());
    return masked.with(warnings, Texts.lastLines(masker.apply(log)));
  }

  private static boolean saysTheSame(Finding finding, EventLog.Warning event) {
    String message = event.message().replaceFirst("^Error creating: ", "");
    return finding.message().contains(message)
        || finding.message().contains(Texts.scheduling(message));
  }

  private List<LiveObject> related(Finding finding) {
    if (finding.object().equals(target.key())) {
      return List.of(target);
    }
    return related.stream()
        .filter(object -> object.key().equals(finding.object()))
        .limit(1)
        .toList();
  }

  private String clean(String text) {
    return Texts.bounded(masker.apply(text));
  }
}

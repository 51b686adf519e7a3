package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Conditions.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a pod. The reasons are those that the kubelet and the scheduler of Kubernetes
 * 1.36 write into status and events.
 */
final class PodFindings {
  private static final Set<String> IMAGE =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");
  private static final Set<String> PULLS = Set.of("Failed", "InspectFailed", "ErrImageNeverPull");
  private static final Set<String> STARTING = Set.of("", "ContainerCreating", "PodInitializing");
  private static final Set<String> NOT_SET_UP =
      Set.of(
          "FailedMount",
          "FailedAttachVolume",
          "FailedMapVolume",
          "FailedCreatePodSandBox",
          "NetworkNotReady");
  private static final Set<String> PROBES = Set.of("Unhealthy", "ProbeError");

  private final LiveObject pod;
  private final EventLog events;
  private final List<Finding> findings = new ArrayList<>();

  private PodFindings(LiveObject pod, EventLog events) {
    this.pod = pod;
    this.events = events;
  }

  /** Returns whether a container with this reason waits for its image. */
  static boolean isAboutImage(String reason) {
    return IMAGE.contains(reason);
  }

  /** Returns what is wrong; empty if nothing is, or nothing can be seen. */
  static List<Finding> of(LiveObject pod, EventLog events) {
    PodFindings found = new PodFindings(pod, events);
    found.look();
    return found.findings;
  }

  private void look() {
    Manifest manifest = pod.manifest();
    if (pod.isTerminating() || manifest.string("status", "phase").equals("Succeeded")) {
      return;
    }
    Condition scheduled = Conditions.find(pod, "PodScheduled");
    if (scheduled != null && scheduled.isFalse()) {
      unscheduled(scheduled);
      return;
    }
    for (Object status : Trees.list(manifest.get("status", "initContainerStatuses"))) {
      container(status, "init container");
    }
    for (Object status : Trees.list(manifest.get("status", "containerStatuses"))) {
      container(status, "container");
    }
    if (findings.isEmpty() && manifest.string("status", "phase").equals("Failed")) {
      String reason = manifest.string("status", "reason");
      String message = Texts.oneLine(manifest.string("status", "message"));
      add(
          "",
          reason.isEmpty() ? "PodFailed" : reason,
          "it has failed" + (message.isEmpty() ? "" : ": " + message),
          reason.equals("Evicted") ? "Its node ran short; give it requests that fit its use." : "");
    }
    if (findings.isEmpty()) {
      notSetUp();
    }
  }

  private void unscheduled(Condition scheduled) {
    String message = Texts.scheduling(scheduled.message());
    String hint =
        message.contains("PersistentVolumeClaim")
            ? "Look at the claims of the pod: a volume is missing, or cannot be reached from a node."
            : "Add nodes, ask for less, or change what the pod demands of a node.";
    add("", "Unschedulable", "it cannot be scheduled: " + message, hint);
  }

  private void container(@Nullable Object status, String what) {
    String name = Trees.string(Trees.get(status, "name"));
    String subject = what + " " + name;
    Object waiting = Trees.get(status, "state", "waiting");
    Object terminated = Trees.get(status, "state", "terminated");
    if (waiting != null) {
      waiting(status, waiting, name, subject);
    } else if (terminated != null) {
      if (exitCode(terminated) != 0) {
        add(
            name,
            "ContainerFailed",
            subject + " failed: " + end(terminated),
            crashHint(terminated));
      }
    } else if (Boolean.FALSE.equals(Trees.get(status, "ready")) && what.equals("container")) {
      notReady(name, subject, status);
    }
  }

  private void waiting(@Nullable Object status, Object waiting, String name, String subject) {
    String reason = Trees.string(Trees.get(waiting, "reason"));
    String message = Texts.oneLine(Trees.string(Trees.get(waiting, "message")));
    String detail = message.isEmpty() ? "" : ": " + message;
    if (IMAGE.contains(reason)) {
      image(status, reason, message, name, subject);
    } else if (reason.equals("CrashLoopBackOff")) {
      crash(status, name, subject);
    } else if (reason.equals("CreateContainerConfigError")) {
      add(
          name,
          reason,
          subject + " cannot be configured" + detail,
          "Add what is missing, or mark the reference optional.");
    } else if (!STARTING.contains(reason)) {
      add(name, reason, subject + " cannot be started" + detail + " (" + reason + ")", "");
    }
  }

  private void image(
      @Nullable Object status, String reason, String message, String name, String subject) {
    // The back-off says less than the attempt before it, which the kubelet keeps in an event.
    String said =
        events.about(pod).stream()
            .filter(event -> PULLS.contains(event.reason()))
            .map(EventLog.Warning::message)
            .filter(text -> text.contains("image") && text.length() > message.length())
            .findFirst()
            .orElse(message);
    add(
        name,
        reason,
        subject
            + " cannot pull image \""
            + Trees.string(Trees.get(status, "image"))
            + "\""
            + (said.isEmpty() ? "" : ": " + said)
            + " ("
            + reason
            + ")",
        "Check the image's name and tag; for a private registry, the imagePullSecrets.");
  }

  private void crash(@Nullable Object status, String name, String subject) {
    Object last = Trees.get(status, "lastState", "terminated");
    long restarts = Trees.get(status, "restartCount") instanceof Long count ? count : 0;
    add(
        name,
        oomKilled(last) ? "OOMKilled" : "CrashLoopBackOff",
        subject
            + " keeps crashing"
            + (restarts > 0
                ? " (restarted " + restarts + (restarts == 1 ? " time)" : " times)")
                : "")
            + (last == null ? "" : ": " + end(last)),
        crashHint(last));
  }

  private void notReady(String name, String subject, @Nullable Object status) {
    Optional<EventLog.Warning> probe = events.newest(pod, PROBES);
    Object last = Trees.get(status, "lastState", "terminated");
    if (probe.isPresent()) {
      add(
          name,
          "Unhealthy",
          subject + " runs but is not ready: " + probe.get().message(),
          "Look at its log, and whether the probe asks the right port and path in time.");
    } else if (last != null && exitCode(last) != 0) {
      crash(status, name, subject);
    } else {
      add(name, "NotReady", subject + " runs but is not ready", "Look at its log.");
    }
  }

  private void notSetUp() {
    events
        .newest(pod, NOT_SET_UP)
        .ifPresent(
            event ->
                add(
                    "",
                    event.reason(),
                    (event.reason().contains("Sandbox") || event.reason().contains("Network")
                            ? "it cannot be set up: "
                            : "a volume cannot be mounted: ")
                        + event.message(),
                    event.message().contains("not found")
                        ? "Add what is missing, or mark the volume optional."
                        : ""));
  }

  private void add(String container, String reason, String message, String hint) {
    findings.add(Finding.of(pod.key(), container, reason, message, hint));
  }

  private static String end(@Nullable Object terminated) {
    String reason = Trees.string(Trees.get(terminated, "reason"));
    String message = Texts.oneLine(Trees.string(Trees.get(terminated, "message")));
    return "exit code "
        + exitCode(terminated)
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + (message.isEmpty() ? "" : ", " + message);
  }

  private static long exitCode(@Nullable Object terminated) {
    return Trees.get(terminated, "exitCode") instanceof Long code ? code : 0;
  }

  private static boolean oomKilled(@Nullable Object terminated) {
    return Trees.string(Trees.get(terminated, "reason")).equals("OOMKilled");
  }

  private static String crashHint(@Nullable Object terminated) {
    if (oomKilled(terminated)) {
      return "It used more memory than its limit: raise the limit, or let it use less.";
    }
    int code = (int) exitCode(terminated);
    return switch (code) {
      case 0 -> "It ends by itself: a workload that is kept running must not end.";
      case 126, 127 -> "Its command is not in the image, or cannot be executed.";
      case 137 -> "It was killed: by a liveness probe, or for its memory.";
      default -> "Look at its log.";
    };
  }
}

package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the status of a pod as a kubelet does: containers first, then phase and conditions. */
final class PodStatus {
  private final Manifest pod;
  private final PodState state;
  private final Instant now;
  private final String startTime;
  private List<Map<String, @Nullable Object>> containers = new ArrayList<>();
  private List<Map<String, @Nullable Object>> initContainers = new ArrayList<>();
  private int node;
  private boolean addressed;
  private boolean initialized = true;

  PodStatus(Manifest pod, PodState state, Instant now) {
    this.pod = pod;
    this.state = state;
    this.now = now;
    String since = pod.string("status", "startTime");
    this.startTime = since.isEmpty() ? Tree.time(now) : since;
  }

  PodStatus onNode(int number) {
    node = number;
    return this;
  }

  PodStatus addressed() {
    addressed = true;
    return this;
  }

  static String firstContainer(Manifest pod) {
    return Trees.string(Tree.objects(pod, "spec", "containers").get(0).get("name"));
  }

  /** What containerd says of an image that the registry does not have. */
  static String pullError(String image) {
    return "rpc error: code = NotFound desc = failed to pull and unpack image \""
        + image
        + "\": failed to resolve reference \""
        + image
        + "\": "
        + image
        + ": not found";
  }

  /** All containers run; the first is ready or not. */
  void running(boolean ready) {
    fill(null, (spec, first) -> runningStatus(spec, first ? state.crashes : 0, !first || ready));
  }

  /** The first container has ended, and will be restarted. */
  void crashed(PodBehaviour exit) {
    fill(
        null,
        (spec, first) -> {
          if (!first) {
            return runningStatus(spec, 0, true);
          }
          if (state.crashes == 0) {
            return status(spec, 0, false, Tree.of("terminated", terminated(spec, 0, exit)));
          }
          Object waiting =
              waiting(
                  "CrashLoopBackOff",
                  "back-off 10s restarting failed container="
                      + Trees.string(spec.get("name"))
                      + " pod="
                      + pod.name()
                      + "_"
                      + pod.namespace()
                      + "("
                      + Owners.uid(pod)
                      + ")");
          return status(spec, state.crashes, false, Tree.of("waiting", waiting));
        });
  }

  /** All containers have ended: the first by {@code exit}, or completed if that is null. */
  void exited(@Nullable PodBehaviour exit) {
    fill(
        null,
        (spec, first) ->
            status(
                spec, 0, false, Tree.of("terminated", terminated(spec, 0, first ? exit : null))));
  }

  /** A container cannot start, and keeps the others waiting; the empty name stands for all. */
  void blocked(String container, String reason, String message) {
    List<String> inits =
        Tree.objects(pod, "spec", "initContainers").stream()
            .map(spec -> Trees.string(spec.get("name")))
            .toList();
    boolean all = container.isEmpty();
    boolean waitsForInit = !inits.isEmpty() && (all || inits.contains(container));
    initialized = !waitsForInit;
    boolean[] past = {false};
    fill(
        waitsForInit
            ? (spec, first) -> {
              boolean here = container.equals(spec.get("name"));
              if (!here && !past[0] && !all) {
                return completedInit(spec);
              }
              boolean shows = here || all;
              past[0] |= here;
              return status(
                  spec,
                  0,
                  false,
                  Tree.of(
                      "waiting",
                      shows && !all ? waiting(reason, message) : waiting("PodInitializing", "")));
            }
            : null,
        (spec, first) -> {
          boolean here = container.equals(spec.get("name"));
          if (waitsForInit) {
            return status(spec, 0, false, Tree.of("waiting", waiting("PodInitializing", "")));
          }
          return here || all
              ? status(spec, 0, false, Tree.of("waiting", waiting(reason, message)))
              : runningStatus(spec, 0, true);
        });
  }

  /** Whatever has not ended is ended, in a pod that is being deleted. */
  Map<String, @Nullable Object> ended() {
    boolean stopped =
        PodTemplates.restartsAlways(pod) && pod.string("status", "phase").equals("Running");
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (Map<String, @Nullable Object> old : Tree.objects(pod, "status", "containerStatuses")) {
      Map<String, @Nullable Object> next = Tree.mutableObject(old);
      if (Trees.get(old, "state", "terminated") == null) {
        next.put(
            "state",
            Tree.of(
                "terminated",
                Tree.of(
                    "exitCode", stopped ? 0L : 143L,
                    "reason", stopped ? "Completed" : "Error",
                    "startedAt", Trees.get(old, "state", "running", "startedAt"),
                    "finishedAt", Tree.time(now),
                    "containerID", old.get("containerID"))));
        next.put("ready", false);
        next.put("started", false);
      }
      all.add(next);
    }
    containers = all;
    initContainers = new ArrayList<>(Tree.objects(pod, "status", "initContainerStatuses"));
    return finish(stopped ? "Succeeded" : "Failed", true);
  }

  Map<String, @Nullable Object> tree() {
    return finish(phase(), false);
  }

  private Map<String, @Nullable Object> finish(String phase, boolean keepAddress) {
    Map<String, @Nullable Object> status = Tree.mutableObject(Trees.object(pod.get("status")));
    status.put("phase", phase);
    status.put("startTime", startTime);
    status.put("observedGeneration", pod.get("metadata", "generation"));
    if (!keepAddress) {
      String host = "172.18.0." + node;
      status.put("hostIP", host);
      status.put("hostIPs", List.of(Tree.of("ip", host)));
      if (addressed) {
        boolean shared = Boolean.TRUE.equals(pod.get("spec", "hostNetwork"));
        status.put("podIP", shared ? host : state.address);
        status.put("podIPs", List.of(Tree.of("ip", shared ? host : state.address)));
      }
    }
    status.put("containerStatuses", containers);
    if (!initContainers.isEmpty()) {
      status.put("initContainerStatuses", initContainers);
    }
    status.put("conditions", conditions(phase, status.get("podIP") != null));
    return status;
  }

  private @Nullable Object conditions(String phase, boolean sandbox) {
    List<String> unready =
        containers.stream()
            .filter(status -> !Boolean.TRUE.equals(status.get("ready")))
            .map(status -> Trees.string(status.get("name")))
            .toList();
    boolean succeeded = phase.equals("Succeeded");
    boolean failed = phase.equals("Failed");
    boolean ready = unready.isEmpty() && !succeeded && !failed;
    String reason =
        succeeded ? "PodCompleted" : failed ? "PodFailed" : ready ? "" : "ContainersNotReady";
    String message =
        reason.equals("ContainersNotReady")
            ? "containers with unready status: [" + String.join(" ", unready) + "]"
            : "";
    Conditions conditions = Conditions.of(pod, now);
    if (initialized) {
      conditions.set("Initialized", "True", succeeded ? "PodCompleted" : "", "");
    } else {
      String waiting =
          initContainers.stream()
              .filter(status -> !Boolean.TRUE.equals(status.get("ready")))
              .map(status -> Trees.string(status.get("name")))
              .reduce((a, b) -> a + " " + b)
              .orElse("");
      conditions.set(
          "Initialized",
          "False",
          "ContainersNotInitialized",
          "containers with incomplete status: [" + waiting + "]");
    }
    conditions.set(
        "PodReadyToStartContainers", sandbox && !succeeded && !failed ? "True" : "False", "", "");
    conditions.set("ContainersReady", ready ? "True" : "False", reason, message);
    String gates = closedGates(conditions);
    if (ready && !gates.isEmpty()) {
      conditions.set("Ready", "False", "ReadinessGatesNotReady", gates);
    } else {
      conditions.set("Ready", ready ? "True" : "False", reason, message);
    }
    return conditions.tree();
  }

  private String closedGates(Conditions conditions) {
    List<String> closed = new ArrayList<>();
    for (Map<String, @Nullable Object> gate : Tree.objects(pod, "spec", "readinessGates")) {
      String type = Trees.string(gate.get("conditionType"));
      if (!conditions.isTrue(type)) {
        closed.add("the status of pod readiness gate \"" + type + "\" is not \"True\"");
      }
    }
    return String.join(", ", closed);
  }

  /** The kubelet's own rule. */
  private String phase() {
    String policy = pod.string("spec", "restartPolicy");
    boolean unborn = false;
    boolean alive = false;
    boolean failed = false;
    for (Map<String, @Nullable Object> status : containers) {
      Object end = Trees.get(status, "state", "terminated");
      boolean waits = Trees.get(status, "state", "waiting") != null;
      if (waits && Trees.get(status, "lastState", "terminated") == null) {
        unborn = true;
      } else if (end == null) {
        alive = true;
      } else if (Tree.integer(end, 0, "exitCode") != 0 && policy.equals("Never")) {
        failed = true;
      } else if (Tree.integer(end, 0, "exitCode") != 0 || PodTemplates.restartsAlways(pod)) {
        alive = true;
      }
    }
    return unborn ? "Pending" : alive ? "Running" : failed ? "Failed" : "Succeeded";
  }

  /** What one container's status is; the first container of the pod is told apart. */
  private interface Maker {
    Map<String, @Nullable Object> make(Map<String, @Nullable Object> spec, boolean first);
  }

  private void fill(@Nullable Maker inits, Maker mains) {
    for (Map<String, @Nullable Object> spec : Tree.objects(pod, "spec", "initContainers")) {
      boolean sidecar = "Always".equals(spec.get("restartPolicy"));
      initContainers.add(
          inits != null
              ? inits.make(spec, false)
              : sidecar ? runningStatus(spec, 0, true) : completedInit(spec));
    }
    boolean first = true;
    for (Map<String, @Nullable Object> spec : Tree.objects(pod, "spec", "containers")) {
      containers.add(mains.make(spec, first));
      first = false;
    }
  }

  private Map<String, @Nullable Object> completedInit(Map<String, @Nullable Object> spec) {
    Map<String, @Nullable Object> status =
        status(spec, 0, false, Tree.of("terminated", terminated(spec, 0, null)));
    status.put("ready", true);
    return status;
  }

  private Map<String, @Nullable Object> runningStatus(
      Map<String, @Nullable Object> spec, int restarts, boolean ready) {
    String since = Tree.time(Objects.requireNonNullElse(state.started, now));
    Map<String, @Nullable Object> status =
        status(spec, restarts, ready, Tree.of("running", Tree.of("startedAt", since)));
    status.put("started", true);
    return status;
  }

  private Map<String, @Nullable Object> status(
      Map<String, @Nullable Object> spec, int restarts, boolean ready, Object containerState) {
    boolean unborn = Trees.get(containerState, "waiting") != null && restarts == 0;
    String image = Trees.string(spec.get("image"));
    PodBehaviour exit = state.lastExit;
    return Tree.of(
        "name",
        spec.get("name"),
        "state",
        containerState,
        "lastState",
        restarts > 0 && exit != null
            ? Tree.of("terminated", terminated(spec, restarts - 1, exit))
            : Map.of(),
        "ready",
        ready,
        "restartCount",
        (long) restarts,
        "image",
        image,
        "imageID",
        unborn ? "" : image.split("@", 2)[0] + "@sha256:" + sha256(image),
        "containerID",
        unborn ? null : id(spec, restarts),
        "started",
        false,
        "resources",
        Objects.requireNonNullElse(spec.get("resources"), Map.of()));
  }

  private Map<String, @Nullable Object> terminated(
      Map<String, @Nullable Object> spec, int restarts, @Nullable PodBehaviour exit) {
    return Tree.of(
        "exitCode", exit == null ? 0L : (long) exit.exitCode(),
        "reason", exit == null ? "Completed" : exit.detail(),
        "startedAt", Tree.time(Objects.requireNonNullElse(state.started, now)),
        "finishedAt", Tree.time(Objects.requireNonNullElse(state.ended, now)),
        "containerID", id(spec, restarts));
  }

  private String id(Map<String, @Nullable Object> spec, int restarts) {
    return "containerd://"
        + sha256(Owners.uid(pod) + "/" + Trees.string(spec.get("name")) + "/" + restarts);
  }

  private static Map<String, @Nullable Object> waiting(String reason, String message) {
    return Tree.of("reason", reason, "message", message.isEmpty() ? null : message);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.testing.PodBehaviour.Sort;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Plays the pods that are assigned to nodes: nothing runs, only their status changes. */
final class Kubelet extends Controller {
  /** How long the containers of pods that run once run. */
  static final Duration JOB_DURATION = Duration.ofMillis(300);

  private static final Duration FIRST_CRASH = Duration.ofMillis(300);
  private static final Duration CRASH_BACKOFF = Duration.ofSeconds(1);
  private static final Duration PULL_BACKOFF = Duration.ofMillis(300);

  private final PodRules rules;
  private final PodSources sources;
  private final Map<String, PodState> states = new TreeMap<>();
  private int addresses;

  Kubelet(ControllerClient client, PodRules rules) {
    super(client, Kind.POD);
    this.rules = rules;
    this.sources = new PodSources(client);
  }

  @Override
  void changed(Store.Change change) {
    if (change.key().groupKind().equals(Kind.POD)) {
      enqueue(change.key());
    } else if (change.key().groupKind().equals(Kind.CONFIG_MAP)
        || change.key().groupKind().equals(Kind.SECRET)) {
      for (Manifest pod : client.list(Kind.POD, change.key().namespace())) {
        if (pod.string("status", "phase").equals("Pending")) {
          enqueue(pod.key()); // it may wait for just this
        }
      }
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest pod = client.get(key);
    if (pod == null || pod.string("spec", "nodeName").isEmpty()) {
      return;
    }
    PodState state = states.computeIfAbsent(Owners.uid(pod), uid -> new PodState());
    PodStatus status = new PodStatus(pod, state, client.now());
    if (Owners.isTerminating(pod)) {
      terminate(pod, status);
    } else if (!isTerminal(pod)) {
      play(pod, state, status);
    }
  }

  /** Ends a pod: first its containers, then the object. Grace periods take no time. */
  private void terminate(Manifest pod, PodStatus status) {
    if (!isTerminal(pod)) {
      client.updateStatusAs(pod, status.ended(), "kubelet");
      return; // the change brings it here again
    }
    boolean deleted = pod.integer(30, "metadata", "deletionGracePeriodSeconds") == 0;
    if (!deleted) {
      client.deleteNow(pod);
    }
    if (LiveObject.of(pod).finalizers().isEmpty()) {
      states.remove(Owners.uid(pod));
    }
  }

  private void play(Manifest pod, PodState state, PodStatus status) {
    PodBehaviour behaviour = rules.of(pod);
    String node = pod.string("spec", "nodeName");
    int number = Math.max(1, client.nodeNumber(node));
    if (behaviour.sort() == Sort.INVALID) {
      hold(pod, state, status.onNode(number), "InvalidBehaviour", behaviour.detail());
      return;
    }
    if (state.started == null) {
      String missing = sources.missingVolume(pod);
      if (!missing.isEmpty()) {
        hold(pod, state, status.onNode(number), "FailedMount", missing);
        return;
      }
    }
    if (state.address.isEmpty()) {
      addresses++;
      state.address = "10.10" + number + "." + ((addresses >> 8) & 255) + "." + (addresses & 255);
    }
    status.onNode(number).addressed();
    if (state.started == null) {
      PodSources.Missing missing = sources.missingEnvironment(pod);
      if (missing != null) {
        say(pod, state, Duration.ofSeconds(2), "Failed", "Error: " + missing.message());
        status.blocked(missing.container(), "CreateContainerConfigError", missing.message());
        write(pod, status);
        return;
      }
      if (behaviour.sort() == Sort.PULL_ERROR) {
        failPull(pod, state, status);
        return;
      }
      state.started = client.now();
      if (!PodTemplates.restartsAlways(pod)) {
        client.timeline().react(JOB_DURATION, () -> enqueue(pod.key()));
      }
    }
    run(pod, state, status, behaviour, state.started);
    write(pod, status);
  }

  private void run(
      Manifest pod, PodState state, PodStatus status, PodBehaviour behaviour, Instant started) {
    Duration age = Duration.between(started, client.now());
    String policy = pod.string("spec", "restartPolicy");
    boolean once = !PodTemplates.restartsAlways(pod);
    boolean running = age.compareTo(JOB_DURATION) < 0;
    if (behaviour.sort() == Sort.NEVER_READY) {
      unready(pod, state);
      status.running(false);
    } else if (behaviour.sort() == Sort.LATE && age.compareTo(behaviour.delay()) < 0) {
      unready(pod, state);
      enqueueAt(pod.key(), started.plus(behaviour.delay()));
      status.running(false);
    } else if (behaviour.sort() == Sort.EXIT && !policy.equals("Never")) {
      state.lastExit = behaviour;
      crash(pod, state);
      status.crashed(behaviour);
    } else if (once && running) {
      enqueueAt(pod.key(), started.plus(JOB_DURATION));
      status.running(true);
    } else if (once) {
      state.ended = client.now();
      status.exited(behaviour.sort() == Sort.EXIT ? behaviour : null);
    } else {
      status.running(true);
    }
  }

  /** Keeps all containers waiting, before the pod has a sandbox. */
  private void hold(Manifest pod, PodState state, PodStatus status, String reason, String message) {
    say(pod, state, Duration.ofSeconds(2), reason, message);
    boolean invalid = reason.equals("InvalidBehaviour");
    status.blocked("", invalid ? reason : "ContainerCreating", invalid ? message : "");
    write(pod, status);
  }

  private void unready(Manifest pod, PodState state) {
    say(
        pod,
        state,
        Duration.ofSeconds(5),
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 503");
  }

  private void failPull(Manifest pod, PodState state, PodStatus status) {
    Map<String, ?> first = Tree.objects(pod, "spec", "containers").get(0);
    String image = String.valueOf(first.get("image"));
    String name = String.valueOf(first.get("name"));
    String error = PodStatus.pullError(image);
    Instant since = state.pullSince;
    if (since == null) {
      state.pullSince = client.now();
      event(pod, "Normal", "Pulling", "Pulling image \"" + image + "\"");
      event(pod, "Warning", "Failed", "Failed to pull image \"" + image + "\": " + error);
      event(pod, "Warning", "Failed", "Error: ErrImagePull");
      status.blocked(name, "ErrImagePull", error);
      client.timeline().react(PULL_BACKOFF, () -> enqueue(pod.key()));
    } else if (client.now().isBefore(since.plus(PULL_BACKOFF))) {
      status.blocked(name, "ErrImagePull", error);
    } else {
      String backOff = "Back-off pulling image \"" + image + "\"";
      if (!client.now().isBefore(state.nextEvent)) {
        state.nextEvent = client.now().plusSeconds(10);
        event(pod, "Normal", "BackOff", backOff);
        event(pod, "Warning", "Failed", "Error: ImagePullBackOff");
        enqueueAt(pod.key(), state.nextEvent);
      }
      status.blocked(name, "ImagePullBackOff", backOff + ": ErrImagePull: " + error);
    }
    write(pod, status);
  }

  /** Counts crashes: the first end is seen as such, each later one as CrashLoopBackOff. */
  private void crash(Manifest pod, PodState state) {
    Instant now = client.now();
    if (state.nextCrash == null) {
      state.ended = now;
      state.nextCrash = now.plus(FIRST_CRASH);
    } else if (!now.isBefore(state.nextCrash)) {
      state.ended = now;
      state.nextCrash = now.plus(CRASH_BACKOFF.multipliedBy(1L << Math.min(state.crashes, 2)));
      state.crashes++;
      event(
          pod,
          "Warning",
          "BackOff",
          "Back-off restarting failed container "
              + PodStatus.firstContainer(pod)
              + " in pod "
              + pod.name()
              + "_"
              + pod.namespace()
              + "("
              + Owners.uid(pod)
              + ")");
    }
    enqueueAt(pod.key(), state.nextCrash);
  }

  /** Writes a Warning event now and then. */
  private void say(Manifest pod, PodState state, Duration period, String reason, String message) {
    if (!client.now().isBefore(state.nextEvent)) {
      state.nextEvent = client.now().plus(period);
      event(pod, "Warning", reason, message);
    }
    enqueueAt(pod.key(), state.nextEvent);
  }

  private void event(Manifest pod, String type, String reason, String message) {
    client.event(pod, type, reason, message, "kubelet");
  }

  private void write(Manifest pod, PodStatus status) {
    client.updateStatusAs(pod, status.tree(), "kubelet");
  }

  private static boolean isTerminal(Manifest pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}

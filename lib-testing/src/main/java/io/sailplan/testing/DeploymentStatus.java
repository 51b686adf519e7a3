package io.sailplan.testing;

import static io.sailplan.testing.ReplicaSetController.nonZero;
import static io.sailplan.testing.ReplicaSetController.replicas;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how far the rollout of a Deployment is, in the words of the real controller. */
final class DeploymentStatus {
  private final ControllerClient client;
  private final Manifest deployment;
  private final @Nullable Manifest fresh;
  private final List<Manifest> sets;
  private final long replicas;
  private final long updated;
  private final long ready;
  private final long available;

  DeploymentStatus(
      ControllerClient client, Manifest deployment, @Nullable Manifest fresh, List<Manifest> sets) {
    this.client = client;
    this.deployment = deployment;
    this.fresh = fresh;
    this.sets = sets;
    this.replicas = sum("replicas");
    this.updated = fresh == null ? 0 : fresh.integer(0, "status", "replicas");
    this.ready = sum("readyReplicas");
    this.available = sum("availableReplicas");
  }

  void write(DeploymentController controller) {
    Conditions conditions = Conditions.updated(deployment, client.now());
    paused(conditions);
    availability(conditions);
    if (!Boolean.TRUE.equals(deployment.get("spec", "paused"))) {
      progress(conditions, controller);
    }
    failure(conditions);
    long total = sets.stream().mapToLong(ReplicaSetController::replicas).sum();
    client.updateStatus(
        deployment,
        Tree.of(
            "observedGeneration", deployment.get("metadata", "generation"),
            "replicas", nonZero(replicas),
            "updatedReplicas", nonZero(updated),
            "readyReplicas", nonZero(ready),
            "availableReplicas", nonZero(available),
            "unavailableReplicas", nonZero(Math.max(0, total - available)),
            "terminatingReplicas", sum("terminatingReplicas"),
            "conditions", conditions.tree()));
  }

  private void paused(Conditions conditions) {
    String reason = conditions.reason("Progressing");
    if (!deadlineSet() || reason.equals("ProgressDeadlineExceeded")) {
      return;
    }
    boolean paused = Boolean.TRUE.equals(deployment.get("spec", "paused"));
    if (paused && !reason.equals("DeploymentPaused")) {
      conditions.renew("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (!paused && reason.equals("DeploymentPaused")) {
      conditions.renew("Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  private void availability(Conditions conditions) {
    if (available >= replicas(deployment) - DeploymentController.unavailable(deployment)) {
      conditions.set(
          "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.");
    } else {
      conditions.set(
          "Available",
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.");
    }
  }

  private void progress(Conditions conditions, DeploymentController controller) {
    if (!deadlineSet()) {
      conditions.remove("Progressing");
      return;
    }
    String name = fresh == null ? deployment.name() : fresh.name();
    String subject = fresh == null ? "Deployment \"" + name + "\"" : "ReplicaSet \"" + name + "\"";
    Map<String, @Nullable Object> current = conditions.find("Progressing");
    if (current == null && fresh != null) {
      conditions.renew(
          "Progressing",
          "True",
          "NewReplicaSetCreated",
          "Created new replica set \"" + name + "\"");
      current = conditions.find("Progressing");
    }
    String reason = conditions.reason("Progressing");
    boolean settled =
        current != null && replicas == updated && reason.equals("NewReplicaSetAvailable");
    if (settled) {
      return;
    }
    if (isComplete()) {
      conditions.renew(
          "Progressing",
          "True",
          "NewReplicaSetAvailable",
          subject + " has successfully progressed.");
    } else if (isProgressing()) {
      conditions.renew("Progressing", "True", "ReplicaSetUpdated", subject + " is progressing.");
    } else if (current != null && isTimedOut(current, reason)) {
      conditions.set(
          "Progressing",
          "False",
          "ProgressDeadlineExceeded",
          subject + " has timed out progressing.");
    }
    Map<String, @Nullable Object> now = conditions.find("Progressing");
    if (now != null && "True".equals(now.get("status")) && !isComplete()) {
      Instant deadline = deadline(now);
      if (deadline != null) {
        controller.enqueueAt(deployment.key(), deadline.plusSeconds(1));
      }
    }
  }

  private void failure(Conditions conditions) {
    for (Manifest set : sets) {
      Map<String, @Nullable Object> failure =
          Conditions.of(set, client.now()).find("ReplicaFailure");
      if (failure != null) {
        conditions.set(
            "ReplicaFailure",
            "True",
            Trees.string(failure.get("reason")),
            Trees.string(failure.get("message")));
        return;
      }
    }
    conditions.remove("ReplicaFailure");
  }

  private boolean isComplete() {
    long desired = replicas(deployment);
    return updated == desired && replicas == desired && available == desired && fresh != null;
  }

  private boolean isProgressing() {
    return updated > old("updatedReplicas")
        || replicas - updated < old("replicas") - old("updatedReplicas")
        || ready > old("readyReplicas")
        || available > old("availableReplicas");
  }

  private boolean isTimedOut(Map<String, @Nullable Object> current, String reason) {
    if (reason.equals("NewReplicaSetAvailable")) {
      return false;
    }
    Instant deadline = deadline(current);
    return reason.equals("ProgressDeadlineExceeded")
        || (deadline != null && deadline.isBefore(client.now()));
  }

  private @Nullable Instant deadline(Map<String, @Nullable Object> condition) {
    Instant from = Tree.time(condition.get("lastUpdateTime"));
    return from == null
        ? null
        : from.plusSeconds(deployment.integer(600, "spec", "progressDeadlineSeconds"));
  }

  private boolean deadlineSet() {
    return deployment.integer(600, "spec", "progressDeadlineSeconds") != Integer.MAX_VALUE;
  }

  private long old(String field) {
    return deployment.integer(0, "status", field);
  }

  private long sum(String field) {
    return sets.stream().mapToLong(set -> set.integer(0, "status", field)).sum();
  }
}

package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The list of conditions in a status, in the order in which they were added. */
final class Conditions {
  private final List<Map<String, @Nullable Object>> all = new ArrayList<>();
  private final String now;
  private final boolean updateTime;
  private final boolean probeTime;

  private Conditions(Manifest object, Instant now, boolean updateTime, boolean probeTime) {
    Trees.list(object.get("status", "conditions"))
        .forEach(condition -> all.add(Tree.mutableObject(Trees.object(condition))));
    this.now = Tree.time(now);
    this.updateTime = updateTime;
    this.probeTime = probeTime;
  }

  /** Conditions with {@code lastTransitionTime}. */
  static Conditions of(Manifest object, Instant now) {
    return new Conditions(object, now, false, false);
  }

  /** Conditions with {@code lastUpdateTime} as well, as Deployments have them. */
  static Conditions updated(Manifest object, Instant now) {
    return new Conditions(object, now, true, false);
  }

  /** Conditions with {@code lastProbeTime} as well, as Jobs have them. */
  static Conditions probed(Manifest object, Instant now) {
    return new Conditions(object, now, false, true);
  }

  @Nullable Map<String, @Nullable Object> find(String type) {
    return all.stream()
        .filter(condition -> type.equals(condition.get("type")))
        .findFirst()
        .orElse(null);
  }

  String reason(String type) {
    Map<String, @Nullable Object> found = find(type);
    return found == null ? "" : Trees.string(found.get("reason"));
  }

  boolean isTrue(String type) {
    Map<String, @Nullable Object> found = find(type);
    return found != null && "True".equals(found.get("status"));
  }

  /** Sets a condition; if status, reason and message are the same already, nothing changes. */
  void set(String type, String status, String reason, String message) {
    Map<String, @Nullable Object> old = find(type);
    if (old == null
        || !status.equals(old.get("status"))
        || !reason.equals(Trees.string(old.get("reason")))
        || !message.equals(Trees.string(old.get("message")))) {
      renew(type, status, reason, message);
    }
  }

  /** Sets a condition with a new {@code lastUpdateTime}. */
  void renew(String type, String status, String reason, String message) {
    Map<String, @Nullable Object> old = find(type);
    Object since =
        old != null && Objects.equals(old.get("status"), status)
            ? old.get("lastTransitionTime")
            : now;
    Map<String, @Nullable Object> fresh =
        Tree.of(
            "type", type,
            "status", status,
            "lastProbeTime", probeTime ? now : null,
            "lastUpdateTime", updateTime ? now : null,
            "lastTransitionTime", since,
            "reason", reason.isEmpty() ? null : reason,
            "message", message.isEmpty() ? null : message);
    if (old == null) {
      all.add(fresh);
    } else {
      all.set(all.indexOf(old), fresh);
    }
  }

  void remove(String type) {
    all.removeIf(condition -> type.equals(condition.get("type")));
  }

  /** Returns the conditions as they stand in a status; null if there are none. */
  @Nullable List<Map<String, @Nullable Object>> tree() {
    return all.isEmpty() ? null : all;
  }
}

package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the steps of a run share. */
final class RunContext {
  private final Plan plan;
  private final RunOptions options;
  private final Requests requests;
  private final Timers timers = new Timers();
  private final Watches watches = new Watches();
  private final Masker masker;
  private final Members members;
  private final Map<ObjectKey, LiveObject> written = new TreeMap<>();
  private final Map<ObjectKey, LiveObject> latest = new TreeMap<>();
  private List<RunAction> actions = new ArrayList<>();
  private Instant now = Instant.MIN;

  RunContext(Plan plan, RunOptions options) {
    this.plan = plan;
    this.options = options;
    this.requests = new Requests(options.concurrency());
    this.masker = Masker.of(plan);
    this.members = new Members(plan);
  }

  Plan plan() {
    return plan;
  }

  RunOptions options() {
    return options;
  }

  Requests requests() {
    return requests;
  }

  Timers timers() {
    return timers;
  }

  Watches watches() {
    return watches;
  }

  Masker masker() {
    return masker;
  }

  Members members() {
    return members;
  }

  Instant now() {
    return now;
  }

  /** Time never goes back. */
  void now(Instant time) {
    now = time.isAfter(now) ? time : now;
  }

  /** Returns the last answer to a write of this run that holds the object. */
  Optional<LiveObject> written(ObjectKey key) {
    return Optional.ofNullable(written.get(key));
  }

  void written(ObjectKey key, LiveObject object) {
    written.put(key, object);
  }

  /** Returns the object as it was seen last, in an answer or by a watch. */
  Optional<LiveObject> latest(ObjectKey key) {
    return Optional.ofNullable(latest.get(key));
  }

  void saw(LiveObject object) {
    if (!Freshness.isOlder(object, latest.get(object.key()))) {
      latest.put(object.key(), object);
    }
  }

  void act(RunAction action) {
    actions.add(action);
  }

  List<RunAction> takeActions() {
    List<RunAction> taken = List.copyOf(actions);
    actions = new ArrayList<>();
    return taken;
  }
}

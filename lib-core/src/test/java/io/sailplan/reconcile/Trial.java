package io.sailplan.reconcile;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.StepOutcome;
import io.sailplan.run.StepStatus;
import io.sailplan.shape.ShapeCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A reconciler, and a cluster of plain objects on which what it wants takes effect at once, unless
 * a test holds it back. Time passes only where a test says so.
 */
final class Trial {
  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  final List<ReconcileAction.LookAt> looks = new ArrayList<>();
  final List<ReconcileAction.Run> runs = new ArrayList<>();
  final List<Long> stopped = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final List<Instant> lookedAt = new ArrayList<>();
  final Set<Look> watched = new LinkedHashSet<>();
  boolean holdLooks;
  boolean holdRuns;
  boolean unreachable;
  StepStatus fate = StepStatus.SUCCEEDED;
  Instant now = START;

  final Reconciler reconciler;
  private final Map<ObjectKey, LiveObject> objects = new TreeMap<>();
  private final Deque<ReconcileEvent> events = new ArrayDeque<>();
  private @Nullable Instant wake;
  private long version = 1000;
  private boolean busy;

  Trial(ReconcilePolicy policy) {
    reconciler = Reconciler.of(policy);
  }

  Trial led() {
    return feed(new ReconcileEvent.Led());
  }

  Trial declare(Application application) {
    return declare(application, Policy.standard());
  }

  Trial declare(Application application, Policy policy) {
    return feed(new ReconcileEvent.Declared(application, policy));
  }

  /** Hands over an event, and whatever follows from it at once. */
  Trial feed(ReconcileEvent event) {
    events.add(event);
    if (!busy) {
      busy = true;
      while (!events.isEmpty()) {
        reconciler.handle(events.remove(), now).forEach(this::carryOut);
      }
      busy = false;
    }
    return this;
  }

  Trial pass(Duration time) {
    Instant end = now.plus(time);
    while (wake != null && !wake.isAfter(end)) {
      now = wake.isAfter(now) ? wake : now;
      wake = null;
      feed(new ReconcileEvent.Tick());
    }
    now = end;
    return this;
  }

  Trial passMillis(long millis) {
    return pass(Duration.ofMillis(millis));
  }

  LiveObject get(String kind, String name) {
    return objects.values().stream()
        .filter(object -> object.key().kind().equals(kind) && object.key().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Stores an object as somebody wrote it, and tells of it if anybody watches. */
  Trial put(Manifest manifest) {
    version++;
    LiveObject old = objects.get(manifest.key());
    LiveObject stored =
        LiveObject.of(
            manifest
                .with(old == null ? "uid-" + version : old.uid(), "metadata", "uid")
                .with(String.valueOf(version), "metadata", "resourceVersion"));
    objects.put(manifest.key(), stored);
    if (isWatched(stored)) {
      feed(new ReconcileEvent.Changed(stored));
    } else if (old != null && isWatched(old)) {
      feed(new ReconcileEvent.Vanished(old.key(), String.valueOf(version)));
    }
    return this;
  }

  Trial remove(String kind, String name) {
    LiveObject gone = objects.remove(get(kind, name).key());
    version++;
    if (isWatched(gone)) {
      feed(new ReconcileEvent.Vanished(gone.key(), String.valueOf(version)));
    }
    return this;
  }

  boolean has(String kind, String name) {
    return objects.keySet().stream()
        .anyMatch(key -> key.kind().equals(kind) && key.name().equals(name));
  }

  Snapshot snapshot() {
    return Snapshot.of(objects.values());
  }

  /** Answers a look that was held back, with what there is now. */
  Trial answer(ReconcileAction.LookAt look) {
    return answer(look, snapshot());
  }

  Trial answer(ReconcileAction.LookAt look, Snapshot seen) {
    return feed(look.answer(seen, now));
  }

  /** Ends a run that was held back, after its writes took effect if it succeeds. */
  Trial end(ReconcileAction.Run run, StepStatus status) {
    boolean cancelled = status == StepStatus.CANCELLED;
    List<StepOutcome> steps = new ArrayList<>();
    for (Step step : run.plan().steps()) {
      if (status == StepStatus.SUCCEEDED) {
        carryOut(run.plan(), step);
      }
      steps.add(new StepOutcome(step, status, "", null, false, 1, Duration.ZERO));
    }
    return feed(
        new ReconcileEvent.RunEnded(
            run.number(), new Outcome(run.plan(), steps, cancelled, Duration.ZERO)));
  }

  List<Finding> findings(Class<? extends Finding> sort) {
    return findings.stream().filter(sort::isInstance).toList();
  }

  private void carryOut(ReconcileAction action) {
    if (action instanceof ReconcileAction.LookAt look) {
      looks.add(look);
      lookedAt.add(now);
      if (unreachable) {
        feed(new ReconcileEvent.LookFailed(look.number(), "no answer"));
      } else if (!holdLooks) {
        answer(look);
      }
    } else if (action instanceof ReconcileAction.Run run) {
      runs.add(run);
      if (!holdRuns) {
        end(run, fate);
      }
    } else if (action instanceof ReconcileAction.Stop stop) {
      stopped.add(stop.run());
    } else if (action instanceof ReconcileAction.Wake wish) {
      wake = wish.at();
    } else if (action instanceof ReconcileAction.Watch watch) {
      watched.add(watch.source());
      objects.values().stream()
          .filter(object -> watch.source().covers(object.key(), object.manifest().labels()))
          .forEach(object -> feed(new ReconcileEvent.Changed(object)));
    } else if (action instanceof ReconcileAction.Unwatch unwatch) {
      watched.remove(unwatch.source());
    } else if (action instanceof ReconcileAction.Report report) {
      findings.add(report.finding());
    }
  }

  private boolean isWatched(LiveObject object) {
    Map<String, String> labels = object.manifest().labels();
    return watched.stream().anyMatch(source -> source.covers(object.key(), labels));
  }

  private void carryOut(Plan plan, Step step) {
    if (step instanceof Step.Create create) {
      apply(plan, ((Payload.Literal) create.payload()).manifest());
    } else if (step instanceof Step.Apply apply) {
      apply(plan, ((Payload.Literal) apply.payload()).manifest());
    } else if (step instanceof Step.Delete delete) {
      remove(delete.target().key().kind(), delete.target().key().name());
    }
  }

  private void apply(Plan plan, Manifest manifest) {
    LiveObject live = objects.get(manifest.key());
    Membership membership = plan.operation().membership();
    ApplyResult result =
        ServerSideApply.apply(
            ApplyRequest.of(
                    live == null ? null : live.manifest(),
                    manifest,
                    membership.fieldManager(),
                    ShapeCatalog.builtIn().find(manifest).orElseThrow(),
                    now)
                .forced());
    put(((ApplyResult.Applied) result).object());
  }
}

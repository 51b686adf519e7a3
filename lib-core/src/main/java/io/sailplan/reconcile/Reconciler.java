package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Look;
import io.sailplan.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps applications as they are declared, as a state machine without I/O: it is told what
 * happened, and answers what to do next. The same events at the same times always give the same
 * actions.
 *
 * <p>An application is looked at when it is declared, when something changes that matters to it,
 * after each run, and from time to time; what the look finds to do is run, and the next look
 * confirms it. It has at most one look or run at a time, and all changes seen during one make
 * exactly one look after it. What fails is tried again ever more slowly, and so is what somebody
 * undoes each time.
 *
 * <p>Nothing is looked at or run but after {@link ReconcileEvent.Led} and before {@link
 * ReconcileEvent.Deposed}. What was looked at before never leads to a run after.
 *
 * <p>It remembers a digest of each object that matters, of at most ten thousand for an application,
 * and a few dozen bytes beside; a bounded amount whatever happens. What has changed of an object
 * beyond these is taken to matter always.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Reconciler {
  private final ReconcilePolicy policy;
  private final Map<Membership, Upkeep> upkeeps = new LinkedHashMap<>();
  private final Map<Long, Upkeep> underWay = new HashMap<>();
  private final Map<Look, Integer> sources = new LinkedHashMap<>();
  private List<ReconcileAction> actions = new ArrayList<>();
  private Instant now = Instant.MIN;
  private @Nullable Instant wake;
  private long numbers;
  private boolean leads;

  private Reconciler(ReconcilePolicy policy) {
    this.policy = policy;
  }

  /** Returns a reconciler that cares for nothing yet, and does not lead. */
  public static Reconciler of(ReconcilePolicy policy) {
    return new Reconciler(requireNonNull(policy, "policy"));
  }

  /**
   * Takes in what happened, and returns the next actions, to be carried out in their order.
   *
   * @param event what happened
   * @param time the present time; one before an earlier one counts as that one
   * @throws IllegalArgumentException if the event answers a look or run that does not go on
   */
  public List<ReconcileAction> handle(ReconcileEvent event, Instant time) {
    requireNonNull(event, "event");
    now = requireNonNull(time, "time").isAfter(now) ? time : now;
    take(event);
    begin();
    wakeUp();
    List<ReconcileAction> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  /** Returns whether anything may be written now. */
  public boolean leads() {
    return leads;
  }

  /** Returns the applications that it cares for, in the order in which they were declared. */
  public List<Membership> applications() {
    return upkeeps.values().stream()
        .filter(upkeep -> !upkeep.isReleased())
        .map(Upkeep::membership)
        .toList();
  }

  /** Returns how many looks and runs go on. */
  public int busy() {
    return underWay.size();
  }

  /** Returns of how many objects it remembers something, over all applications. */
  public int remembered() {
    return upkeeps.values().stream().mapToInt(Upkeep::remembered).sum();
  }

  private void take(ReconcileEvent event) {
    if (event instanceof ReconcileEvent.Changed changed) {
      upkeeps.values().forEach(upkeep -> upkeep.changed(changed.object(), now));
    } else if (event instanceof ReconcileEvent.Vanished gone) {
      upkeeps.values().forEach(upkeep -> upkeep.vanished(gone.key(), gone.resourceVersion(), now));
    } else if (event instanceof ReconcileEvent.Looked looked) {
      looked(looked);
    } else if (event instanceof ReconcileEvent.LookFailed failed) {
      end(failed.look(), upkeep -> upkeep.lookFailed(failed.reason(), now));
    } else if (event instanceof ReconcileEvent.RunEnded ended) {
      end(ended.run(), upkeep -> upkeep.ended(ended.outcome(), now));
    } else if (event instanceof ReconcileEvent.RunBroke broke) {
      end(broke.run(), upkeep -> upkeep.broke(broke.reason(), now));
    } else if (event instanceof ReconcileEvent.Declared declared) {
      declare(declared);
    } else if (event instanceof ReconcileEvent.Released released) {
      release(released.application());
    } else if (event instanceof ReconcileEvent.SourceLost lost) {
      upkeeps.values().forEach(upkeep -> upkeep.sourceLost(lost.source(), now));
    } else if (event instanceof ReconcileEvent.SourceRestored restored) {
      upkeeps.values().forEach(upkeep -> upkeep.sourceRestored(restored.source(), now));
    } else if (event instanceof ReconcileEvent.Led) {
      lead();
    } else if (event instanceof ReconcileEvent.Deposed) {
      depose();
    }
  }

  private void declare(ReconcileEvent.Declared declared) {
    Membership membership = Membership.of(declared.application());
    Upkeep known = upkeeps.get(membership);
    if (known == null) {
      known = new Upkeep(declared.application(), declared.policy(), policy, this::act);
      upkeeps.put(membership, known);
    } else if (known.isDeclared(declared.application(), declared.policy())) {
      return;
    }
    known.declare(declared.application(), declared.policy(), leads, now);
  }

  private void release(Membership membership) {
    Upkeep upkeep = upkeeps.get(membership);
    if (upkeep != null) {
      List<Look> before = upkeep.sources();
      upkeep.release();
      watch(before, List.of());
      forgetIfOver(upkeep);
    }
  }

  private void lead() {
    if (!leads) {
      leads = true;
      upkeeps.values().forEach(upkeep -> upkeep.lead(now));
    }
  }

  private void depose() {
    if (leads) {
      leads = false;
      for (Upkeep upkeep : upkeeps.values()) {
        List<Look> before = upkeep.sources();
        upkeep.depose();
        watch(before, List.of());
      }
    }
  }

  private void looked(ReconcileEvent.Looked looked) {
    end(
        looked.look(),
        upkeep -> {
          List<Look> before = upkeep.sources();
          Plan plan = upkeep.looked(looked.result(), looked.sight(), now);
          watch(before, upkeep.sources());
          if (plan != null) {
            long run = ++numbers;
            underWay.put(run, upkeep);
            upkeep.run(run, plan);
          }
        });
  }

  private void end(long number, Consumer<Upkeep> how) {
    Upkeep upkeep = underWay.remove(number);
    if (upkeep == null) {
      throw new IllegalArgumentException("event answers " + number + ", which does not go on");
    }
    how.accept(upkeep);
    forgetIfOver(upkeep);
  }

  private void forgetIfOver(Upkeep upkeep) {
    if (upkeep.isOver()) {
      upkeeps.remove(upkeep.membership());
    }
  }

  /** Each application that wants to be told of a source is told of its state, shared or not. */
  private void watch(List<Look> before, List<Look> after) {
    for (Look source : after) {
      if (!before.contains(source)) {
        sources.merge(source, 1, Integer::sum);
        actions.add(new ReconcileAction.Watch(source));
      }
    }
    for (Look source : before) {
      if (!after.contains(source) && sources.merge(source, -1, Integer::sum) == 0) {
        sources.remove(source);
        actions.add(new ReconcileAction.Unwatch(source));
      }
    }
  }

  /** Looks at what is due, the longest due first, as far as there is room. */
  private void begin() {
    if (!leads) {
      return;
    }
    List<Upkeep> ready =
        upkeeps.values().stream()
            .filter(upkeep -> isDue(upkeep.due()))
            .sorted(Comparator.comparing(Upkeep::due))
            .toList();
    for (Upkeep upkeep : ready) {
      if (underWay.size() < policy.concurrency()) {
        long look = ++numbers;
        underWay.put(look, upkeep);
        upkeep.look(look, now);
      }
    }
  }

  private boolean isDue(@Nullable Instant due) {
    return due != null && !due.isAfter(now);
  }

  /** What is due already waits for room, not for time. */
  private void wakeUp() {
    if (wake != null && !wake.isAfter(now)) {
      wake = null;
    }
    Instant next = null;
    for (Upkeep upkeep : upkeeps.values()) {
      Instant due = leads ? upkeep.due() : null;
      if (due != null && due.isAfter(now) && (next == null || due.isBefore(next))) {
        next = due;
      }
    }
    if (next != null && !next.equals(wake)) {
      wake = next;
      actions.add(new ReconcileAction.Wake(next));
    }
  }

  private void act(ReconcileAction action) {
    actions.add(action);
  }
}

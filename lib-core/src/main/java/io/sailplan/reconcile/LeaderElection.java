package io.sailplan.reconcile;

import static java.util.Objects.requireNonNull;

import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Competes for a Lease, as a state machine without I/O. Of all that compete on the same terms, at
 * most one leads at any time.
 *
 * <p>Nobody's clock is compared with anybody else's: others wait for the whole duration from when
 * they have seen the Lease change, and the leader counts its own time from when it sent the request
 * that renewed it. As its deadline is shorter, it has stopped before anybody else begins. Clocks
 * may be wrong; only their speed has to be about the same.
 *
 * <p>What a leader has sent before it stopped may still arrive afterwards. It overwrites nothing:
 * each write of a plan tests what it was made from.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class LeaderElection {
  private static final String MANAGER = "sailplan-election";
  private static final int NOT_FOUND = 404;

  private final LeaseTerms terms;
  private List<ElectionAction> actions = new ArrayList<>();
  private Instant now = Instant.MIN;

  /** The Lease as it was seen last, and since when it was seen so; null if it did not exist. */
  private @Nullable LeaseRecord seen;

  private Instant seenAt = Instant.MIN;

  /** Whether what was seen last is worth a claim, or has to be read again. */
  private boolean fresh;

  /** What is in flight, and when it was sent. */
  private Sort pending = Sort.NOTHING;

  private long number;
  private Instant sentAt = Instant.MIN;

  private boolean leads;
  private Instant leadsUntil = Instant.MIN;

  /** When to try next. */
  private Instant next = Instant.MIN;

  private @Nullable Instant wake;
  private boolean resigned;
  private boolean finished;

  private enum Sort {
    NOTHING,
    READ,
    CLAIM,
    RELEASE
  }

  private LeaderElection(LeaseTerms terms) {
    this.terms = terms;
  }

  /** Returns an instance that competes from its first {@link ElectionEvent.Tick} on. */
  public static LeaderElection of(LeaseTerms terms) {
    return new LeaderElection(requireNonNull(terms, "terms"));
  }

  /**
   * Takes in what happened, and returns the next actions, to be carried out in their order.
   *
   * @param event what happened
   * @param time the present time by a clock that never jumps; one before an earlier one counts as
   *     that one
   */
  public List<ElectionAction> handle(ElectionEvent event, Instant time) {
    requireNonNull(event, "event");
    now = requireNonNull(time, "time").isAfter(now) ? time : now;
    if (!finished) {
      if (!leads(now)) {
        yieldLead(); // before anything else: an answer that comes too late renews nothing
      }
      take(event);
      goOn();
    }
    List<ElectionAction> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  /**
   * Returns whether this instance leads at this time, whether or not it was told the time since: to
   * be asked before each write.
   */
  public boolean leads(Instant time) {
    return leads && requireNonNull(time, "time").isBefore(leadsUntil);
  }

  /**
   * Returns until when this instance leads unless it renews the Lease; {@link Instant#MIN} if it
   * does not lead.
   */
  public Instant leadsUntil() {
    return leads ? leadsUntil : Instant.MIN;
  }

  private void take(ElectionEvent event) {
    if (event instanceof ElectionEvent.Answered answered && answered.request() == number) {
      answered(answered.response());
    } else if (event instanceof ElectionEvent.Lost lost && lost.request() == number) {
      finished = pending == Sort.RELEASE;
      tryLater();
    } else if (event instanceof ElectionEvent.Resigned) {
      resigned = true;
    }
  }

  private void answered(Response response) {
    Sort answered = pending;
    pending = Sort.NOTHING;
    if (answered == Sort.RELEASE) {
      finished = true;
    } else if (response.isSuccess() && response.body() != null) {
      see(LeaseRecord.of(response.object()));
      if (answered == Sort.CLAIM) {
        lead();
      }
    } else if (answered == Sort.READ && response.status() == NOT_FOUND) {
      seen = null;
      fresh = true;
    } else {
      tryLater();
    }
  }

  private void see(LeaseRecord record) {
    LeaseRecord before = seen;
    if (before == null || !before.isSame(record)) {
      seenAt = now;
    }
    seen = record;
    fresh = true;
    if (!record.holder().equals(terms.identity())) {
      yieldLead();
    }
  }

  /** The time counts from before the server can have taken the request in. */
  private void lead() {
    leadsUntil = sentAt.plus(terms.renewDeadline());
    next = now.plus(terms.retry());
    if (leadsUntil.isAfter(now) && !leads && !resigned) {
      leads = true;
      actions.add(new ElectionAction.Lead(seen == null ? 0 : seen.transitions()));
    }
  }

  private void yieldLead() {
    if (leads) {
      leads = false;
      fresh = false;
      actions.add(new ElectionAction.Yield());
    }
  }

  private void tryLater() {
    pending = Sort.NOTHING;
    fresh = false;
    next = now.plus(terms.retry());
  }

  private void goOn() {
    if (resigned) {
      yieldLead();
    }
    if (resigned && pending == Sort.NOTHING && !finished) {
      resign();
    } else if (!resigned && pending == Sort.NOTHING && !now.isBefore(next)) {
      attempt();
    }
    if (finished) {
      actions.add(new ElectionAction.Finish());
    } else {
      wakeUp();
    }
  }

  private void resign() {
    LeaseRecord mine = seen;
    if (mine != null && mine.holder().equals(terms.identity())) {
      send(Sort.RELEASE, new Request.Replace(mine.free(now), MANAGER, ""));
    } else {
      finished = true;
    }
  }

  private void attempt() {
    LeaseRecord lease = seen;
    if (!fresh) {
      send(Sort.READ, new Request.Get(terms.lease(), "v1"));
    } else if (lease == null) {
      send(Sort.CLAIM, new Request.Create(LeaseRecord.create(terms.lease(), terms, now), MANAGER));
    } else if (isFree(lease)) {
      send(Sort.CLAIM, new Request.Replace(lease.held(terms, now), MANAGER, ""));
    } else {
      tryLater();
    }
  }

  private boolean isFree(LeaseRecord lease) {
    Duration believed = lease.seconds() > 0 ? lease.believed() : terms.duration();
    return lease.holder().isEmpty()
        || lease.holder().equals(terms.identity())
        || !now.isBefore(seenAt.plus(believed));
  }

  private void send(Sort sort, Request request) {
    pending = sort;
    sentAt = now;
    actions.add(new ElectionAction.Send(++number, request));
  }

  private void wakeUp() {
    if (wake != null && !wake.isAfter(now)) {
      wake = null;
    }
    Instant then = pending == Sort.NOTHING ? next : Instant.MAX;
    if (leads && leadsUntil.isBefore(then)) {
      then = leadsUntil;
    }
    if (then.isAfter(now) && !then.equals(Instant.MAX) && !then.equals(wake)) {
      wake = then;
      actions.add(new ElectionAction.Wake(then));
    }
  }
}

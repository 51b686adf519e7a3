package io.sailplan.reconcile;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Plan;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is going on with one application. It does one thing at a time. */
final class Upkeep {
  private final Membership membership;
  private final ReconcilePolicy policy;
  private final Consumer<ReconcileAction> actions;
  private final Knowledge knowledge = new Knowledge();
  private final Pace pace;
  private final Pace contention;

  private Application application;
  private Policy allowed;
  private Phase phase = Phase.IDLE;
  private long number;
  private boolean released;

  /** What the present look will say does not count, or the present run was told to stop. */
  private boolean obsolete;

  /** Why to look, and since when there is a reason; and when that is, unless something follows. */
  private final Set<LookReason> reasons = EnumSet.noneOf(LookReason.class);

  private @Nullable Instant firstReason;
  private @Nullable Instant due;

  /** When to look if nothing happens before, and why then. */
  private @Nullable Instant later;

  private LookReason laterFor = LookReason.RESYNC;

  /** Why the present look or run is there. */
  private final Set<LookReason> presently = EnumSet.noneOf(LookReason.class);

  /** Whatever happens, nothing is looked at before: the last attempt has failed. */
  private Instant notBefore = Instant.MIN;

  /** Until when a plan is held back that somebody has undone; null if none is. */
  private @Nullable Instant heldUntil;

  private final Set<Look> lost = new HashSet<>();
  private final Set<ObjectKey> inputs = new HashSet<>();

  /** Whether what is declared was brought in once. */
  private boolean settled;

  /** Whether what the application reads has changed since; and whether the run carries that. */
  private boolean inputChanged;

  private boolean inputCarried;
  private String done = "";
  private String doing = "";
  private Instant doneAt = Instant.MIN;
  private String said = "";
  private String refused = "";

  private enum Phase {
    IDLE,
    LOOKING,
    RUNNING
  }

  Upkeep(
      Application application,
      Policy allowed,
      ReconcilePolicy policy,
      Consumer<ReconcileAction> actions) {
    this.membership = Membership.of(application);
    this.application = application;
    this.allowed = allowed;
    this.policy = policy;
    this.actions = actions;
    this.pace = new Pace(policy);
    this.contention = new Pace(policy);
  }

  Membership membership() {
    return membership;
  }

  List<Look> sources() {
    return knowledge.sources();
  }

  int remembered() {
    return knowledge.size();
  }

  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  boolean isReleased() {
    return released;
  }

  /** Returns whether nobody cares for it, and nothing goes on any more. */
  boolean isOver() {
    return released && isIdle();
  }

  /** Returns when to look at it next; null if nothing is planned, or something is going on. */
  @Nullable Instant due() {
    if (!isIdle() || due == null || later == null) {
      return isIdle() ? (due == null ? later : due) : null;
    }
    return due.isBefore(later) ? due : later;
  }

  boolean isDeclared(Application other, Policy otherPolicy) {
    return !released
        && application.resources().equals(other.resources())
        && allowed.equals(otherPolicy);
  }

  void declare(Application next, Policy nextPolicy, boolean leads, Instant now) {
    application = next;
    allowed = nextPolicy;
    released = false;
    settled = false;
    notBefore = Instant.MIN;
    heldUntil = null;
    pace.reset();
    contention.reset();
    done = "";
    refused = "";
    abandon();
    if (leads) {
      want(LookReason.DECLARED, now);
    }
  }

  void release() {
    released = true;
    depose();
  }

  /** Nothing is to be written any more, and nothing needs to be known. */
  void depose() {
    abandon();
    nothingDue();
    later = null;
    said = "";
    knowledge.forget();
    inputs.clear();
    lost.clear();
  }

  /** What is going on is of no use any more. */
  private void abandon() {
    if (phase == Phase.RUNNING && !obsolete) {
      actions.accept(new ReconcileAction.Stop(number));
    }
    obsolete = !isIdle();
  }

  void lead(Instant now) {
    if (!released) {
      wantAt(LookReason.LEADERSHIP, now);
    }
  }

  void changed(LiveObject object, Instant now) {
    boolean covered = membership.contains(object) || inputs.contains(object.key());
    if (covered) {
      noticed(knowledge.changed(object), object.key(), now);
    } else {
      vanished(object.key(), object.resourceVersion(), now); // it has lost its label
    }
  }

  void vanished(ObjectKey key, String version, Instant now) {
    noticed(knowledge.vanished(key, version), key, now);
  }

  private void noticed(boolean matters, ObjectKey key, Instant now) {
    if (matters) {
      inputChanged |= isInput(key);
      if (phase != Phase.LOOKING) { // what is told while it looks is compared with what it saw
        want(LookReason.CHANGED, now);
      }
    }
  }

  void sourceLost(Look source, Instant now) {
    if (sources().contains(source) && lost.add(source) && later != null) {
      resyncAt(now);
    }
  }

  void sourceRestored(Look source, Instant now) {
    if (sources().contains(source)) {
      lost.remove(source);
      want(LookReason.GAP, now);
    }
  }

  private void want(LookReason reason, Instant now) {
    if (firstReason == null) {
      firstReason = now;
    }
    Instant calm = now.plus(policy.debounce());
    Instant latest = firstReason.plus(policy.longestDelay());
    wantAt(reason, calm.isBefore(latest) ? calm : latest);
  }

  private void wantAt(LookReason reason, Instant then) {
    reasons.add(reason);
    due = then.isBefore(notBefore) ? notBefore : then;
  }

  private void nothingDue() {
    reasons.clear();
    firstReason = null;
    due = null;
  }

  /** Looks at it now. */
  void look(long next, Instant now) {
    phase = Phase.LOOKING;
    number = next;
    obsolete = false;
    presently.clear();
    presently.addAll(reasons);
    if (later != null && !later.isAfter(now)) {
      presently.add(laterFor);
    }
    nothingDue();
    later = null;
    knowledge.beginLook();
    actions.accept(new ReconcileAction.LookAt(next, application, allowed, presently));
  }

  /**
   * Goes on from what a look has shown.
   *
   * @return the plan to run now; null if none is
   */
  @Nullable Plan looked(PlanResult result, Sight sight, Instant now) {
    phase = Phase.IDLE;
    if (obsolete) {
      obsolete = false;
      knowledge.lookFailed();
      return null;
    }
    Knowledge.Difference difference = knowledge.looked(sight);
    inputs.clear();
    for (Look source : sources()) {
      if (source instanceof Look.AtObject named) {
        inputs.add(named.key());
      }
    }
    lost.retainAll(sources());
    inputChanged |= difference.changed().stream().anyMatch(this::isInput);
    resyncAt(now);
    if (difference.overtaken()) {
      want(LookReason.CHANGED, now);
    }
    if (result instanceof PlanResult.Planned planned) {
      refused = "";
      return planned(planned.result(), now);
    }
    if (result instanceof PlanResult.Refused no) {
      refused(Signature.of(no.refusals()), new Finding.Refused(no.refusals()), now);
    } else {
      refused(Signature.of(result.problems()), new Finding.Invalid(result.problems()), now);
    }
    return null;
  }

  /** Returns whether the object is read by the application, and does not belong to it. */
  private boolean isInput(ObjectKey key) {
    return inputs.contains(key) && !key.equals(membership.parent());
  }

  private @Nullable Plan planned(Plan plan, Instant now) {
    if (!Signature.writes(plan)) {
      settled = true;
      inputChanged = false;
      pace.reset();
      if (done.isEmpty() || !now.isBefore(doneAt.plus(policy.longestRetry()))) {
        contention.reset();
        done = "";
      }
      say("settled " + plan.isEmpty(), new Finding.Settled(plan.isEmpty()));
      return null;
    }
    String signature = Signature.of(plan);
    if (settled && !inputChanged && policy.drift() == Drift.REPORT) {
      say("drifted " + signature, new Finding.Drifted(plan));
      return null;
    }
    if (!signature.equals(done)) {
      heldUntil = null;
    } else if (isHeldBack(plan, now)) {
      return null;
    }
    doing = signature;
    return plan;
  }

  /** What was done already was undone by somebody: it is done again, but ever more slowly. */
  private boolean isHeldBack(Plan plan, Instant now) {
    Instant until = heldUntil == null ? doneAt.plus(contention.next()) : heldUntil;
    if (!now.isBefore(until)) {
      heldUntil = null;
      return false;
    }
    say("contended " + done, new Finding.Contended(plan));
    heldUntil = until;
    retryAt(until);
    return true;
  }

  void run(long next, Plan plan) {
    phase = Phase.RUNNING;
    number = next;
    nothingDue(); // it is looked at after the run, whatever happens meanwhile
    later = null;
    inputCarried = inputChanged;
    inputChanged = false;
    report(new Finding.Acting(plan, presently));
    actions.accept(new ReconcileAction.Run(next, membership, plan));
  }

  void ended(Outcome outcome, Instant now) {
    boolean stopped = end();
    if (!released && !(stopped && outcome.cancelled())) {
      said = "";
      report(new Finding.Acted(outcome));
    }
    if (outcome.isSuccess()) {
      done = doing;
      doneAt = now;
    }
    if (stopped) {
      inputChanged |= inputCarried;
    } else if (outcome.isSuccess()) {
      settled = true;
      pace.reset();
      nothingDue();
      wantAt(LookReason.RAN, now);
    } else {
      failed(now);
    }
  }

  void broke(String reason, Instant now) {
    if (end()) {
      inputChanged |= inputCarried;
    } else {
      say("unreachable", new Finding.Unreachable(reason));
      failed(now);
    }
  }

  /** Returns whether it was told to stop. */
  private boolean end() {
    phase = Phase.IDLE;
    boolean stopped = obsolete;
    obsolete = false;
    return stopped;
  }

  private void failed(Instant now) {
    inputChanged |= inputCarried;
    retryAt(now.plus(pace.next()));
  }

  void lookFailed(String reason, Instant now) {
    knowledge.lookFailed();
    if (!end()) {
      say("unreachable", new Finding.Unreachable(reason));
      retryAt(now.plus(pace.next()));
    }
  }

  /** A look changes nothing: after a change, which may have helped, there is one without delay. */
  private void refused(String signature, Finding finding, Instant now) {
    if (!signature.equals(refused)) {
      pace.reset();
      refused = signature;
    }
    say("refused " + signature, finding);
    Instant retry = now.plus(pace.next());
    if (later == null || retry.isBefore(later)) {
      later = retry;
      laterFor = LookReason.RETRY;
    }
  }

  /** Nothing happens before: neither a change nor anything else. */
  private void retryAt(Instant then) {
    nothingDue();
    notBefore = then;
    later = then;
    laterFor = LookReason.RETRY;
  }

  /** Unless something else happens before; soon, if much may happen untold. */
  private void resyncAt(Instant now) {
    boolean soon = !lost.isEmpty() && policy.longestRetry().compareTo(policy.resync()) < 0;
    later = now.plus(soon ? policy.longestRetry() : policy.resync());
    laterFor = LookReason.RESYNC;
  }

  private void say(String what, Finding finding) {
    if (!what.equals(said)) {
      said = what;
      report(finding);
    }
  }

  private void report(Finding finding) {
    actions.accept(new ReconcileAction.Report(membership, finding));
  }
}

package io.sailplan.plan;

import io.sailplan.problem.SailplanException;
import java.util.List;
import java.util.stream.Collectors;

/** An operation was refused; holds every refusal with its remedies. */
public final class RefusedException extends SailplanException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // refusals are for the thrower's own process
  private final List<Refusal> refusals;

  /** Makes one for these refusals. */
  public RefusedException(List<Refusal> refusals) {
    super(refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n")));
    this.refusals = List.copyOf(refusals);
  }

  /** Returns all refusals. */
  public List<Refusal> refusals() {
    return refusals;
  }
}

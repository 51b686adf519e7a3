package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server-side apply.
 *
 * @param live the object as the cluster returned it, with its managed fields; null if it does not
 *     exist
 * @param desired what is applied, as it is written
 * @param manager the name of the field manager
 * @param force whether to take fields that others own
 * @param subresource the subresource that is written to; empty for the object itself
 * @param shape the structure of the kind, in the version of {@code desired}
 * @param time when the request is served
 */
public record ApplyRequest(
    @Nullable Manifest live,
    Manifest desired,
    String manager,
    boolean force,
    String subresource,
    KindShape shape,
    Instant time) {

  /** Checks that nothing but the live object is null. */
  public ApplyRequest {
    requireNonNull(desired, "desired");
    requireNonNull(manager, "manager");
    requireNonNull(subresource, "subresource");
    requireNonNull(shape, "shape");
    requireNonNull(time, "time");
  }

  /** Returns an apply of a whole object that does not force. */
  public static ApplyRequest of(
      @Nullable Manifest live, Manifest desired, String manager, KindShape shape, Instant time) {
    return new ApplyRequest(live, desired, manager, false, "", shape, time);
  }

  /** Returns this apply, taking fields that others own. */
  public ApplyRequest forced() {
    return new ApplyRequest(live, desired, manager, true, subresource, shape, time);
  }

  /** Returns this apply on a subresource. */
  public ApplyRequest on(String subresource) {
    return new ApplyRequest(live, desired, manager, force, subresource, shape, time);
  }

  /** Returns the manager and the kind, never the content. */
  @Override
  public String toString() {
    return "ApplyRequest[" + manager + " " + desired.key() + "]";
  }
}

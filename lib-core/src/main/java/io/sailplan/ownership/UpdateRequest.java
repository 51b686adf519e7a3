package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Any write but server-side apply: a creation by POST, a PUT, or the object that a JSON or merge
 * patch results in.
 *
 * @param live the object as the cluster returned it, with its managed fields; null if it does not
 *     exist
 * @param next the whole object as it is sent, or after the patch
 * @param manager the name of the field manager: what the request names, or the client's user agent
 *     up to the slash
 * @param subresource the subresource that is written to; empty for the object itself
 * @param shape the structure of the kind, in the version of {@code next}
 * @param time when the request is served
 */
public record UpdateRequest(
    @Nullable Manifest live,
    Manifest next,
    String manager,
    String subresource,
    KindShape shape,
    Instant time) {

  /** Checks that nothing but the live object is null. */
  public UpdateRequest {
    requireNonNull(next, "next");
    requireNonNull(manager, "manager");
    requireNonNull(subresource, "subresource");
    requireNonNull(shape, "shape");
    requireNonNull(time, "time");
  }

  /** Returns the creation of an object. */
  public static UpdateRequest create(Manifest next, String manager, KindShape shape, Instant time) {
    return new UpdateRequest(null, next, manager, "", shape, time);
  }

  /** Returns a change of an object. */
  public static UpdateRequest of(
      Manifest live, Manifest next, String manager, KindShape shape, Instant time) {
    return new UpdateRequest(live, next, manager, "", shape, time);
  }

  /** Returns this write on a subresource, such as {@code status}. */
  public UpdateRequest on(String subresource) {
    return new UpdateRequest(live, next, manager, subresource, shape, time);
  }

  /** Returns the manager and the kind, never the content. */
  @Override
  public String toString() {
    return "UpdateRequest[" + manager + " " + next.key() + "]";
  }
}

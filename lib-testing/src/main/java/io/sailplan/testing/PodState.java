package io.sailplan.testing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a kubelet remembers of a pod besides its status. */
final class PodState {
  /** When its containers started. */
  @Nullable Instant started;

  /** When its first container ended last. */
  @Nullable Instant ended;

  @Nullable Instant nextCrash;
  @Nullable Instant pullSince;
  @Nullable PodBehaviour lastExit;
  Instant nextEvent = Instant.MIN;
  String address = "";
  int crashes;
}

package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What all parts of the simulated server share. */
record World(Store store, Kinds kinds, Timeline timeline, Uids uids, Settings settings) {

  /** What a script can switch. */
  static final class Settings {
    private boolean webhooksServe;

    boolean webhooksServe() {
      return webhooksServe;
    }

    void webhooksServe(boolean serve) {
      webhooksServe = serve;
    }
  }

  Instant now() {
    return timeline.now();
  }

  @Nullable Manifest namespace(String name) {
    return store.get(new ObjectKey("", "Namespace", "", name));
  }
}

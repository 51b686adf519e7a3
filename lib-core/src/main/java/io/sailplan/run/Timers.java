package io.sailplan.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is to happen at a time; of two at the same time, the one that was set first comes first. */
final class Timers {
  private final TreeSet<Timer> timers =
      new TreeSet<>(Comparator.comparing(Timer::at).thenComparing(Timer::number));
  private final Map<StepRun, List<Timer>> byOwner = new HashMap<>();
  private long last;

  record Timer(Instant at, long number, StepRun owner, Runnable then) {}

  Timer add(StepRun owner, Instant at, Runnable then) {
    last++;
    Timer timer = new Timer(at, last, owner, then);
    timers.add(timer);
    byOwner.computeIfAbsent(owner, any -> new ArrayList<>()).add(timer);
    return timer;
  }

  void drop(StepRun owner) {
    List<Timer> owned = byOwner.remove(owner);
    if (owned != null) {
      owned.forEach(timers::remove);
    }
  }

  void drop(@Nullable Timer timer) {
    if (timer != null) {
      timers.remove(timer);
    }
  }

  Optional<Instant> next() {
    return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first().at());
  }

  /** Takes out one that is due; null if none is. */
  @Nullable Runnable due(Instant now) {
    return timers.isEmpty() || timers.first().at().isAfter(now) ? null : timers.pollFirst().then();
  }
}

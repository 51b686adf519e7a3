package io.sailplan.run;

import io.sailplan.model.LiveObject;

/** What one kind of step does; it ends by telling its {@link StepRun} how. */
interface StepTask {

  /** Starts; called once. */
  void begin();

  /**
   * Comes to an end without beginning anything new: at once, unless something is in flight whose
   * fate has to be learned. May be called more than once; the first counts.
   */
  void close(Closing closing);

  /** Hears of a watched object that is there. */
  default void observed(LiveObject object) {}

  /** Hears that a watched object is not there. */
  default void vanished(RunEvent.Vanished vanished) {}
}

package io.sailplan.run;

import java.util.concurrent.CompletionStage;

/** A run that goes on by itself. Safe for use by several threads. */
public interface RunHandle {

  /**
   * Returns the outcome to come; it fails only if the adapter itself fails, never because a step
   * does.
   */
  CompletionStage<Outcome> outcome();

  /**
   * Asks for the end: nothing new is started, what is in flight is seen to its end. May be called
   * more than once.
   */
  void cancel();
}

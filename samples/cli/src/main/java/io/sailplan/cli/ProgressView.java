package io.sailplan.cli;

import io.sailplan.run.Progress;
import java.util.function.Consumer;

/** Shows how a run goes on. Called by one thread at a time. */
interface ProgressView extends Consumer<Progress> {
  /** Ends the showing, before the outcome is told. */
  void finish();
}

package io.sailplan.architecture.violations.problem;

import com.google.common.collect.ImmutableList;
import io.sailplan.architecture.violations.plan.Upstairs;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.logging.Logger;

/** Breaks each rule of the architecture once, so that a test can see that it is found. */
public class BreaksEverything {
  /** The public signatures name a type of a library. */
  public ImmutableList<String> guava() {
    return ImmutableList.of(new Upstairs().toString());
  }

  Object io() throws IOException {
    return new FileInputStream("file");
  }

  Object thread() {
    return Thread.currentThread();
  }

  Object clock() {
    return Instant.now();
  }

  Object random() {
    return new Random();
  }

  Object environment() {
    return System.getenv("HOME");
  }

  Object logger() {
    return Logger.getLogger("name");
  }

  Object cel() {
    return dev.cel.common.CelOptions.DEFAULT;
  }

  Object client() {
    return new okhttp3.Broken();
  }
}

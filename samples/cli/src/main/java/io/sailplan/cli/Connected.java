package io.sailplan.cli;

import io.sailplan.run.Cluster;

/** A cluster that was connected to, and the namespace that it suggests. */
record Connected(Cluster cluster, String namespace) implements AutoCloseable {
  @Override
  public void close() {
    cluster.close();
  }
}

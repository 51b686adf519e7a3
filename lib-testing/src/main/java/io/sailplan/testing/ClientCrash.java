package io.sailplan.testing;

/**
 * The client of a {@link SimulatedCluster} has died, because {@link Faults#crashAfter} said so. The
 * cluster is as the client left it, and goes on; another client may follow.
 */
public final class ClientCrash extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClientCrash(long requests) {
    super("the client died after " + requests + " requests, as the test asked for");
  }
}

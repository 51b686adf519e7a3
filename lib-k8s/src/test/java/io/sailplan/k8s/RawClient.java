package io.sailplan.k8s;

import io.sailplan.run.Response;
import java.time.Clock;
import java.time.Duration;

/** Sends what no port of the library sends: requests of others, in any version and of any type. */
public final class RawClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Connection connection;
  private final Wire wire;
  private final Calls calls = new Calls();

  private RawClient(Connection connection) {
    this.connection = connection;
    this.wire = new Wire(connection, Clock.systemUTC());
  }

  /** Returns a client that is the administrator of {@code plane}. */
  public static RawClient of(ControlPlane plane) {
    return new RawClient(
        Connection.from(
            () -> Kubeconfig.ofFile(plane.kubeconfig(), null).client(), TIMEOUT, TIMEOUT));
  }

  /** Reads what stands at {@code path}. */
  public Response get(String path) {
    return wire.send(HttpCall.get(path), calls);
  }

  /**
   * Sends a body.
   *
   * @param type its media type
   * @param manager the field manager; empty for none
   */
  public Response send(String method, String path, String type, String body, String manager) {
    HttpCall call = HttpCall.of(method, path, type, body);
    return wire.send(manager.isEmpty() ? call : call.query("fieldManager", manager), calls);
  }

  /** Applies on the server's side. */
  public Response apply(String path, String body, String manager, boolean force, boolean dryRun) {
    HttpCall call =
        HttpCall.of("PATCH", path, "application/apply-patch+yaml", body)
            .query("fieldManager", manager)
            .query("force", Boolean.toString(force));
    return wire.send(dryRun ? call.query("dryRun", "All") : call, calls);
  }

  @Override
  public void close() {
    connection.close();
  }
}

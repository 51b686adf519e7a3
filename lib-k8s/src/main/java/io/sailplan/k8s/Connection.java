package io.sailplan.k8s;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of client-java, used without changing it, and how to make another one when its
 * credentials have expired. Safe for use by several threads.
 */
final class Connection {
  /** Asking again for credentials sooner than this would only burden who hands them out. */
  private static final Duration RENEWAL = Duration.ofSeconds(10);

  private final @Nullable Supplier<ApiClient> source;
  private final Duration requestTimeout;
  private final Duration watchTimeout;
  private volatile Link link;
  private long renewed = System.nanoTime() - RENEWAL.toNanos();

  private Connection(
      ApiClient client,
      @Nullable Supplier<ApiClient> source,
      Duration requestTimeout,
      Duration watchTimeout) {
    this.source = source;
    this.requestTimeout = requestTimeout;
    this.watchTimeout = watchTimeout;
    this.link = link(client);
  }

  /** Returns a connection through a caller's client, which stays the caller's. */
  static Connection through(ApiClient client, Duration requestTimeout, Duration watchTimeout) {
    return new Connection(client, null, requestTimeout, watchTimeout);
  }

  /** Returns a connection through a client that {@code source} makes, again whenever needed. */
  static Connection from(
      Supplier<ApiClient> source, Duration requestTimeout, Duration watchTimeout) {
    return new Connection(source.get(), source, requestTimeout, watchTimeout);
  }

  Link link() {
    return link;
  }

  /** Returns a link with fresh credentials; {@code refused} if there are none. */
  synchronized Link renew(Link refused) {
    if (!link.equals(refused) || source == null) {
      return link;
    }
    long now = System.nanoTime();
    if (now - renewed >= RENEWAL.toNanos()) {
      renewed = now;
      link = link(source.get());
    }
    return link;
  }

  /** Closes what this connection has opened; of a caller's client, nothing. */
  void close() {
    if (source != null) {
      link.requests.connectionPool().evictAll();
    }
  }

  private Link link(ApiClient client) {
    // Timeouts, the dispatcher and its limits are ours; connections and interceptors are shared.
    OkHttpClient requests =
        client
            .getHttpClient()
            .newBuilder()
            .dispatcher(new Dispatcher())
            .callTimeout(requestTimeout)
            .readTimeout(requestTimeout)
            .build();
    OkHttpClient watches =
        requests
            .newBuilder()
            .callTimeout(Duration.ZERO)
            .readTimeout(watchTimeout.multipliedBy(2).plusSeconds(30))
            .build();
    return new Link(client, requests, watches);
  }

  /**
   * A client with the HTTP clients that are derived from it.
   *
   * @param client builds requests and knows the credentials
   * @param requests for calls that end by themselves
   * @param watches for calls that stay open
   */
  record Link(ApiClient client, OkHttpClient requests, OkHttpClient watches) {}
}

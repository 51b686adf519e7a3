package io.sailplan.k8s;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server on loopback that answers what a test tells it to. It knows nothing of Kubernetes
 * but two discovery documents.
 */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Deque<Handler>> handlers = new LinkedHashMap<>();

  private Handler otherwise =
      (request, reply) -> reply.json(404, Samples.status(404, "NotFound", "no " + request.line()));

  /** Answers one request. */
  interface Handler {
    void answer(Received request, Reply reply) throws IOException, InterruptedException;
  }

  LoopbackServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    always("GET /api", Samples.CORE);
    always("GET /apis", Samples.GROUPS);
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers requests of this method and path from now on; the last handler stays. */
  synchronized void on(String request, Handler... answers) {
    handlers.put(request, new ArrayDeque<>(List.of(answers)));
  }

  /** Answers what nothing else answers. */
  synchronized void otherwise(Handler handler) {
    otherwise = handler;
  }

  void always(String request, String json) {
    on(request, (received, reply) -> reply.json(200, json));
  }

  /** Returns the requests received so far with this method and path, in their order. */
  List<Received> received(String request) {
    return received().stream().filter(one -> one.line().equals(request)).toList();
  }

  List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private synchronized Handler handler(String line) {
    Deque<Handler> answers = handlers.get(line);
    if (answers == null) {
      return otherwise;
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      Received request =
          new Received(
              exchange.getRequestMethod() + " " + uri.getRawPath(),
              query(uri.getRawQuery()),
              headers(exchange),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      received.add(request);
      handler(request.line()).answer(request, new Reply(exchange));
    } catch (IOException gone) {
      // the client has hung up, or the test wanted a cut
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return headers;
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  /** What came in. */
  record Received(
      String line, Map<String, String> query, Map<String, String> headers, String body) {}

  /** Where the answer goes. */
  static final class Reply {
    private final HttpExchange exchange;

    Reply(HttpExchange exchange) {
      this.exchange = exchange;
    }

    Reply header(String name, String value) {
      exchange.getResponseHeaders().add(name, value);
      return this;
    }

    void json(int status, String body) throws IOException {
      send(status, "application/json", body);
    }

    void send(int status, String type, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }

    /** Begins an answer of unknown length; it ends when the handler returns. */
    Lines lines() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      return new Lines(exchange.getResponseBody());
    }

    /** Breaks the connection in the middle of an answer. */
    void cut() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    }
  }

  /** An answer that comes bit by bit. */
  record Lines(OutputStream stream) {
    Lines send(String text) throws IOException {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
      return this;
    }
  }
}

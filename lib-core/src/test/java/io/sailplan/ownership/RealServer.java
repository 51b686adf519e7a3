package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real API server: the one whose kubeconfig the system property {@code sailplan.test.kubeconfig}
 * names, reached through {@code kubectl proxy}. {@code sailplan.test.kubectl} names the program;
 * without it, the one that was built with the control plane is used.
 */
public final class RealServer implements AutoCloseable {
  private final Process proxy;
  private final String address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RealServer(Process proxy, String address) {
    this.proxy = proxy;
    this.address = address;
  }

  /** Returns whether a server is given; says so loudly if not. */
  public static boolean isGiven() {
    boolean given = !System.getProperty("sailplan.test.kubeconfig", "").isEmpty();
    if (!given) {
      System.err.println(
          "SKIPPED: nothing was compared with a real API server; set -Dsailplan.test.kubeconfig");
    }
    return given;
  }

  /** Connects to the server that is given. */
  public static RealServer connect() {
    try {
      Process proxy =
          new ProcessBuilder(
                  program(),
                  "--kubeconfig",
                  System.getProperty("sailplan.test.kubeconfig"),
                  "proxy",
                  "--port=0")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out =
          new BufferedReader(new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8));
      String line = String.valueOf(out.readLine());
      return new RealServer(proxy, "http://" + line.substring(line.lastIndexOf(' ') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String program() throws IOException {
    String given = System.getProperty("sailplan.test.kubectl", "");
    Path built = Path.of(System.getProperty("user.home"), ".cache/sailplan/control-plane");
    if (!given.isEmpty() || !Files.isDirectory(built)) {
      return given.isEmpty() ? "kubectl" : given;
    }
    try (Stream<Path> versions = Files.list(built)) {
      return versions
          .map(version -> version.resolve("bin/kubectl").toString())
          .filter(file -> Files.exists(Path.of(file)))
          .max(String::compareTo)
          .orElse("kubectl");
    }
  }

  /** An answer. */
  public record Answer(int status, Manifest body) {
    public boolean ok() {
      return status < 300;
    }

    /** Returns the object that the server returned. */
    public Manifest object() {
      if (!ok()) {
        throw new IllegalStateException(status + " " + body.toJson());
      }
      return body;
    }

    String message() {
      return body.string("message");
    }
  }

  Answer apply(KindShape shape, Manifest manifest, String manager, boolean force, String more) {
    return send(
        "PATCH",
        path(shape, manifest)
            + "?fieldManager="
            + URLEncoder.encode(manager, StandardCharsets.UTF_8)
            + "&force="
            + force
            + more,
        "application/apply-patch+yaml",
        manifest.toJson());
  }

  Answer put(KindShape shape, Manifest manifest, String manager) {
    return send(
        "PUT",
        path(shape, manifest) + "?fieldManager=" + manager,
        "application/json",
        manifest.toJson());
  }

  Answer post(KindShape shape, Manifest manifest, String manager, String more) {
    return send(
        "POST",
        shape.resource().path(manifest.namespace(), "") + "?fieldManager=" + manager + more,
        "application/json",
        manifest.toJson());
  }

  Answer get(KindShape shape, Manifest manifest) {
    return send("GET", path(shape, manifest), "", "");
  }

  Optional<Manifest> find(KindShape shape, Manifest manifest) {
    Answer answer = get(shape, manifest);
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.object());
  }

  void delete(KindShape shape, Manifest manifest) {
    send("DELETE", path(shape, manifest) + "?propagationPolicy=Background", "", "");
  }

  void createNamespace(String name) {
    send(
        "POST",
        "/api/v1/namespaces",
        "application/json",
        Json.write(
            Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name))));
  }

  /** Defines custom kinds and returns when they are served. */
  void serve(Manifest definition) {
    apply(Kinds.of(definition), definition, "definer", true, "");
    KindShape kind =
        ShapeCatalog.builtIn().withCustomResources(List.of(definition)).kinds().stream()
            .filter(KindShape::custom)
            .findFirst()
            .orElseThrow();
    String path = kind.resource().path("seeds", "");
    for (int attempt = 0; send("GET", path, "", "").status() != 200; attempt++) {
      if (attempt > 2000) {
        throw new IllegalStateException(kind + " is never served");
      }
    }
  }

  static String path(KindShape shape, Manifest manifest) {
    return shape.resource().path(manifest.namespace(), manifest.name());
  }

  /** Sends one request; an answer that is not JSON counts as empty. */
  public Answer send(String method, String path, String type, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean json = response.body().startsWith("{"); // an unknown path is answered in plain text
      return new Answer(response.statusCode(), Manifest.parseJson(json ? response.body() : "{}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    proxy.destroy();
  }
}

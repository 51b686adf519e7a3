package io.sailplan.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import io.sailplan.model.ApiResource;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.ShapeCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An API server as fast as it can be used: one request after the other on each connection. */
final class Server {
  private static final MediaType APPLY = MediaType.get("application/apply-patch+yaml");
  private static final MediaType JSON = MediaType.get("application/json");

  private final String base;
  private final OkHttpClient client;

  private Server(String base, OkHttpClient client) {
    this.base = base;
    this.client = client;
  }

  static Server of(Path kubeconfig) throws IOException {
    ApiClient api = Config.fromConfig(kubeconfig.toString());
    return new Server(
        api.getBasePath(),
        api.getHttpClient()
            .newBuilder()
            .readTimeout(Duration.ofMinutes(1))
            .callTimeout(Duration.ofMinutes(1))
            .build());
  }

  void createNamespace(String name) throws IOException {
    send(
        "POST",
        "/api/v1/namespaces",
        RequestBody.create(
            Json.write(
                    Map.of(
                        "apiVersion", "v1",
                        "kind", "Namespace",
                        "metadata", Map.of("name", name)))
                .getBytes(UTF_8),
            JSON));
  }

  /** Returns the seconds that applying all takes on so many connections. */
  double applyAll(List<Manifest> manifests, String namespace, int connections) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime();
      List<Future<?>> done =
          manifests.stream()
              .<Future<?>>map(
                  manifest ->
                      threads.submit(
                          () -> {
                            apply(manifest.inNamespace(namespace));
                            return null;
                          }))
              .toList();
      for (Future<?> one : done) {
        one.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("a raw apply failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private void apply(Manifest manifest) throws IOException {
    send(
        "PATCH",
        resource(manifest).path(manifest.namespace(), manifest.name()) + "?fieldManager=raw",
        RequestBody.create(manifest.toJson().getBytes(UTF_8), APPLY));
  }

  /**
   * Waits until the controllers have caught up with what was deployed, so that they do not work for
   * one tool while the next is measured.
   */
  void settle(List<Manifest> manifests, String namespace) throws IOException {
    long deployments = manifests.stream().filter(one -> one.kind().equals("Deployment")).count();
    long services = manifests.stream().filter(one -> one.kind().equals("Service")).count();
    String slices = "/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices";
    String workloads = "/apis/apps/v1/namespaces/" + namespace + "/deployments";
    while (items(slices).size() < services
        || items(workloads).stream().filter(Server::isObserved).count() < deployments) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private static boolean isObserved(Object deployment) {
    return Trees.get(deployment, "status", "observedGeneration") != null;
  }

  private List<?> items(String path) throws IOException {
    return Trees.list(Json.readObject(send("GET", path, null)).get("items"));
  }

  private static ApiResource resource(Manifest manifest) {
    return ShapeCatalog.builtIn().find(manifest).orElseThrow().resource();
  }

  private String send(String method, String path, RequestBody body) throws IOException {
    Call call =
        client.newCall(
            new Request.Builder().url(HttpUrl.get(base + path)).method(method, body).build());
    try (Response response = call.execute()) {
      byte[] answer = response.body().bytes();
      if (!response.isSuccessful()) {
        throw new IOException(method + " " + path + ": " + new String(answer, UTF_8));
      }
      return new String(answer, UTF_8);
    }
  }
}

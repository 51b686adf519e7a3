package io.sailplan.k8s;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.sailplan.run.ClusterException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Says how to reach a cluster. Of the ways to reach it, the last one that was named counts. Not
 * safe for use by several threads.
 */
public final class KubernetesClusterBuilder {
  private static final Path POD_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private Way way = this::standard;
  private @Nullable String context;
  private @Nullable String namespace;
  private @Nullable Executor executor;
  private Duration requestTimeout = Duration.ofSeconds(60);
  private Duration watchTimeout = Duration.ofMinutes(5);

  KubernetesClusterBuilder() {}

  /** Reads a kubeconfig file; again, when the credentials have expired. */
  public KubernetesClusterBuilder kubeconfig(Path file) {
    requireNonNull(file, "file");
    way = () -> by(Kubeconfig.ofFile(file, context));
    return this;
  }

  /**
   * Takes the content of a kubeconfig file; relative paths in it start at the working directory.
   */
  public KubernetesClusterBuilder kubeconfig(String text) {
    requireNonNull(text, "text");
    way = () -> by(Kubeconfig.ofText(text, context));
    return this;
  }

  /** Chooses a context of the kubeconfig other than the current one. */
  public KubernetesClusterBuilder context(String context) {
    this.context = requireNonNull(context, "context");
    return this;
  }

  /** Reaches the cluster in which this program runs as a pod, by the pod's service account. */
  public KubernetesClusterBuilder inCluster() {
    way = this::pod;
    return this;
  }

  /**
   * Uses a client of the caller. It is not changed, and not closed; requests go through its
   * connections and interceptors, with timeouts of their own.
   */
  public KubernetesClusterBuilder apiClient(ApiClient client) {
    requireNonNull(client, "client");
    way = () -> cluster(Connection.through(client, requestTimeout, watchTimeout), "default");
    return this;
  }

  /** Sets the namespace of what names none, instead of the one that the way there knows. */
  public KubernetesClusterBuilder namespace(String namespace) {
    this.namespace = requireNonNull(namespace, "namespace");
    return this;
  }

  /**
   * Sets what carries requests out. It must be able to do at least one thing beside whatever calls
   * the cluster; it is not closed.
   */
  public KubernetesClusterBuilder executor(Executor executor) {
    this.executor = requireNonNull(executor, "executor");
    return this;
  }

  /**
   * Sets how long a request may take, from its first byte to the last of its answer; watches apart.
   *
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  public KubernetesClusterBuilder requestTimeout(Duration timeout) {
    requestTimeout = positive(timeout);
    return this;
  }

  /**
   * Sets how long a watch stays open at the least, before it is opened again; at the most it is
   * twice as long.
   *
   * @throws IllegalArgumentException if {@code timeout} is not positive
   */
  public KubernetesClusterBuilder watchTimeout(Duration timeout) {
    watchTimeout = positive(timeout);
    return this;
  }

  /**
   * Returns the cluster. Nothing is sent yet, but a kubeconfig may run a program that hands out
   * credentials.
   *
   * @throws ClusterException if the way there cannot be used
   */
  public KubernetesCluster build() {
    return way.cluster();
  }

  private KubernetesCluster standard() {
    return by(
        Kubeconfig.standard(System::getenv, Path.of(System.getProperty("user.home", "")), context));
  }

  private KubernetesCluster by(Kubeconfig kubeconfig) {
    return cluster(
        Connection.from(kubeconfig::client, requestTimeout, watchTimeout), kubeconfig.namespace());
  }

  private KubernetesCluster pod() {
    return cluster(
        Connection.from(KubernetesClusterBuilder::podClient, requestTimeout, watchTimeout),
        podNamespace());
  }

  private KubernetesCluster cluster(Connection connection, String known) {
    return new KubernetesCluster(
        connection, namespace == null ? known : namespace, executor, watchTimeout);
  }

  private static ApiClient podClient() {
    try {
      return ClientBuilder.cluster().build();
    } catch (IOException | RuntimeException e) {
      throw new ClusterException(
          "this program does not run in a pod with a service account: "
              + e.getClass().getSimpleName(),
          null);
    }
  }

  private static String podNamespace() {
    try {
      return Files.readString(POD_NAMESPACE, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "default";
    }
  }

  private static Duration positive(Duration timeout) {
    if (requireNonNull(timeout, "timeout").isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
    return timeout;
  }

  private interface Way {
    KubernetesCluster cluster();
  }
}

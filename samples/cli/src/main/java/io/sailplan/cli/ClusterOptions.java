package io.sailplan.cli;

import io.sailplan.k8s.KubernetesCluster;
import io.sailplan.k8s.KubernetesClusterBuilder;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import io.sailplan.testing.SimulatedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster a command is about. */
final class ClusterOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig (default: the files of KUBECONFIG, or ~/.kube/config).")
  @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The context of the kubeconfig (default: its current one).")
  String context = "";

  @Option(
      names = "--embedded",
      description =
          "Use a simulated cluster in this process, in which nothing exists at first and whose"
              + " time flies. For trying things out.")
  boolean embedded;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description =
          "The application's home namespace, also of objects that name none (default: that of the"
              + " context, else default).")
  String namespace = "";

  /** Returns why these options make no sense together; empty if they do. */
  String contradiction() {
    return embedded && (kubeconfig != null || !context.isEmpty())
        ? "--embedded excludes --kubeconfig and --context"
        : "";
  }

  /** Returns whether there is a cluster to connect to. */
  boolean isGiven(Console console) {
    return embedded
        || kubeconfig != null
        || hasKubeconfig(console)
        || !console.variable("KUBERNETES_SERVICE_HOST").isEmpty();
  }

  private static boolean hasKubeconfig(Console console) {
    return !console.variable("KUBECONFIG").isEmpty()
        || Files.exists(Path.of(console.variable("HOME"), ".kube", "config"));
  }

  /**
   * Connects to it.
   *
   * @throws ClusterException if there is no way there
   */
  Connected connect(Console console) {
    if (embedded) {
      return simulated();
    }
    KubernetesClusterBuilder builder = KubernetesCluster.builder();
    if (kubeconfig != null) {
      builder.kubeconfig(kubeconfig);
    } else if (!hasKubeconfig(console)) {
      builder.inCluster();
    }
    if (!context.isEmpty()) {
      builder.context(context);
    }
    if (!namespace.isEmpty()) {
      builder.namespace(namespace);
    }
    KubernetesCluster cluster = builder.build();
    return new Connected(cluster, cluster.defaultNamespace());
  }

  /** Nobody could create the home namespace of a cluster that lives as long as this process. */
  private Connected simulated() {
    SimulatedCluster cluster = SimulatedCluster.create();
    String home = namespace.isEmpty() ? Application.DEFAULT_NAMESPACE : namespace;
    if (!home.equals(Application.DEFAULT_NAMESPACE)) {
      Manifest manifest =
          Manifest.of(Map.of("apiVersion", "v1", "kind", "Namespace"))
              .with(home, "metadata", "name");
      cluster.send(new Request.Create(manifest, "sailplan"));
    }
    return new Connected(cluster, home);
  }
}

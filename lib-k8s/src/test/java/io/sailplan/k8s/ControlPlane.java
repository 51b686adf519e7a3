package io.sailplan.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real control plane in a folder of its own, started and stopped by scripts, or an existing
 * cluster that is only used.
 */
public final class ControlPlane implements AutoCloseable {
  private static final long START_MINUTES = 15; // the first start may build the programs

  private final Path kubeconfig;
  private final boolean ours;
  private final Runnable end;

  private ControlPlane(Path kubeconfig, boolean ours, Runnable end) {
    this.kubeconfig = kubeconfig;
    this.ours = ours;
    this.end = end;
  }

  /** Returns a cluster that somebody else keeps. */
  static ControlPlane existing(Path kubeconfig) {
    return new ControlPlane(kubeconfig, false, () -> {});
  }

  /**
   * Starts one.
   *
   * @param start the script; {@code stop} stands beside it
   */
  static ControlPlane start(Path start) {
    return start(start, Map.of());
  }

  /**
   * Starts one.
   *
   * @param variables what the script finds in its environment, beside what we have in ours
   */
  static ControlPlane start(Path start, Map<String, String> variables) {
    try {
      Path folder = Files.createTempDirectory("sailplan-control-plane");
      Runnable stop = () -> stop(start.resolveSibling("stop"), folder);
      Thread hook = new Thread(stop, "stop-control-plane");
      Runtime.getRuntime().addShutdownHook(hook);
      Runnable end =
          () -> {
            stop.run();
            Runtime.getRuntime().removeShutdownHook(hook);
          };
      List<String> lines = run(variables, start.toString(), folder.toString());
      return new ControlPlane(Path.of(lines.get(lines.size() - 1)), true, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the kubeconfig of an administrator. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** Returns the kubeconfig of a user without any rights; it need not exist. */
  Path kubeconfigOfOrdinaryUser() {
    return kubeconfig.resolveSibling("user.kubeconfig");
  }

  /** Returns whether it was started here, with a kubelet that plays what pods are told to. */
  boolean isOurs() {
    return ours;
  }

  /** Returns a connection as the administrator. */
  public KubernetesCluster connect() {
    return KubernetesCluster.fromKubeconfig(kubeconfig);
  }

  @Override
  public void close() {
    end.run();
  }

  private static void stop(Path script, Path folder) {
    if (Files.exists(folder)) {
      run(Map.of(), script.toString(), folder.toString());
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<String> run(Map<String, String> variables, String... command) {
    try {
      Path output = Files.createTempFile("sailplan-control-plane", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        boolean ended = process.waitFor(START_MINUTES, TimeUnit.MINUTES);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
          process.destroy();
          throw new IllegalStateException(List.of(command) + " failed:\n" + text);
        }
        return text.lines().toList();
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

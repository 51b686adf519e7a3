package io.sailplan.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another tool, as its users start it. */
record Tool(String name, List<String> deploy) {

  static Tool kubectl(Path program, Path kubeconfig) {
    return new Tool(
        "kubectl apply --server-side",
        List.of(
            program.toString(),
            "--kubeconfig=" + kubeconfig,
            "apply",
            "--server-side",
            "--namespace=NAMESPACE",
            "--filename=FILE"));
  }

  static Tool kapp(Path program, Path kubeconfig) {
    return new Tool(
        "kapp deploy --wait=false",
        List.of(
            program.toString(),
            "--kubeconfig=" + kubeconfig,
            "deploy",
            "--app=NAMESPACE",
            "--namespace=NAMESPACE",
            "--file=FILE",
            "--wait=false",
            "--yes"));
  }

  /** Returns the seconds that it takes from its start to its end. */
  double run(String namespace, Path manifests) throws IOException {
    List<String> command =
        deploy.stream()
            .map(word -> word.replace("NAMESPACE", namespace).replace("FILE", manifests.toString()))
            .toList();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(manifests.resolveSibling("output").toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(
            name + " failed; its output is in " + manifests.resolveSibling("output"));
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException(name + " was interrupted", e);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}

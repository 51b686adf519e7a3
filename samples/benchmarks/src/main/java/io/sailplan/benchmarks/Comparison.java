package io.sailplan.benchmarks;

import io.sailplan.Planner;
import io.sailplan.k8s.KubernetesCluster;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.policy.Policy;
import io.sailplan.run.Outcome;
import io.sailplan.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same thousand objects, applied by several tools to one API server in turns: once when nothing
 * exists, once when nothing has changed.
 */
final class Comparison {
  private static final String SAILPLAN = "sailplan, warm process";
  private static final String RAW = "raw server-side apply";
  private static final int WARM = 50;
  private static final int WARM_DEPLOYS = 5;
  private static final List<Integer> CONNECTIONS = List.of(4, 8, 16);

  private final Path kubeconfig;
  private final Server server;
  private final List<Tool> tools;
  private final Map<String, List<Double>> first = new LinkedHashMap<>();
  private final Map<String, List<Double>> again = new LinkedHashMap<>();

  Comparison(Path kubeconfig, List<Tool> tools) throws IOException {
    this.kubeconfig = kubeconfig;
    this.server = Server.of(kubeconfig);
    this.tools = tools;
  }

  /** Lets every tool have its turn so many times; the first time only warms up. */
  void run(int rounds) throws IOException {
    Path folder = Files.createTempDirectory("sailplan-benchmark");
    List<Manifest> manifests = Mixture.of(1000);
    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(kubeconfig)) {
      warmUp(cluster, manifests);
      for (int round = 0; round <= rounds; round++) {
        for (int connections : CONNECTIONS) {
          String namespace = namespace("raw" + connections, round);
          String name = RAW + ", " + connections + " connections";
          note(first, round, name, server.applyAll(manifests, namespace, connections));
          server.settle(manifests, namespace);
          note(again, round, name, server.applyAll(manifests, namespace, connections));
        }
        for (Tool tool : tools) {
          String namespace = namespace(tool.name().substring(0, 4), round);
          Path file = folder.resolve(namespace + ".yaml");
          Files.writeString(file, Mixture.yaml(manifests, namespace));
          note(first, round, tool.name(), tool.run(namespace, file));
          server.settle(manifests, namespace);
          note(again, round, tool.name(), tool.run(namespace, file));
        }
        String namespace = namespace("sailplan", round);
        note(first, round, SAILPLAN, deploy(cluster, manifests, namespace, true));
        server.settle(manifests, namespace);
        note(again, round, SAILPLAN, deploy(cluster, manifests, namespace, false));
      }
    }
  }

  /** Lets a process run for a while, as that of a platform does, before it is measured. */
  private void warmUp(KubernetesCluster cluster, List<Manifest> manifests) throws IOException {
    String namespace = "";
    for (int i = 0; i < WARM_DEPLOYS; i++) {
      namespace = namespace("warm", i);
      for (int j = 0; j < WARM / WARM_DEPLOYS; j++) {
        plan(cluster, manifests, namespace);
      }
      deploy(cluster, manifests, namespace, true);
      server.settle(manifests, namespace);
    }
    for (int i = 0; i < WARM; i++) {
      plan(cluster, manifests, namespace);
    }
  }

  private String namespace(String tool, int round) throws IOException {
    String name = "bench-" + tool + "-" + round;
    server.createNamespace(name);
    return name;
  }

  private static void note(Map<String, List<Double>> times, int round, String name, double time) {
    if (round > 0) {
      times.computeIfAbsent(name, any -> new ArrayList<>()).add(time);
    }
  }

  /** Observes, plans and runs, the wait for readiness included. */
  private static double deploy(
      KubernetesCluster cluster, List<Manifest> manifests, String namespace, boolean changes)
      throws IOException {
    long start = System.nanoTime();
    Plan plan = plan(cluster, manifests, namespace);
    if (plan.isEmpty() == changes) {
      throw new IOException("planned " + plan);
    }
    Outcome outcome = cluster.run(plan, RunOptions.standard(), progress -> {});
    if (!outcome.isSuccess()) {
      throw new IOException(outcome.render());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Plan plan(KubernetesCluster cluster, List<Manifest> manifests, String namespace)
      throws IOException {
    Application application =
        Application.of("bench", namespace, manifests.stream().map(Resource::of).toList());
    Policy policy = Policy.standard();
    return Planner.standard()
        .plan(
            PlanRequest.deploy(
                    application,
                    cluster.observe(ObservationScope.of(new Operation.Deploy(application), policy)))
                .by(policy)
                .at(Instant.now()))
        .orThrow();
  }

  /** Prints medians and ratios; returns whether all budgets are kept. */
  boolean report(Report report) {
    report.title("1,000 objects on a real API server, medians in seconds");
    first.forEach(
        (name, times) ->
            report.row(
                name,
                "first %.2f",
                median(times),
                "nothing changed %.3f",
                median(again.get(name))));
    double raw =
        first.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(RAW))
            .mapToDouble(entry -> median(entry.getValue()))
            .min()
            .orElseThrow();
    double firstApply = median(first.get(SAILPLAN));
    double unchanged = median(again.get(SAILPLAN));
    boolean kept = report.budget("first apply / best raw", firstApply / raw, 1.1);
    for (Tool tool : tools) {
      boolean kubectl = tool.name().startsWith("kubectl");
      if (kubectl) {
        kept &=
            report.budget(
                "first apply / kubectl", firstApply / median(first.get(tool.name())), 0.6);
      }
      kept &=
          report.budget(
              "nothing changed / " + tool.name(),
              unchanged / median(again.get(tool.name())),
              kubectl ? 1 / 20.0 : 1 / 10.0);
    }
    return kept;
  }

  private static double median(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

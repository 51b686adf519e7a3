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
import java.util.Collections;
import java.util.Comparator;
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
  private static final double FIRST_BESIDE_RAW = 1.1;
  private static final double FIRST_BESIDE_KUBECTL = 0.6;
  private static final int WARM = 50;
  private static final int WARM_DEPLOYS = 5;
  private static final List<Integer> CONNECTIONS = List.of(4, 8, 16);

  private final Path kubeconfig;
  private final Server server;
  private final List<Tool> tools;
  private final Path folder;
  private final Map<String, List<Double>> first = new LinkedHashMap<>();
  private final Map<String, List<Double>> again = new LinkedHashMap<>();

  Comparison(Path kubeconfig, List<Tool> tools) throws IOException {
    this.kubeconfig = kubeconfig;
    this.server = Server.of(kubeconfig);
    this.tools = tools;
    this.folder = Files.createTempDirectory("sailplan-benchmark");
  }

  /** Lets every tool have its turn so many times; the first time only warms up. */
  void run(int rounds) throws IOException {
    List<Manifest> manifests = Mixture.of(1000);
    try (KubernetesCluster cluster = KubernetesCluster.fromKubeconfig(kubeconfig)) {
      warmUp(cluster, manifests);
      List<Turn> turns = turns(cluster, manifests);
      for (int round = 0; round <= rounds; round++) {
        for (Turn turn : turns) {
          take(turn, manifests, round);
        }
        Collections.rotate(turns, 1); // nobody always comes after the same one
      }
    }
  }

  /** Deploys the manifests to a namespace, for the first time or again; returns the seconds. */
  private interface Deployer {
    double deploy(String namespace, boolean changes) throws IOException;
  }

  private record Turn(String name, String prefix, Deployer deployer) {}

  private List<Turn> turns(KubernetesCluster cluster, List<Manifest> manifests) {
    List<Turn> turns = new ArrayList<>();
    for (int connections : CONNECTIONS) {
      turns.add(
          new Turn(
              RAW + ", " + connections + " connections",
              "raw" + connections,
              (namespace, changes) -> server.applyAll(manifests, namespace, connections)));
    }
    for (Tool tool : tools) {
      turns.add(
          new Turn(
              tool.name(),
              tool.name().substring(0, 4),
              (namespace, changes) -> tool.run(namespace, folder.resolve(namespace + ".yaml"))));
    }
    turns.add(
        new Turn(
            SAILPLAN,
            "sailplan",
            (namespace, changes) -> deploy(cluster, manifests, namespace, changes)));
    for (Turn turn : turns) {
      first.put(turn.name(), new ArrayList<>());
      again.put(turn.name(), new ArrayList<>());
    }
    return turns;
  }

  private void take(Turn turn, List<Manifest> manifests, int round) throws IOException {
    String namespace = namespace(turn.prefix(), round);
    Files.writeString(folder.resolve(namespace + ".yaml"), Mixture.yaml(manifests, namespace));
    double once = turn.deployer().deploy(namespace, true);
    server.settle(manifests, namespace);
    double twice = turn.deployer().deploy(namespace, false);
    if (round > 0) {
      first.get(turn.name()).add(once);
      again.get(turn.name()).add(twice);
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
    String raw =
        first.keySet().stream()
            .filter(name -> name.startsWith(RAW))
            .min(Comparator.comparing(name -> median(first.get(name))))
            .orElseThrow();
    boolean kept = report.budget("first apply / best raw", ratio(first, raw), FIRST_BESIDE_RAW);
    for (Tool tool : tools) {
      boolean kubectl = tool.name().startsWith("kubectl");
      if (kubectl) {
        double kubectls = median(first.get(tool.name()));
        double fastest = median(first.get(raw)) / kubectls;
        report.row("best raw / kubectl", "%.3f", fastest, "of %.2f", kubectls);
        // Where server and tools share few cores, no sequence of requests gets below this.
        kept &=
            report.budget(
                "first apply / kubectl",
                ratio(first, tool.name()),
                Math.max(FIRST_BESIDE_KUBECTL, FIRST_BESIDE_RAW * fastest));
      }
      kept &=
          report.budget(
              "nothing changed / " + tool.name(),
              ratio(again, tool.name()),
              kubectl ? 1 / 20.0 : 1 / 10.0);
    }
    return kept;
  }

  /** Returns the median of what each round says: a slow moment of the machine is in both. */
  private static double ratio(Map<String, List<Double>> times, String other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < times.get(other).size(); i++) {
      ratios.add(times.get(SAILPLAN).get(i) / times.get(other).get(i));
    }
    return median(ratios);
  }

  private static double median(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

package io.sailplan.quickstart;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.run.Cluster;
import io.sailplan.run.Outcome;
import io.sailplan.run.Progress;
import io.sailplan.testing.SimulatedCluster;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Deploys a web shop to a simulated cluster, finds that nothing is left to do, and rolls out a new
 * image. With a {@code KubernetesCluster} in place of the simulated one, it does so for real.
 */
public final class Quickstart {
  private final Cluster cluster;
  private final PrintStream out;

  Quickstart(Cluster cluster, PrintStream out) {
    this.cluster = cluster;
    this.out = out;
  }

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    try (Cluster cluster = SimulatedCluster.create()) {
      PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
      new Quickstart(cluster, out).run();
    }
  }

  void run() throws IOException {
    String yaml = read("shop.yaml");
    Application shop = Application.read("shop", yaml);
    deploy("What has to happen on an empty cluster, and in which order?", shop);
    deploy("Planned again: is anything left to do?", shop);

    Application next = Application.read("shop", yaml.replace("shop/web:2.7.1", "shop/web:2.8.0"));
    deploy("A new image for the web frontend: what changes?", next);
  }

  /** Looks at the cluster, plans, shows the plan, and carries it out. */
  private void deploy(String question, Application application) {
    out.println("\n=== " + question + "\n");
    Snapshot seen = cluster.observe(ObservationScope.of(application));
    PlanRequest request = PlanRequest.deploy(application, seen).at(Instant.now());
    Plan plan = Planner.standard().plan(request).orThrow();
    out.print(plan.render());
    if (!plan.isEmpty()) {
      out.println();
      Outcome outcome = cluster.run(plan, this::show);
      String end = outcome.isSuccess() ? "Done" : "Failed";
      out.println(end + " after " + outcome.took().toMillis() + " ms of the cluster's time.");
    }
  }

  private void show(Progress progress) {
    if (progress.phase() == Progress.Phase.WAITING) {
      out.println("  … " + progress.step() + ": " + progress.message());
    } else if (progress.message().equals("SUCCEEDED")) {
      out.println("  ✔ " + progress.step());
    }
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Quickstart.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

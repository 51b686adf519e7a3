package io.sailplan.cli;

import io.sailplan.Planner;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanText;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.run.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What commands that plan have in common. */
abstract class OperationCommand extends BaseCommand {
  static final String NO_CLUSTER = "there is no kubeconfig: name one by --kubeconfig, ";

  @Mixin ClusterOptions clusters = new ClusterOptions();
  @Mixin PolicyOptions policies = new PolicyOptions();

  @Option(
      names = "--app",
      paramLabel = "NAME",
      description =
          "The name of the application: what was applied under a name is known by it later"
              + " (default: made of the first path of -f, alphabetically).")
  String app = "";

  OperationCommand(Console console) {
    super(console);
  }

  /** Returns the policy, or says which option makes no sense. */
  final Policy policy() {
    try {
      return policies.policy();
    } catch (TypeConversionException e) {
      throw misuse(String.valueOf(e.getMessage()));
    }
  }

  /** Reads an application; the texts' warnings are told with the plan. */
  final Loaded load(List<String> paths, String namespace, Snapshot live) {
    Texts texts = Texts.read(paths, console.in());
    return Loaded.load(texts, app.isEmpty() ? Names.of(paths) : app, namespace, live);
  }

  final Snapshot observe(Cluster cluster, Operation operation, Policy policy) {
    return cluster.observe(ObservationScope.of(operation, policy));
  }

  /** Returns the plan; empty if there is none, which was told. */
  final Optional<Plan> plan(
      Operation operation, Snapshot seen, Policy policy, List<Problem> warnings) {
    PlanRequest request = PlanRequest.of(operation, seen).by(policy).at(console.clock().instant());
    return told(Planner.standard().plan(request), warnings);
  }

  /** Returns the plan of a result; empty if there is none, which is told. */
  final Optional<Plan> told(PlanResult result, List<Problem> warnings) {
    if (result.plan().isEmpty()) {
      List<Problem> problems = new ArrayList<>(warnings);
      problems.addAll(result.problems());
      fail("", Problems.sorted(problems), result.refusals());
    }
    return result.plan();
  }

  final String text(Plan plan) {
    return (style() == Style.COLOURED ? PlanText.coloured() : PlanText.plain()).render(plan);
  }

  /** Returns the application's home namespace, as far as no cluster has a say. */
  final String namespaceWithoutCluster() {
    return clusters.namespace.isEmpty() ? Application.DEFAULT_NAMESPACE : clusters.namespace;
  }
}

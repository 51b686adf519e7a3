package io.sailplan.cli;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Permissions;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.SavedPlan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.policy.Policy;
import io.sailplan.render.PlanHtml;
import io.sailplan.render.PlanMarkdown;
import io.sailplan.run.Cluster;
import io.sailplan.run.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what would happen. */
@Command(
    name = "plan",
    description = {
      "Shows what has to happen so that the cluster holds what the manifests declare.",
      "",
      "Changes nothing. Looks at the cluster of the kubeconfig, unless --live, --offline or"
          + " --embedded says otherwise."
    },
    exitCodeList = {
      "0:there is nothing to do",
      "1:the input is wrong, or the plan is refused",
      "2:there are changes to make",
      "64:misuse"
    })
final class PlanCommand extends OperationCommand {
  @Mixin InputOptions input = new InputOptions();

  @Option(
      names = "--live",
      paramLabel = "FILE",
      description =
          "Plan against the objects in a file or folder, such as the output of \"kubectl get -o"
              + " yaml --show-managed-fields\", as if nothing else existed. May be given several"
              + " times.")
  List<String> live = List.of();

  @Option(names = "--offline", description = "Plan as if nothing existed.")
  boolean offline;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Write the plan as a page as well, with its graph: one file that needs no other.")
  @Nullable Path html;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Write the plan as Markdown as well, for a comment on a change.")
  @Nullable Path markdown;

  @Option(names = "--delete", description = "Plan the removal of the application instead.")
  boolean delete;

  @Option(
      names = "--confirm",
      description = "Ask the server by dry runs what it would do. Nothing is written.")
  boolean confirm;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Save the plan in a new file, for \"sailplan apply --plan\".")
  @Nullable Path out;

  @Option(
      names = "--role",
      description =
          "Print the Roles that carrying the plan out takes, and planning it, instead of the plan.")
  boolean role;

  @Mixin KeyOptions keys = new KeyOptions();
  @Mixin AccessCheck access = new AccessCheck();

  PlanCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    checkSource();
    Policy policy = policy();
    if (offline || !live.isEmpty()) {
      List<LiveObject> objects = offline ? List.of() : LiveObjects.read(live, console.in());
      LiveObjects.warnings(objects).forEach(w -> console.err().print(Problems.text(w, style())));
      Snapshot seen = offline ? Snapshot.empty() : Snapshot.of(objects);
      Loaded loaded = load(input.paths, namespaceWithoutCluster(), seen);
      return show(operation(loaded.orThrow()), loaded, seen, policy, null);
    }
    try (Connected connected = clusters.connect(console)) {
      Loaded loaded = load(input.paths, connected.namespace(), Snapshot.empty());
      Operation operation = operation(loaded.orThrow());
      Cluster cluster = connected.cluster();
      Snapshot seen = observe(cluster, operation, policy);
      return show(operation, loaded, seen, policy, cluster);
    }
  }

  private int show(
      Operation operation, Loaded loaded, Snapshot seen, Policy policy, @Nullable Cluster cluster) {
    Optional<Plan> plan = plan(operation, seen, policy, loaded.problems());
    if (plan.isPresent() && confirm && cluster != null) {
      plan = told(cluster.confirm(plan.get(), seen), loaded.problems());
    }
    if (plan.isEmpty()) {
      return ExitCode.FAILED;
    }
    List<Refusal> denied = cluster == null ? List.of() : access.refusals(cluster, plan.get());
    if (!denied.isEmpty()) {
      fail("", List.of(), denied);
      return ExitCode.FAILED;
    }
    show(plan.get(), operation, loaded, seen, policy);
    return plan.get().isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
  }

  private void show(Plan plan, Operation operation, Loaded loaded, Snapshot seen, Policy policy) {
    Path file = out;
    if (file != null) {
      save(plan, file);
    }
    write(markdown, () -> PlanMarkdown.of(plan));
    write(html, () -> PlanHtml.of(plan));
    if (role) {
      Permissions all =
          plan.permissions().and(ObservationScope.of(operation, policy).permissions(seen));
      console.out().print(all.toYaml("sailplan-" + operation.membership().name()));
    } else if (output.isJson()) {
      console.out().println(plan.toJson());
    } else {
      loaded.problems().forEach(p -> console.err().print(Problems.text(p, style())));
      console.out().print(text(plan));
    }
  }

  private void write(@Nullable Path file, Supplier<String> text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text.get());
    } catch (IOException e) {
      throw misuse(file + " cannot be written: " + e.getMessage());
    }
  }

  private void save(Plan plan, Path file) {
    SavedPlan saved =
        keys.key()
            .map(key -> SavedPlan.of(plan, key))
            .orElseGet(() -> SavedPlan.of(plan))
            .orThrow();
    try {
      Files.writeString(file, saved.toJson(), StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new ClusterException(
          "the plan cannot be saved in " + file + ": it exists, or cannot be written", e);
    }
    console.err().println("sailplan: saved in " + file + ", " + saved.digest());
  }

  private Operation operation(Application application) {
    return delete ? Operation.Delete.of(application) : new Operation.Deploy(application);
  }

  private void checkSource() {
    boolean cluster = clusters.kubeconfig != null || !clusters.context.isEmpty();
    if (keys.file != null && out == null) {
      throw misuse("--key-file is for saved plans: add --out");
    }
    if (access.asked && (offline || !live.isEmpty())) {
      throw misuse("--check-access needs a cluster to ask");
    }
    int sources = (live.isEmpty() ? 0 : 1) + (offline ? 1 : 0) + (clusters.embedded ? 1 : 0);
    if (sources > 1 || (sources == 1 && cluster)) {
      throw misuse(
          "--live, --offline, --embedded, and --kubeconfig with --context exclude each other");
    }
    if (sources == 0 && !clusters.isGiven(console)) {
      throw misuse(
          NO_CLUSTER
              + "or plan without a cluster: --live FILE against objects in a file, --offline as if"
              + " nothing existed, --embedded against a simulated cluster");
    }
    if (confirm && (offline || !live.isEmpty())) {
      throw misuse("--confirm asks a cluster: it excludes --live and --offline");
    }
    if (live.contains("-") && input.paths.contains("-")) {
      throw misuse("-f and --live cannot both read standard input");
    }
  }
}

package io.sailplan.cli;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.SecretSource;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.run.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a cluster to what manifests declare. */
@Command(
    name = "apply",
    description = {
      "Brings the cluster to what the manifests declare, and waits until all is ready.",
      "",
      "Shows the plan, asks on a terminal, and carries it out. Ctrl-C starts nothing new and sees"
          + " to its end what is under way; a second one gives up.",
      "",
      "With --plan it carries out a plan that was saved, and nothing else: what is not as it was"
          + " when the plan was made is left alone, and said."
    },
    exitCodeList = {
      "0:done, or there was nothing to do",
      "1:the input is wrong, the plan is refused, or something failed",
      "64:misuse"
    })
final class ApplyCommand extends ChangeCommand {
  @Mixin KeyOptions keys = new KeyOptions();

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description =
          "A file, a folder (all *.yaml, *.yml and *.json in it, at any depth, hidden ones left"
              + " out), or - for standard input. May be given several times, in any order. With"
              + " --plan, the manifests that the plan was made from: its Secrets come from there.")
  List<String> paths = List.of();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Carry out a plan that \"sailplan plan --out\" has saved.")
  @Nullable Path saved;

  ApplyCommand(Console console) {
    super(console);
  }

  @Override
  Operation operation(String namespace, List<Problem> warnings) {
    Loaded loaded = load(paths, namespace, Snapshot.empty());
    warnings.addAll(loaded.problems());
    return new Operation.Deploy(loaded.orThrow());
  }

  @Override
  void checkOptions() {
    super.checkOptions();
    if (saved == null && paths.isEmpty()) {
      throw misuse("Missing required option: '--filename=PATH', or '--plan=FILE'");
    }
    if (saved == null && keys.file != null) {
      throw misuse("--key-file is for saved plans: add --plan");
    }
  }

  @Override
  Optional<Plan> plan(Connected connected, Policy policy, List<Problem> warnings) {
    Path file = saved;
    if (file == null) {
      return super.plan(connected, policy, warnings);
    }
    SavedPlan plan = SavedPlan.read(file.toString(), text(file)).orThrow();
    PlanKey key = keys.key().orElse(null);
    if (key == null) {
      return Optional.of(plan.open().orThrow());
    }
    SecretSource secrets =
        paths.isEmpty()
            ? SecretSource.none()
            : SecretSource.of(
                load(paths, plan.operation().membership().namespace(), Snapshot.empty()).orThrow());
    return Optional.of(plan.open(key, secrets).orThrow());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ClusterException("the saved plan " + file + " cannot be read", e);
    }
  }
}

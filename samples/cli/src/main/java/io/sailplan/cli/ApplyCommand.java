package io.sailplan.cli;

import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Snapshot;
import io.sailplan.problem.Problem;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings a cluster to what manifests declare. */
@Command(
    name = "apply",
    description = {
      "Brings the cluster to what the manifests declare, and waits until all is ready.",
      "",
      "Shows the plan, asks on a terminal, and carries it out. Ctrl-C starts nothing new and sees"
          + " to its end what is under way; a second one gives up."
    },
    exitCodeList = {
      "0:done, or there was nothing to do",
      "1:the input is wrong, the plan is refused, or something failed",
      "64:misuse"
    })
final class ApplyCommand extends ChangeCommand {
  @Mixin InputOptions input = new InputOptions();

  ApplyCommand(Console console) {
    super(console);
  }

  @Override
  Operation operation(String namespace, List<Problem> warnings) {
    Loaded loaded = load(input.paths, namespace, Snapshot.empty());
    warnings.addAll(loaded.problems());
    return new Operation.Deploy(loaded.orThrow());
  }
}

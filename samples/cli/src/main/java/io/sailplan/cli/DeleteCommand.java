package io.sailplan.cli;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Snapshot;
import io.sailplan.problem.Problem;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes what belongs to an application. */
@Command(
    name = "delete",
    description = {
      "Removes what belongs to an application, and waits until it is gone.",
      "",
      "Members are found by their label, so --app is enough. Kinds with which something would go"
          + " that cannot be brought back are left alone, unless --delete-kinds names them."
    },
    exitCodeList = {
      "0:done, or there was nothing to do",
      "1:the input is wrong, the plan is refused, or something failed",
      "64:misuse"
    })
final class DeleteCommand extends ChangeCommand {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      description =
          "The manifests of the application, in place of --app, or beside it if its record was"
              + " lost. May be given several times.")
  List<String> paths = List.of();

  DeleteCommand(Console console) {
    super(console);
  }

  @Override
  void checkOptions() {
    super.checkOptions();
    if (paths.isEmpty() && app.isEmpty()) {
      throw misuse("say which application: by --app, or by its manifests and -f");
    }
  }

  @Override
  Operation operation(String namespace, List<Problem> warnings) {
    if (paths.isEmpty()) {
      return new Operation.Delete(new Membership(namespace, app), null);
    }
    Loaded loaded = load(paths, namespace, Snapshot.empty());
    warnings.addAll(loaded.problems());
    return Operation.Delete.of(loaded.orThrow());
  }
}

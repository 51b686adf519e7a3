package io.sailplan.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself, which does nothing without a subcommand. */
@Command(
    name = "sailplan",
    description = "Plans changes to Kubernetes applications before anything is touched.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing to do, or done",
      "1:refused, or failed",
      "2:plan found changes to make",
      "64:the command line makes no sense"
    },
    subcommands = CommandLine.HelpCommand.class)
final class Sailplan implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}

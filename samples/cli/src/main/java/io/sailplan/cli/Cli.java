package io.sailplan.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together. */
final class Cli {
  private Cli() {}

  /** Runs one command line and returns its exit code. Never throws. */
  static int run(Console console, String... arguments) {
    try {
      return commandLine(console).execute(arguments);
    } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
      return bug(console, e); // picocli handles exceptions only
    }
  }

  /** Returns the model of all commands. */
  static CommandLine commandLine(Console console) {
    return new CommandLine(new Sailplan())
        .addSubcommand(new ValidateCommand(console))
        .addSubcommand(new GraphCommand(console))
        .addSubcommand(new PlanCommand(console))
        .addSubcommand(new ApplyCommand(console))
        .addSubcommand(new DeleteCommand(console))
        .addSubcommand(new ReadyCommand(console))
        .addSubcommand(new WatchCommand(console))
        .addSubcommand(new EvalCommand(console))
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler((exception, arguments1) -> misuse(console, exception))
        .setExecutionExceptionHandler((exception, line, result) -> bug(console, exception));
  }

  private static int misuse(Console console, ParameterException exception) {
    console.err().println("sailplan: " + exception.getMessage());
    UnmatchedArgumentException.printSuggestions(exception, writer(console.err()));
    console
        .err()
        .println(
            "Try \""
                + exception.getCommandLine().getCommandSpec().qualifiedName(" ")
                + " --help\".");
    return ExitCode.MISUSE;
  }

  /** Whatever a command did not expect is a mistake of ours, and a trace helps only us. */
  private static int bug(Console console, Throwable exception) {
    console.err().println("sailplan: this is a bug: " + exception);
    if (console.variable("SAILPLAN_TRACE").isEmpty()) {
      console.err().println("Please report it with the trace that SAILPLAN_TRACE=1 shows.");
    } else {
      exception.printStackTrace(console.err());
    }
    return ExitCode.FAILED;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}

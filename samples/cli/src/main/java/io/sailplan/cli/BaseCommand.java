package io.sailplan.cli;

import io.sailplan.plan.Refusal;
import io.sailplan.plan.RefusedException;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.SailplanException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common: how results and failures are written. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    showDefaultValues = false)
abstract class BaseCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin OutputOptions output = new OutputOptions();

  final Console console;

  BaseCommand(Console console) {
    this.console = console;
  }

  /** Does the work and returns the exit code. */
  abstract int run();

  @Override
  public final Integer call() {
    try {
      return run();
    } catch (InvalidInputException e) {
      fail("", Problems.sorted(e.problems()), List.of());
    } catch (RefusedException e) {
      fail("", List.of(), e.refusals());
    } catch (SailplanException e) {
      fail(String.valueOf(e.getMessage()), List.of(), List.of());
    }
    return ExitCode.FAILED;
  }

  /** Tells why nothing was done; never as a trace. */
  final void fail(String message, Collection<Problem> problems, Collection<Refusal> refusals) {
    if (output.isJson()) {
      printJson(Documents.failure(message, problems, refusals));
      return;
    }
    List<String> counts = new ArrayList<>();
    if (!problems.isEmpty()) {
      problems.forEach(problem -> console.err().print(Problems.text(problem, style())));
      counts.add(Problems.count(problems));
    }
    if (!refusals.isEmpty()) {
      refusals.forEach(refusal -> console.err().print(Refusals.text(refusal, style())));
      counts.add(Problems.number(refusals.size(), "refusal"));
    }
    if (!message.isEmpty()) {
      counts.add(message);
    }
    console.err().println(style().bold("sailplan: ") + String.join(", ", counts));
  }

  final Style style() {
    return output.style(console);
  }

  final void printJson(Map<String, @Nullable Object> document) {
    console.out().println(io.sailplan.model.Json.writePretty(document));
  }

  /** Returns the exception that says the command line makes no sense. */
  final ParameterException misuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}

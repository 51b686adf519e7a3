package io.sailplan.cli;

import io.sailplan.lifecycle.Operation;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Refusal;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.run.Outcome;
import io.sailplan.run.RunHandle;
import io.sailplan.run.RunOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What commands that change a cluster have in common: they plan, ask, run, and tell how it ended.
 */
abstract class ChangeCommand extends OperationCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Without a terminal, nothing is asked anyway.")
  boolean yes;

  @Option(
      names = "--log-lines",
      paramLabel = "N",
      description = "Quote up to N log lines of containers that fail (default: 0).",
      defaultValue = "0")
  int logLines;

  @Mixin AccessCheck access = new AccessCheck();

  ChangeCommand(Console console) {
    super(console);
  }

  /**
   * Returns what to do.
   *
   * @param namespace the application's home
   * @param warnings takes the warnings about the input
   */
  abstract Operation operation(String namespace, List<Problem> warnings);

  @Override
  int run() {
    checkOptions();
    Policy policy = policy();
    List<Problem> warnings = new ArrayList<>();
    try (Connected connected = clusters.connect(console)) {
      Optional<Plan> plan = plan(connected, policy, warnings);
      if (plan.isEmpty()) {
        return ExitCode.FAILED;
      }
      List<Refusal> denied = access.refusals(connected.cluster(), plan.get());
      if (!denied.isEmpty()) {
        fail("", List.of(), denied);
        return ExitCode.FAILED;
      }
      if (!output.isJson()) {
        warnings.forEach(warning -> console.err().print(Problems.text(warning, style())));
        console.out().print(text(plan.get()));
        if (plan.get().isEmpty()) {
          return ExitCode.DONE;
        }
        if (!isAgreed(plan.get())) {
          console.err().println("sailplan: nothing was done");
          return ExitCode.FAILED;
        }
        console.out().println();
      }
      return carryOut(connected, plan.get());
    }
  }

  /** Returns the plan; empty if there is none, which was told. */
  Optional<Plan> plan(Connected connected, Policy policy, List<Problem> warnings) {
    Operation operation = operation(connected.namespace(), warnings);
    return plan(operation, observe(connected.cluster(), operation, policy), policy, warnings);
  }

  void checkOptions() {
    if (!clusters.contradiction().isEmpty()) {
      throw misuse(clusters.contradiction());
    }
    if (!clusters.isGiven(console)) {
      throw misuse(NO_CLUSTER + "or try it on a simulated cluster by --embedded");
    }
    if (output.isJson() && console.interactive() && !yes && !clusters.embedded) {
      throw misuse("-o json leaves no room for a question: add --yes");
    }
    if (logLines < 0) {
      throw misuse("--log-lines must not be negative");
    }
  }

  private int carryOut(Connected connected, Plan plan) {
    RunOptions options =
        RunOptions.standard()
            .logLines(logLines)
            .jitter(() -> ThreadLocalRandom.current().nextDouble());
    ProgressView view = view(plan);
    RunHandle handle = connected.cluster().start(plan, options, view);
    Interrupts.Watch watch = console.interrupts().watch(() -> cancel(handle));
    try {
      Outcome outcome = handle.outcome().toCompletableFuture().join();
      view.finish();
      if (output.isJson()) {
        printJson(OutcomeReport.json(outcome));
      } else {
        console.out().print(OutcomeReport.text(outcome, style()));
      }
      console.out().flush();
      return outcome.isSuccess() ? ExitCode.DONE : ExitCode.FAILED;
    } finally {
      watch.close();
    }
  }

  private void cancel(RunHandle handle) {
    console.err().println("sailplan: ending what is under way; press Ctrl-C again to give up");
    handle.cancel();
  }

  private ProgressView view(Plan plan) {
    if (output.isJson()) {
      return new ProgressLines(plan, console.err(), Style.PLAIN);
    }
    return console.interactive()
        ? new ProgressTable(plan, console.out(), style())
        : new ProgressLines(plan, console.out(), style());
  }

  /** Asks, if somebody is there to answer and something real is at stake. */
  private boolean isAgreed(Plan plan) {
    if (yes || clusters.embedded || !console.interactive()) {
      return true;
    }
    console.out().print("\nGo on and " + plan.operation().verb() + "? [y/N] ");
    console.out().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null
          && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return false;
    }
  }
}

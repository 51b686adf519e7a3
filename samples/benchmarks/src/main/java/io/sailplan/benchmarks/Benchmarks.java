package io.sailplan.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs all benchmarks and prints a report; fails if a budget is exceeded. Where a cluster is given,
 * other tools take part.
 */
public final class Benchmarks {
  private static final int MANY = 10_000;
  private static final int TEN_TIMES = 100_000;

  private Benchmarks() {}

  /**
   * Runs them.
   *
   * @param args {@code --kubeconfig=FILE}, {@code --kubectl=FILE}, {@code --kapp=FILE}, {@code
   *     --rounds=N}; all may be missing
   */
  public static void main(String[] args) throws IOException, RunnerException {
    Report report = new Report(System.out);
    boolean kept = planning(report);
    kept &= expressions(report);
    String kubeconfig = option(args, "kubeconfig");
    if (kubeconfig.isEmpty()) {
      report.title("NO REAL API SERVER: nothing was compared with other tools");
    } else {
      kept &= comparison(args, Path.of(kubeconfig), report);
    }
    System.exit(kept ? 0 : 1);
  }

  private static boolean planning(Report report) throws RunnerException {
    double small = microseconds("planUnchanged", MANY);
    double large = microseconds("planUnchanged", TEN_TIMES);
    double first = microseconds("planFirst", MANY);
    double read = microseconds("read", MANY);
    report.title("One thread, warm: 10,000 objects with managed fields, 30,000 edges");
    boolean kept = report.budget("unchanged, µs for each object", small / MANY, 40);
    kept &=
        report.budget(
            "100,000: time for each object, ratio", large / TEN_TIMES / (small / MANY), 1.2);
    kept &= report.budget("retained, KiB for each object", Retained.bytesPerObject(MANY) / 1024, 3);
    report.row("first deploy, µs for each object", "%.1f", first / MANY, "of %.0f objects", MANY);
    report.row("reading YAML, µs for each object", "%.1f", read / 1000, "of %.0f objects", 1000);
    return kept;
  }

  private static boolean expressions(Report report) throws RunnerException {
    report.title("Expressions: one thread, warm, 20 names");
    boolean kept =
        report.budget(
            "10,000 expressions of 12 texts compiled, ms",
            expression("compileRepeated") / 1000,
            50);
    kept &=
        report.budget(
            "a distinct expression compiled, µs",
            expression("compileDistinct") / ExpressionBenchmark.DISTINCT,
            200);
    kept &= report.budget("evaluated over a small object, µs", expression("evaluateSmall"), 2);
    kept &= report.budget("evaluated over a large object, µs", expression("evaluateLarge"), 2);
    kept &= report.budget("loop over an open status, µs", expression("evaluateOpen"), 2);
    return kept;
  }

  private static double expression(String name) throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(ExpressionBenchmark.class.getName() + "\\." + name + "$")
            .build();
    return new Runner(options).run().iterator().next().getPrimaryResult().getScore();
  }

  private static double microseconds(String name, int objects) throws RunnerException {
    // A compiler warms up by the number of calls: ten times as long a call needs more time for it.
    Options options =
        new OptionsBuilder()
            .include(PlanningBenchmark.class.getName() + "\\." + name + "$")
            .param("objects", String.valueOf(objects))
            .warmupIterations(objects > MANY ? 15 : 5)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    return results.iterator().next().getPrimaryResult().getScore();
  }

  private static boolean comparison(String[] args, Path kubeconfig, Report report)
      throws IOException {
    List<Tool> tools = new ArrayList<>();
    tool(args, "kubectl", report).ifPresent(path -> tools.add(Tool.kubectl(path, kubeconfig)));
    tool(args, "kapp", report).ifPresent(path -> tools.add(Tool.kapp(path, kubeconfig)));
    Comparison comparison = new Comparison(kubeconfig, tools);
    String rounds = option(args, "rounds");
    comparison.run(rounds.isEmpty() ? 5 : Integer.parseInt(rounds));
    return comparison.report(report);
  }

  private static Optional<Path> tool(String[] args, String name, Report report) {
    String file = option(args, name);
    if (file.isEmpty() || !Files.isExecutable(Path.of(file))) {
      report.title("NOT COMPARED with " + name + ": --" + name + "=FILE names no program");
      return Optional.empty();
    }
    return Optional.of(Path.of(file));
  }

  private static String option(String[] args, String name) {
    for (String arg : args) {
      if (arg.startsWith("--" + name + "=")) {
        return arg.substring(name.length() + 3);
      }
    }
    return "";
  }
}

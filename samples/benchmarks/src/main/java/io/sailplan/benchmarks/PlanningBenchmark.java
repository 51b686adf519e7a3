package io.sailplan.benchmarks;

import io.sailplan.Planner;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one thread needs to plan, and to read what is planned. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms6g", "-Xmx6g", "-XX:+UseParallelGC"})
public class PlanningBenchmark {
  /** How many objects the application has. */
  @Param({"10000"})
  public int objects;

  private PlanRequest unchanged;
  private PlanRequest first;
  private String yaml;

  /** Makes the application, and the cluster that it is deployed to. */
  @Setup
  public void setUp() {
    Fleet fleet = Fleet.of(objects);
    unchanged = PlanRequest.deploy(fleet.application(), fleet.snapshot()).at(Fleet.NOW);
    first = PlanRequest.deploy(fleet.application(), fleet.before()).at(Fleet.NOW);
    yaml = Fleet.yaml(Math.min(objects, 1000));
  }

  /** Nothing has to be done, which is to be found out. */
  @Benchmark
  public PlanResult planUnchanged() {
    return Planner.standard().plan(unchanged);
  }

  /** Everything is to be made. */
  @Benchmark
  public PlanResult planFirst() {
    return Planner.standard().plan(first);
  }

  /** Reads the YAML of a thousand objects. */
  @Benchmark
  public ReadResult read() {
    return ManifestReader.standard().read("fleet.yaml", yaml);
  }
}

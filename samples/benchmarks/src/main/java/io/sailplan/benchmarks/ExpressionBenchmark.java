package io.sailplan.benchmarks;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.Template;
import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What one thread needs to compile and to evaluate expressions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExpressionBenchmark {
  /** How many expressions are compiled at once. */
  static final int MANY = 10_000;

  private static final int TEXTS = 12;

  /** How many distinct ones are compiled at once. */
  static final int DISTINCT = 1_000;

  private static final int LABELS = 5_000;
  private static final List<String> PATTERNS =
      List.of(
          "db.metadata.name + \"-%d\"",
          "db.spec.replicas == db.status.availableReplicas + %d",
          "db.spec.replicas > %d ? db.metadata.name : api.metadata.name",
          "db.status.conditions.exists(c, c.type == \"T%d\" && c.status == \"True\")");

  private ExpressionEnvironment environment;
  private CompiledExpression field;
  private CompiledExpression loop;
  private Bindings small;
  private Bindings large;
  private Bindings open;

  /** Makes an environment of 20 names, and objects to read. */
  @Setup
  public void setUp() {
    environment = newEnvironment();
    field = compile("db.spec.replicas == db.status.availableReplicas");
    loop = compile("db.status.conditions.exists(c, c.type == \"T2\" && c.status == \"True\")");
    small = Bindings.builder().bind("db", object(1)).build();
    large = Bindings.builder().bind("db", object(LABELS)).build();
    open = Bindings.builder().bind("db", object(LABELS)).open("db", FieldPath.of("status")).build();
  }

  private static ExpressionEnvironment newEnvironment() {
    Shape deployment =
        ShapeCatalog.builtIn()
            .find(GroupVersionKind.of("apps/v1", "Deployment"))
            .orElseThrow()
            .shape();
    ExpressionEnvironment.Builder builder =
        ExpressionEnvironment.builder().resource("db", deployment).resource("api", deployment);
    for (int i = 0; i < 18; i++) {
      builder.resource("other" + i, deployment);
    }
    return builder.build();
  }

  private CompiledExpression compile(String text) {
    return environment.compile(Template.expression(text), ExpressionType.any()).orThrow();
  }

  private static Manifest object(int labels) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < labels; i++) {
      all.put("label" + i, "value" + i);
    }
    return Manifest.of(
        Map.of(
            "apiVersion",
            "apps/v1",
            "kind",
            "Deployment",
            "metadata",
            Map.of("name", "db", "labels", all),
            "spec",
            Map.of("replicas", 3),
            "status",
            Map.of(
                "availableReplicas",
                3,
                "conditions",
                List.of(
                    Map.of("type", "T1", "status", "True"),
                    Map.of("type", "T2", "status", "True")))));
  }

  /** Compiles 10,000 expressions of 12 distinct texts in a new environment. */
  @Benchmark
  public void compileRepeated(Blackhole hole) {
    compile(hole, MANY, TEXTS);
  }

  /** Compiles 1,000 distinct expressions in a new environment. */
  @Benchmark
  public void compileDistinct(Blackhole hole) {
    compile(hole, DISTINCT, DISTINCT);
  }

  private static void compile(Blackhole hole, int count, int distinct) {
    ExpressionEnvironment fresh = newEnvironment();
    for (int i = 0; i < count; i++) {
      int number = i % distinct;
      String pattern = PATTERNS.get(number % PATTERNS.size());
      Template template = Template.parse("${" + pattern.replace("%d", "" + number) + "}");
      hole.consume(fresh.compile(template, ExpressionType.any()).orThrow());
    }
  }

  /** Compares two fields of a small object. */
  @Benchmark
  public Evaluation evaluateSmall() {
    return field.evaluate(small);
  }

  /** Compares two fields of an object of 5,000 labels. */
  @Benchmark
  public Evaluation evaluateLarge() {
    return field.evaluate(large);
  }

  /** Goes through the conditions of an object whose status is open. */
  @Benchmark
  public Evaluation evaluateOpen() {
    return loop.evaluate(open);
  }
}

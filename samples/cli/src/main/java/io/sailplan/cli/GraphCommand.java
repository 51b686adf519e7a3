package io.sailplan.cli;

import io.sailplan.dialect.Conventions;
import io.sailplan.dialect.Dialect;
import io.sailplan.graph.Edge;
import io.sailplan.graph.GraphResult;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.ComposedApplication;
import io.sailplan.planning.PlanRequest;
import io.sailplan.problem.Problem;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which object needs which other, and why. */
@Command(
    name = "graph",
    description = "Shows which object needs which other, why, and the order that follows.",
    exitCodeList = {"0:the graph was shown", "1:the input is wrong", "64:misuse"})
final class GraphCommand extends BaseCommand {
  enum Drawing {
    MERMAID,
    DOT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin InputOptions input = new InputOptions();
  @Mixin KindOptions kinds = new KindOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The namespace of objects that name none (default: default).")
  String namespace = Application.DEFAULT_NAMESPACE;

  @Option(
      names = "--format",
      paramLabel = "DRAWING",
      description = "Draw instead: ${COMPLETION-CANDIDATES}. Soft edges are dashed.")
  @Nullable Drawing drawing;

  GraphCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    if (drawing != null && output.isJson()) {
      throw misuse("--format and -o json exclude each other");
    }
    Snapshot live = kinds.snapshot(console);
    Texts texts = Texts.read(input.paths, console.in());
    Loaded loaded = Loaded.load(texts, Names.of(input.paths), namespace, live);
    ComposedApplication composed =
        ComposedApplication.of(PlanRequest.deploy(loaded.orThrow(), live));
    Conventions conventions =
        Conventions.ofDeployment(composed.orThrow(), known(live), EnumSet.allOf(Dialect.class));
    List<Edge> edges = new ArrayList<>(conventions.edges());
    edges.addAll(composed.edges());
    GraphResult result =
        ResourceGraph.compile(conventions.members(), known(live), edges, conventions.milestones());
    List<Problem> problems = new ArrayList<>(loaded.problems());
    problems.addAll(composed.problems());
    problems.addAll(conventions.problems());
    problems.addAll(result.problems());
    result.graph().ifPresent(graph -> problems.addAll(conventions.notKept(graph)));
    if (result.graph().isEmpty() || problems.stream().anyMatch(Problem::isError)) {
      fail("", Problems.sorted(problems), List.of());
      return ExitCode.FAILED;
    }
    show(result.graph().get(), conventions, Problems.sorted(problems));
    return ExitCode.DONE;
  }

  private void show(ResourceGraph graph, Conventions conventions, List<Problem> warnings) {
    if (output.isJson()) {
      printJson(GraphDocument.of(graph, conventions, warnings));
      return;
    }
    warnings.forEach(warning -> console.err().print(Problems.text(warning, style())));
    if (drawing == Drawing.MERMAID) {
      console.out().print(GraphDrawings.mermaid(graph));
    } else if (drawing == Drawing.DOT) {
      console.out().print(GraphDrawings.dot(graph));
    } else {
      console.out().print(GraphText.of(graph, conventions, style()));
    }
  }

  private static ApiResources known(Snapshot live) {
    return ApiResources.of(ShapeCatalog.builtIn().apiResources())
        .withCustomResources(live.objects().stream().map(LiveObject::manifest).toList());
  }
}

package io.sailplan.cli;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Refusal;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells all that is wrong with manifests. */
@Command(
    name = "validate",
    description = {
      "Tells all that is wrong with manifests, without a cluster.",
      "",
      "Plans the application for a cluster in which nothing exists, so that whatever planning"
          + " would find is found here."
    },
    exitCodeList = {"0:no errors; there may be warnings", "1:errors", "64:misuse"})
final class ValidateCommand extends BaseCommand {
  @Mixin InputOptions input = new InputOptions();
  @Mixin KindOptions kinds = new KindOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The namespace of objects that name none (default: default).")
  String namespace = Application.DEFAULT_NAMESPACE;

  ValidateCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    Snapshot live = kinds.snapshot(console);
    Texts texts = Texts.read(input.paths, console.in());
    Loaded loaded = Loaded.load(texts, Names.of(input.paths), namespace, live);
    List<Problem> problems = new ArrayList<>(loaded.problems());
    List<Refusal> refusals = new ArrayList<>();
    if (loaded.application().isPresent()) {
      PlanResult result =
          Planner.standard().plan(PlanRequest.deploy(loaded.application().get(), live));
      problems.addAll(result.problems());
      if (live.objects().isEmpty()) {
        refusals.addAll(result.refusals());
      }
    }
    return report(loaded, Problems.sorted(problems), refusals);
  }

  private int report(Loaded loaded, List<Problem> problems, List<Refusal> refusals) {
    boolean valid = problems.stream().noneMatch(Problem::isError) && refusals.isEmpty();
    if (output.isJson()) {
      Map<String, @Nullable Object> document = Documents.of("validation");
      document.put("valid", valid);
      document.put("problems", problems.stream().map(Problems::json).toList());
      document.put("refusals", refusals.stream().map(Refusals::json).toList());
      printJson(document);
    } else {
      problems.forEach(problem -> console.out().print(Problems.text(problem, style())));
      refusals.forEach(refusal -> console.out().print(Refusals.text(refusal, style())));
      console.out().println(summary(loaded, problems, refusals));
    }
    return valid ? ExitCode.DONE : ExitCode.FAILED;
  }

  private String summary(Loaded loaded, List<Problem> problems, List<Refusal> refusals) {
    List<String> counts = new ArrayList<>();
    loaded
        .application()
        .ifPresent(
            application -> counts.add(Problems.number(application.resources().size(), "object")));
    if (!problems.isEmpty()) {
      counts.add(Problems.count(problems));
    }
    if (!refusals.isEmpty()) {
      counts.add(Problems.number(refusals.size(), "refusal"));
    }
    if (problems.isEmpty() && refusals.isEmpty()) {
      counts.add("no problems");
    }
    String files = Problems.number(loaded.texts(), "file");
    return style().bold(files + ": ") + String.join(", ", counts) + ".";
  }
}

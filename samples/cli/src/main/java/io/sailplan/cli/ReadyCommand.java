package io.sailplan.cli;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.readiness.Readiness;
import io.sailplan.readiness.ReadinessQuery;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells of each object whether it is ready, and why not. */
@Command(
    name = "ready",
    description = {
      "Tells of objects, as a cluster returned them, whether each is ready, and why not.",
      "",
      "Reads what \"kubectl get -o yaml\" or \"-o json\" prints. Without a cluster, so nothing is"
          + " waited for. docs/schema/ready.schema.json describes the JSON."
    },
    exitCodeList = {"0:all are ready", "1:one is not, or the input is wrong", "64:misuse"})
final class ReadyCommand extends BaseCommand {
  @Mixin InputOptions input = new InputOptions();

  ReadyCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    List<Resource> resources = read();
    Snapshot.Builder seen = Snapshot.builder();
    resources.forEach(resource -> seen.add(LiveObject.of(resource.manifest())));
    ReadinessQuery query = ReadinessQuery.plain().withRelated(seen.build());
    ShapeCatalog shapes = ShapeCatalog.builtIn().withCustomResources(definitions(resources));
    List<ReadyReport.Entry> entries = new ArrayList<>();
    for (Resource resource : resources) {
      boolean hasStatus =
          shapes.find(resource.manifest()).map(shape -> shape.resource().status()).orElse(true);
      LiveObject object = LiveObject.of(resource.manifest());
      entries.add(
          new ReadyReport.Entry(
              object,
              Readiness.judge(object, query.withStatus(hasStatus).withRule(resource.readiness()))));
    }
    ReadyReport report = new ReadyReport(entries);
    if (output.isJson()) {
      printJson(report.json());
    } else {
      console.out().print(report.text(style()));
    }
    return report.isReady() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Resource> read() {
    Texts texts = Texts.read(input.paths, console.in());
    List<Problem> problems = new ArrayList<>(texts.problems());
    List<Resource> resources = new ArrayList<>();
    texts
        .byName()
        .forEach(
            (name, text) -> {
              ReadResult result = ManifestReader.standard().read(name, text);
              problems.addAll(result.problems());
              resources.addAll(result.resources());
            });
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidInputException(problems);
    }
    return resources;
  }

  private static List<Manifest> definitions(List<Resource> resources) {
    return resources.stream()
        .map(Resource::manifest)
        .filter(manifest -> manifest.kind().equals("CustomResourceDefinition"))
        .toList();
  }
}

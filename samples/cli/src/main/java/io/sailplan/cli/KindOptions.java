package io.sailplan.cli;

import io.sailplan.model.Snapshot;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands that look at no cluster may know of one. */
final class KindOptions {
  @Option(
      names = "--live",
      paramLabel = "FILE",
      description =
          "Objects that exist already, such as the output of \"kubectl get crd -o yaml\": kinds"
              + " that they define are known. May be given several times.")
  List<String> live = List.of();

  Snapshot snapshot(Console console) {
    return live.isEmpty() ? Snapshot.empty() : Snapshot.of(LiveObjects.read(live, console.in()));
  }
}

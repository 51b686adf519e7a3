package io.sailplan.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** Which manifests a command is about. */
final class InputOptions {
  @Option(
      names = {"-f", "--filename"},
      paramLabel = "PATH",
      required = true,
      description =
          "A file, a folder (all *.yaml, *.yml and *.json in it, at any depth, hidden ones left"
              + " out), or - for standard input. May be given several times, in any order.")
  List<String> paths = List.of();
}

package io.sailplan.cli;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.ApplicationReadResult;
import io.sailplan.model.ApplicationReader;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.PlanRequest;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was read from {@code -f}.
 *
 * @param application the application; empty if there are errors
 * @param problems all problems, sorted
 * @param texts how many texts were read
 */
record Loaded(Optional<Application> application, List<Problem> problems, int texts) {
  /** What is wrong with the application as a whole, while all of its objects were read. */
  private static final Set<ProblemCode> OF_THE_WHOLE =
      EnumSet.of(ProblemCode.DANGLING_REFERENCE, ProblemCode.CYCLE, ProblemCode.DUPLICATE);

  /** What may only seem wrong because a part of the input could not be read. */
  private static final Set<ProblemCode> DOUBTFUL =
      EnumSet.of(ProblemCode.DANGLING_REFERENCE, ProblemCode.UNKNOWN_KIND, ProblemCode.WRONG_SCOPE);

  /**
   * Reads an application.
   *
   * @param live what exists, for the kinds that it defines
   */
  static Loaded load(Texts texts, String name, String namespace, Snapshot live) {
    ApplicationReader reader = ApplicationReader.named(name).inNamespace(namespace);
    for (Map.Entry<String, String> text : texts.byName().entrySet()) {
      reader = reader.add(text.getKey(), text.getValue());
    }
    ApplicationReadResult result = reader.read();
    List<Problem> problems = new ArrayList<>(texts.problems());
    problems.addAll(result.problems());
    if (problems.stream().noneMatch(Problem::isError)
        && result.application().map(a -> a.resources().isEmpty()).orElse(false)) {
      // rather the end of a pipe that failed than an application of which nothing is left
      problems.add(
          Problem.error(ProblemCode.UNREADABLE, "the input holds no objects")
              .hint("Name files that hold manifests. To remove an application, delete it."));
    }
    boolean isRead = problems.stream().noneMatch(Problem::isError);
    if (isRead && result.application().isPresent()) {
      Optional<Application> meant = Graphs.resolve(result.application().get(), problems);
      return new Loaded(meant, Problems.sorted(problems), texts.byName().size());
    }
    boolean isWhole =
        problems.stream()
            .filter(Problem::isError)
            .allMatch(problem -> OF_THE_WHOLE.contains(problem.code()));
    for (Problem problem : furtherProblems(texts, name, namespace, live)) {
      if (isWhole || !DOUBTFUL.contains(problem.code())) {
        problems.add(problem);
      }
    }
    return new Loaded(Optional.empty(), Problems.sorted(problems), texts.byName().size());
  }

  /**
   * Returns the application.
   *
   * @throws InvalidInputException with all problems, if there is none
   */
  Application orThrow() {
    return application.orElseThrow(() -> new InvalidInputException(problems));
  }

  /** Plans what could be read, so that people get all their mistakes at once. */
  private static List<Problem> furtherProblems(
      Texts texts, String name, String namespace, Snapshot live) {
    Map<ObjectKey, Resource> readable = new LinkedHashMap<>();
    texts
        .byName()
        .forEach(
            (source, text) ->
                ManifestReader.standard()
                    .read(source, text)
                    .resources()
                    .forEach(
                        resource -> readable.putIfAbsent(resource.manifest().key(), resource)));
    Set<String> ids = readable.values().stream().map(Resource::id).collect(Collectors.toSet());
    List<Resource> rest =
        readable.values().stream()
            .map(
                resource ->
                    new Resource(
                        resource.id(),
                        resource.manifest(),
                        resource.dependsOn().stream().filter(ids::contains).toList(),
                        resource.readiness(),
                        resource.source()))
            .toList();
    try {
      Application partial = Application.of(name, namespace, rest);
      return Planner.standard().plan(PlanRequest.deploy(partial, live)).problems();
    } catch (InvalidInputException e) {
      return List.of(); // those were found before
    }
  }
}

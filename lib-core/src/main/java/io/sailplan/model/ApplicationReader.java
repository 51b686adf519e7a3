package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an application from any number of texts, and says all that is wrong with them at once.
 *
 * <pre>{@code
 * ApplicationReadResult result =
 *     ApplicationReader.named("shop")
 *         .inNamespace("shops")
 *         .add("shop.yaml", shopYaml)
 *         .add("db.yaml", dbYaml)
 *         .read();
 * }</pre>
 *
 * <p>What an author says about a resource stands in its annotations: {@code sailplan.io/depends-on:
 * "Secret/db, ConfigMap/settings"} names what must be ready before (see {@link
 * Resource#dependsOn}); {@code sailplan.io/ready-when} says when it is ready itself: {@code
 * exists}, {@code address}, {@code condition=Available}, {@code condition=Available=True} or {@code
 * field=.status.phase=Ready} (see {@link ReadinessRule}).
 *
 * <p>Immutable: each method returns a new reader.
 */
public final class ApplicationReader {
  private final String name;
  private final String namespace;
  private final ManifestReader reader;
  private final List<Source> sources;

  private ApplicationReader(
      String name, String namespace, ManifestReader reader, List<Source> sources) {
    this.name = name;
    this.namespace = namespace;
    this.reader = reader;
    this.sources = sources;
  }

  private record Source(String name, String text) {}

  /**
   * Returns a reader of the application {@code name} without texts, at home in the default
   * namespace.
   */
  public static ApplicationReader named(String name) {
    return new ApplicationReader(
        requireNonNull(name, "name"),
        Application.DEFAULT_NAMESPACE,
        ManifestReader.standard(),
        List.of());
  }

  /** Returns this reader for an application at home in another namespace. */
  public ApplicationReader inNamespace(String namespace) {
    return new ApplicationReader(name, requireNonNull(namespace, "namespace"), reader, sources);
  }

  /** Returns this reader with other limits, which hold for each text. */
  public ApplicationReader withLimits(ReadLimits limits) {
    return new ApplicationReader(name, namespace, ManifestReader.withLimits(limits), sources);
  }

  /**
   * Returns this reader with a further text.
   *
   * @param source the name of the text for places, usually a file name
   * @param text YAML or JSON, see {@link ManifestReader}
   */
  public ApplicationReader add(String source, String text) {
    List<Source> more = new ArrayList<>(sources);
    more.add(new Source(requireNonNull(source, "source"), requireNonNull(text, "text")));
    return new ApplicationReader(name, namespace, reader, more);
  }

  /** Returns the application, or why there is none. */
  public ApplicationReadResult read() {
    List<Resource> resources = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Source source : sources) {
      ReadResult result = reader.read(source.name(), source.text());
      resources.addAll(result.resources());
      problems.addAll(result.problems());
    }
    boolean complete = problems.stream().noneMatch(Problem::isError);
    Optional<Application> application = Optional.empty();
    try {
      application = Optional.of(Application.of(name, namespace, resources));
    } catch (InvalidInputException e) {
      for (Problem problem : e.problems()) {
        // what seems to be missing may stand in what could not be read
        if (complete || problem.code() != ProblemCode.DANGLING_REFERENCE) {
          problems.add(problem);
        }
      }
    }
    return new ApplicationReadResult(complete ? application : Optional.empty(), problems);
  }
}

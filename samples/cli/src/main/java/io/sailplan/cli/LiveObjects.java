package io.sailplan.cli;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.model.Resource;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads objects as a cluster returned them, such as the output of {@code kubectl get -o yaml}. */
final class LiveObjects {
  private LiveObjects() {}

  /** Returns a warning if these objects were saved without who owns which of their fields. */
  static List<Problem> warnings(List<LiveObject> objects) {
    boolean fromCluster = objects.stream().anyMatch(object -> !object.resourceVersion().isEmpty());
    boolean owners =
        objects.stream()
            .anyMatch(object -> object.manifest().get("metadata", "managedFields") != null);
    return !fromCluster || owners
        ? List.of()
        : List.of(
            Problem.warning(
                    ProblemCode.MISSING_FIELD,
                    "the objects of --live do not say who owns which of their fields, so the plan"
                        + " may show changes and conflicts that there are not")
                .hint("Save them by \"kubectl get --show-managed-fields\"."));
  }

  /**
   * Returns all objects, ordered by key.
   *
   * @throws InvalidInputException with all problems, if one is an error
   */
  static List<LiveObject> read(List<String> paths, InputStream stdin) {
    Texts texts = Texts.read(paths, stdin);
    List<Problem> problems = new ArrayList<>(texts.problems());
    List<LiveObject> objects = new ArrayList<>();
    texts
        .byName()
        .forEach(
            (name, text) -> {
              ReadResult result = ManifestReader.standard().read(name, text);
              problems.addAll(result.problems());
              for (Resource resource : result.resources()) {
                objects.add(LiveObject.of(resource.manifest()));
              }
            });
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidInputException(problems);
    }
    objects.sort(Comparator.comparing(LiveObject::key));
    return objects;
  }
}

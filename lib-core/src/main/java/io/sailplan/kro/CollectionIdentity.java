package io.sailplan.kro;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules by which the objects of a {@code forEach} are told apart. */
public final class CollectionIdentity {
  private CollectionIdentity() {}

  /**
   * Returns what is wrong if a dimension is used neither in the name nor, where there is one, in
   * the namespace: its items would all be the same object.
   *
   * @param resource a resource of a graph
   * @param inName the variables that the template's {@code metadata.name} refers to
   * @param inNamespace the variables that its {@code metadata.namespace} refers to
   * @param namespaced whether its kind has namespaces
   */
  public static Optional<Problem> unusedDimensions(
      GraphResource resource,
      Collection<String> inName,
      Collection<String> inNamespace,
      boolean namespaced) {
    List<String> missing =
        resource.forEach().stream()
            .map(ForEachDimension::name)
            .filter(name -> !inName.contains(name))
            .filter(name -> !namespaced || !inNamespace.contains(name))
            .toList();
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.error(
                ProblemCode.INVALID_NAME,
                "node \""
                    + resource.id()
                    + "\": all forEach dimensions must be used to produce a unique resource"
                    + " identity, missing: "
                    + missing)
            .hint("Use " + String.join(" and ", missing) + " in metadata.name."));
  }

  /** Returns a problem for each object that has the key of one before. */
  public static List<Problem> duplicates(Collection<Manifest> objects) {
    List<Problem> problems = new ArrayList<>();
    Set<ObjectKey> seen = new HashSet<>();
    for (Manifest object : objects) {
      if (!seen.add(object.key())) {
        problems.add(
            Problem.error(ProblemCode.DUPLICATE, "duplicate identity: " + object.key())
                .hint("Make the name of each differ."));
      }
    }
    return problems;
  }
}

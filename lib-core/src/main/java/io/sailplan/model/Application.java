package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The unit of lifecycle: a name, a home namespace, and resources.
 *
 * <p>Resources are ordered by id, whatever their order in the input. Immutable.
 */
public final class Application {
  /** The home namespace of an application that names none. */
  public static final String DEFAULT_NAMESPACE = "default";

  private static final int LONGEST_NAME = 53;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private final String name;
  private final String namespace;
  private final List<Resource> resources;
  private final Map<String, Resource> byId;
  private final Map<String, Input> inputs;
  private final Map<String, Input.External> externals;

  private Application(
      String name,
      String namespace,
      List<Resource> resources,
      Map<String, Input> inputs,
      Map<String, Input.External> externals) {
    this.name = name;
    this.namespace = namespace;
    this.resources = resources;
    this.inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    this.externals = Collections.unmodifiableMap(new TreeMap<>(externals));
    this.byId = resources.stream().collect(Collectors.toUnmodifiableMap(Resource::id, r -> r));
  }

  /**
   * Returns an application at home in the namespace {@code default}. Resources whose ids clash but
   * whose objects differ get ids qualified by namespace, then by group.
   *
   * @throws InvalidInputException with every problem: a bad name, an object or an id given twice,
   *     an unknown id in {@code dependsOn}
   */
  public static Application of(String name, Collection<Resource> resources) {
    return of(name, DEFAULT_NAMESPACE, resources);
  }

  /**
   * Returns an application.
   *
   * @param name its name: a DNS label of at most 53 characters
   * @param namespace its home namespace, which must exist already: it holds the record of what
   *     belongs to the application, and objects that name no namespace of their own
   * @param resources what belongs to it
   * @throws InvalidInputException with every problem, see {@link #of(String, Collection)}
   */
  public static Application of(String name, String namespace, Collection<Resource> resources) {
    requireNonNull(name, "name");
    requireNonNull(namespace, "namespace");
    List<Problem> problems = new ArrayList<>();
    checkName("application", name, LONGEST_NAME, problems);
    checkName("namespace", namespace, 63, problems);
    List<Resource> unique = ResourceIds.unique(resources, namespace, problems);
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return new Application(
        name,
        namespace,
        unique.stream().sorted(Comparator.comparing(Resource::id)).toList(),
        Map.of(),
        Map.of());
  }

  /**
   * Returns the application whose resources stand in one text, at home in the namespace {@code
   * default}; for more texts, or to look at the problems, use an {@link ApplicationReader}.
   *
   * @param name its name: a DNS label of at most 53 characters
   * @param yaml YAML or JSON, see {@link ManifestReader}
   * @throws InvalidInputException with every problem of the text and of the application
   */
  public static Application read(String name, String yaml) {
    return ApplicationReader.named(name).add("", yaml).read().orThrow();
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns its home namespace. */
  public String namespace() {
    return namespace;
  }

  /** Returns its resources, ordered by id. */
  public List<Resource> resources() {
    return resources;
  }

  /** Returns the resource with this id. */
  public Optional<Resource> resource(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Returns this application at home in another namespace.
   *
   * @throws InvalidInputException if the name of the namespace is bad
   */
  public Application inNamespace(String namespace) {
    return of(name, namespace, resources).reading(inputs, externals);
  }

  /** Returns the values that expressions may read, by name. */
  public Map<String, Input> inputs() {
    return inputs;
  }

  /** Returns the objects outside of this application that expressions may read, by name. */
  public Map<String, Input.External> externals() {
    return externals;
  }

  /** Returns this application with a value that expressions may read. */
  public Application withInput(String name, Input input) {
    Map<String, Input> all = new TreeMap<>(inputs);
    all.put(requireNonNull(name, "name"), requireNonNull(input, "input"));
    return reading(all, externals);
  }

  /** Returns this application with an object of others that expressions may read. */
  public Application withExternal(String name, Input.External external) {
    Map<String, Input.External> all = new TreeMap<>(externals);
    all.put(requireNonNull(name, "name"), requireNonNull(external, "external"));
    return reading(inputs, all);
  }

  /**
   * Returns this application with other resources.
   *
   * @throws InvalidInputException if the result is not an application
   */
  public Application withResources(Collection<Resource> resources) {
    return of(name, namespace, resources).reading(inputs, externals);
  }

  private Application reading(Map<String, Input> inputs, Map<String, Input.External> externals) {
    return new Application(name, namespace, resources, inputs, externals);
  }

  /**
   * Returns this application with a resource replaced, or added if no resource has its id.
   *
   * @throws InvalidInputException if the result is not an application
   */
  public Application with(Resource resource) {
    Map<String, Resource> changed = new TreeMap<>(byId);
    changed.put(resource.id(), resource);
    return withResources(changed.values());
  }

  @Override
  public String toString() {
    return "Application[" + namespace + "/" + name + ", " + resources.size() + " resources]";
  }

  private static void checkName(String what, String name, int longest, List<Problem> problems) {
    if (name.length() > longest || !NAME.matcher(name).matches()) {
      problems.add(
          Problem.error(ProblemCode.INVALID_NAME, "the " + what + " is named \"" + name + "\"")
              .hint(
                  "Use at most "
                      + longest
                      + " lower-case letters, digits and hyphens, with a letter or digit at both ends."));
    }
  }
}

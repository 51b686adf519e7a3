package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ApiResources;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an identity has to be allowed to do, no more: as data, and as Roles. Ordered; none of it is
 * covered by another part. Immutable.
 *
 * <p>Whoever may do all of it only in some namespaces needs a Role in each of them, and a
 * ClusterRole for what is not in a namespace, or in one that the plan itself makes: a Role cannot
 * be there before its namespace.
 */
public final class Permissions {
  private static final String RBAC = "rbac.authorization.k8s.io/v1";

  private final List<Access> accesses;

  private Permissions(List<Access> accesses) {
    this.accesses = accesses;
  }

  /** Returns these permissions; what others cover is left out. */
  public static Permissions of(Collection<Access> accesses) {
    TreeSet<Access> all = new TreeSet<>(accesses);
    return new Permissions(
        all.stream()
            .filter(access -> all.stream().noneMatch(other -> isMore(other, access)))
            .toList());
  }

  /** Returns what carrying out a plan takes, given how the kinds are served. */
  static Permissions of(Plan plan, ApiResources kinds) {
    return of(PlanAccess.of(plan, kinds));
  }

  /** Returns all of it, ordered. */
  public List<Access> accesses() {
    return accesses;
  }

  /** Returns only what a plan cannot be carried out without. */
  public Permissions needed() {
    return where(Access::needed);
  }

  /** Returns those of which a test says so. */
  public Permissions where(Predicate<Access> test) {
    return new Permissions(accesses.stream().filter(test).toList());
  }

  /** Returns both together. */
  public Permissions and(Permissions other) {
    List<Access> all = new ArrayList<>(accesses);
    all.addAll(other.accesses);
    return of(all);
  }

  /** Returns whether {@code wanted} is allowed. */
  public boolean allow(Access wanted) {
    requireNonNull(wanted, "wanted");
    return accesses.stream().anyMatch(access -> access.covers(wanted));
  }

  /**
   * Returns a ClusterRole for what is not bound to a namespace, if there is such, and a Role for
   * each namespace; ordered by namespace. Who gets them is for RoleBindings to say.
   *
   * @param name the name of each of them
   */
  public List<Manifest> roles(String name) {
    Map<String, List<Access>> namespaces = new TreeMap<>();
    for (Access access : accesses) {
      namespaces.computeIfAbsent(access.namespace(), any -> new ArrayList<>()).add(access);
    }
    List<Manifest> roles = new ArrayList<>();
    namespaces.forEach((namespace, these) -> roles.add(role(name, namespace, these)));
    return roles;
  }

  /** Returns the {@link #roles} as YAML documents; the same permissions always give the same. */
  public String toYaml(String name) {
    return roles(name).stream().map(Permissions::yaml).collect(Collectors.joining("---\n"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Permissions permissions && accesses.equals(permissions.accesses);
  }

  @Override
  public int hashCode() {
    return Objects.hash(accesses);
  }

  /** Returns one access a line. */
  @Override
  public String toString() {
    return accesses.stream().map(Access::toString).collect(Collectors.joining("\n"));
  }

  /** Returns whether {@code other} allows {@code access} and something else, or needs it. */
  private static boolean isMore(Access other, Access access) {
    if (other.equals(access) || !other.covers(access)) {
      return false;
    }
    return !access.covers(other) ? other.needed() || !access.needed() : other.needed();
  }

  private static Manifest role(String name, String namespace, List<Access> accesses) {
    Map<String, @Nullable Object> role = new LinkedHashMap<>();
    role.put("apiVersion", RBAC);
    role.put("kind", namespace.isEmpty() ? "ClusterRole" : "Role");
    role.put(
        "metadata",
        namespace.isEmpty()
            ? Map.of("name", name)
            : new TreeMap<>(Map.of("name", name, "namespace", namespace)));
    role.put("rules", rules(accesses));
    return Manifest.of(role);
  }

  /** Names that need the same verbs share a rule, and so do resources without names. */
  private static List<Map<String, @Nullable Object>> rules(List<Access> accesses) {
    record Thing(String group, String resource, String name) {}
    record Rule(String group, String resource, boolean named, TreeSet<String> verbs) {}
    Map<Thing, TreeSet<String>> verbs = new LinkedHashMap<>();
    for (Access access : accesses) {
      verbs
          .computeIfAbsent(
              new Thing(access.group(), access.resource(), access.name()), thing -> new TreeSet<>())
          .add(access.verb());
    }
    Map<Rule, TreeSet<String>> rules = new LinkedHashMap<>();
    verbs.forEach(
        (thing, all) ->
            rules
                .computeIfAbsent(
                    new Rule(thing.group(), thing.resource(), !thing.name().isEmpty(), all),
                    rule -> new TreeSet<>())
                .add(thing.name()));
    List<Map<String, @Nullable Object>> trees = new ArrayList<>();
    rules.forEach(
        (rule, names) -> {
          Map<String, @Nullable Object> tree = new LinkedHashMap<>();
          tree.put("apiGroups", List.of(rule.group()));
          tree.put("resources", List.of(rule.resource()));
          if (rule.named()) {
            tree.put("resourceNames", List.copyOf(names));
          }
          tree.put("verbs", List.copyOf(rule.verbs()));
          trees.add(tree);
        });
    return trees;
  }

  /** JSON strings and lists of them are YAML. */
  private static String yaml(Manifest role) {
    StringBuilder text = new StringBuilder();
    text.append("apiVersion: ").append(role.apiVersion()).append('\n');
    text.append("kind: ").append(role.kind()).append("\nmetadata:\n");
    text.append("  name: ").append(Json.write(role.name())).append('\n');
    if (!role.namespace().isEmpty()) {
      text.append("  namespace: ").append(Json.write(role.namespace())).append('\n');
    }
    text.append("rules:\n");
    for (Object rule : Trees.list(role.get("rules"))) {
      String indent = "- ";
      for (Map.Entry<String, @Nullable Object> field : Trees.object(rule).entrySet()) {
        text.append(indent).append(field.getKey()).append(": ");
        text.append(Json.write(field.getValue()).replace("\",\"", "\", \"")).append('\n');
        indent = "  ";
      }
    }
    return text.toString();
  }
}

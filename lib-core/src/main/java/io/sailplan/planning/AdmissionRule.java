package io.sailplan.planning;

import io.sailplan.model.ApiResource;
import io.sailplan.model.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule of a webhook or of an admission policy: which requests it is about. */
record AdmissionRule(
    List<@Nullable Object> operations,
    List<@Nullable Object> groups,
    List<@Nullable Object> versions,
    List<@Nullable Object> resources,
    List<@Nullable Object> names,
    String scope) {

  static AdmissionRule of(@Nullable Object rule) {
    return new AdmissionRule(
        Trees.list(Trees.get(rule, "operations")),
        Trees.list(Trees.get(rule, "apiGroups")),
        Trees.list(Trees.get(rule, "apiVersions")),
        Trees.list(Trees.get(rule, "resources")),
        Trees.list(Trees.get(rule, "resourceNames")),
        Trees.string(Trees.get(rule, "scope")));
  }

  /**
   * Returns whether the rule is about a write.
   *
   * @param exact whether it has to name the version of the request; else the server converts
   */
  boolean matches(Write write, boolean exact) {
    ApiResource resource = write.shape().resource();
    return names(operations, write.operation())
        && isAbout(resource.plural())
        && (names.isEmpty() || names.contains(write.result().name()))
        && isIn(resource.namespaced())
        && (names(groups, resource.kind().group()) || (!exact && sharesStorage(resource)))
        && (!exact || names(versions, resource.kind().version()));
  }

  /** The server takes {@code pods/*} for the pods themselves, too. */
  private boolean isAbout(String plural) {
    return names(resources, plural) || names(resources, plural + "/*") || resources.contains("*/*");
  }

  private boolean isIn(boolean namespaced) {
    return scope.isEmpty() || scope.equals("*") || scope.equals("Namespaced") == namespaced;
  }

  /** Events are one and the same in both of their groups. */
  private boolean sharesStorage(ApiResource resource) {
    return resource.plural().equals("events")
        && List.of("", "events.k8s.io").contains(resource.kind().group())
        && (groups.contains("") || groups.contains("events.k8s.io"));
  }

  private static boolean names(List<@Nullable Object> list, String wanted) {
    return list.contains("*") || list.contains(wanted);
  }
}

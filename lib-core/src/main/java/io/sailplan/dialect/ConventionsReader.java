package io.sailplan.dialect;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets all readers read all resources. */
final class ConventionsReader {
  /** In the order in which they read: where two make an object a hook, the last one prevails. */
  private static final List<Map.Entry<Dialect, DialectReader>> READERS =
      List.of(
          Map.entry(Dialect.CLI_UTILS, new CliUtils()),
          Map.entry(Dialect.KAPP, new Kapp()),
          Map.entry(Dialect.HELM, new Helm()),
          Map.entry(Dialect.ARGO, new Argo()),
          Map.entry(Dialect.FLUX, new Flux()),
          Map.entry(Dialect.APPLYSET, new ApplySets()),
          Map.entry(Dialect.NELM, new Nelm()),
          Map.entry(Dialect.PULUMI, new Pulumi()));

  private static final List<Key> KEYS = Key.all();
  private static final String EXTERNAL = ".external-dependency.werf.io";

  /** What stands before the slash in any of the keys. */
  private static final Set<String> HOSTS =
      KEYS.stream()
          .map(key -> host(key.name()))
          .filter(host -> !host.startsWith("*"))
          .collect(Collectors.toUnmodifiableSet());

  private ConventionsReader() {}

  static Conventions read(
      Application application, ApiResources kinds, Set<Dialect> dialects, boolean removal) {
    List<Resource> resources = application.resources();
    if (dialects.isEmpty() || resources.stream().noneMatch(ConventionsReader::speaks)) {
      return new Conventions(
          application, List.of(), List.of(), Map.of(), Map.of(), List.of(), Set.of(), List.of());
    }
    Findings findings = new Findings(removal);
    List<Item> items = new ArrayList<>();
    for (Resource resource : resources) {
      Item item = new Item(resource, key(application, resource, kinds), findings);
      items.add(item);
      for (Map.Entry<Dialect, DialectReader> reader : READERS) {
        if (dialects.contains(reader.getKey())) {
          reader.getValue().read(item);
        }
      }
      notes(item, dialects);
    }
    List<Item> deployed = items.stream().filter(item -> item.leftOut().isEmpty()).toList();
    deployed.forEach(findings::add);
    for (Map.Entry<Dialect, DialectReader> reader : READERS) {
      if (dialects.contains(reader.getKey())) {
        reader.getValue().relate(deployed, findings);
      }
    }
    return result(application, items, findings);
  }

  private static Conventions result(Application application, List<Item> items, Findings findings) {
    List<Resource> members = new ArrayList<>();
    List<Resource> hookResources = new ArrayList<>();
    List<Hook> hooks = new ArrayList<>();
    Map<String, String> leftOut = new TreeMap<>();
    Map<String, Treatment> treatments = new TreeMap<>();
    for (Item item : items) {
      Hook hook = item.hook();
      if (!item.leftOut().isEmpty()) {
        leftOut.put(item.id(), item.leftOut());
      } else if (hook != null) {
        hooks.add(hook);
        (hook.isAmongMembers() ? members : hookResources).add(item.resource());
      } else {
        members.add(item.resource());
      }
      if (!item.treatment().equals(Treatment.normal())) {
        treatments.put(item.id(), item.treatment());
      }
    }
    Set<String> ids = new TreeSet<>(findings.milestones());
    members.forEach(resource -> ids.add(resource.id()));
    return new Conventions(
        Application.of(
            application.name(), application.namespace(), among(members, items, findings)),
        hooks,
        among(hookResources, items, findings),
        leftOut,
        treatments,
        findings.edges().stream()
            .filter(edge -> ids.contains(edge.from()) && ids.contains(edge.to()))
            .toList(),
        findings.milestones(),
        findings.problems());
  }

  /**
   * Returns the resources, each waiting only for others of them by {@code dependsOn}: the moment of
   * a hook says what else comes before.
   */
  private static List<Resource> among(
      List<Resource> resources, List<Item> items, Findings findings) {
    Map<String, Item> byId = new HashMap<>();
    items.forEach(item -> byId.put(item.id(), item));
    Set<String> ids = new HashSet<>();
    resources.forEach(resource -> ids.add(resource.id()));
    List<Resource> result = new ArrayList<>();
    for (Resource resource : resources) {
      List<String> kept = resource.dependsOn().stream().filter(ids::contains).toList();
      for (String other : resource.dependsOn()) {
        Item item = requireNonNull(byId.get(other));
        if (!item.leftOut().isEmpty()) {
          findings.add(
              Problem.error(
                      ProblemCode.DANGLING_REFERENCE,
                      resource.id()
                          + " waits for "
                          + other
                          + ", which is not deployed: "
                          + item.leftOut())
                  .at(resource.source().find(""))
                  .hint("Take it out of dependsOn, or have " + other + " deployed."));
        }
      }
      result.add(
          kept.size() == resource.dependsOn().size() ? resource : resource.withDependsOn(kept));
    }
    return result;
  }

  /** Notes the keys from which nothing follows though something was meant. */
  private static void notes(Item item, Set<Dialect> dialects) {
    for (Map<String, String> entries : List.of(item.annotations(), item.labels())) {
      for (String name : entries.keySet()) {
        if (HOSTS.contains(host(name)) || host(name).endsWith(EXTERNAL)) {
          note(item, name, dialects);
        }
      }
    }
  }

  private static void note(Item item, String name, Set<Dialect> dialects) {
    boolean known = false;
    for (Key key : KEYS) {
      if (key.matches(name)) {
        known = true;
        if (dialects.contains(key.dialect()) && !key.instead().isEmpty()) {
          item.notCarriedOver(key.dialect(), name, key.instead());
        }
      }
    }
    if (!known) {
      List<String> words =
          KEYS.stream()
              .filter(
                  key -> dialects.contains(key.dialect()) && host(key.name()).equals(host(name)))
              .map(key -> key.name().substring(host(name).length() + 1))
              .toList();
      String near = Suggestion.didYouMean(name.substring(host(name).length() + 1), words);
      if (!near.isEmpty()) {
        item.warn(
            ProblemCode.INVALID_ANNOTATION,
            name,
            item.id() + ": the annotation " + Item.cut(name) + " is not known",
            near);
      }
    }
  }

  private static boolean speaks(Resource resource) {
    Manifest manifest = resource.manifest();
    return heard(manifest.get("metadata", "annotations"))
        || heard(manifest.get("metadata", "labels"))
        || manifest.apiVersion().startsWith("kapp.k14s.io/");
  }

  private static boolean heard(@Nullable Object entries) {
    for (String name : Trees.object(entries).keySet()) {
      String host = host(name);
      if (HOSTS.contains(host) || host.endsWith(EXTERNAL)) {
        return true;
      }
    }
    return false;
  }

  private static String host(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private static ObjectKey key(Application application, Resource resource, ApiResources kinds) {
    ObjectKey key = resource.manifest().key();
    boolean namespaced =
        kinds
            .find(resource.manifest().groupVersionKind())
            .map(ApiResource::namespaced)
            .orElse(!key.namespace().isEmpty());
    return !namespaced
        ? key.inNamespace("")
        : key.namespace().isEmpty() ? key.inNamespace(application.namespace()) : key;
  }
}

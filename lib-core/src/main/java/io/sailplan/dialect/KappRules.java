package io.sailplan.dialect;

import io.sailplan.graph.Provenance;
import io.sailplan.graph.Strength;
import io.sailplan.model.Manifest;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * kapp's change groups, and its rules of what comes before and after them. What kapp orders without
 * being told is left to the graph, which knows more; kapp's own groups can be named in rules all
 * the same.
 */
final class KappRules {
  private static final Dialect DIALECT = Dialect.KAPP;
  private static final Pattern RULE =
      Pattern.compile("(upsert|delete) (before|after) (upserting|deleting) (\\S+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
  private static final String OWN = "change-groups.kapp.k14s.io/";

  private final Findings findings;
  private final Map<String, Map<String, Member>> groups = new TreeMap<>();

  /** What puts a resource into a group. */
  private record Member(Item item, Provenance provenance) {}

  private KappRules(Findings findings) {
    this.findings = findings;
  }

  static void relate(List<Item> items, Findings findings) {
    KappRules rules = new KappRules(findings);
    boolean used = false;
    for (Item item : items) {
      used |= item.annotations().keySet().stream().anyMatch(key -> is(Kapp.RULE, key));
    }
    if (!used) {
      return;
    }
    items.forEach(rules::join);
    items.forEach(rules::follow);
  }

  private static boolean is(Key key, String name) {
    return name.equals(key.name()) || name.startsWith(key.name() + ".");
  }

  private void join(Item item) {
    item.annotations()
        .forEach(
            (name, value) -> {
              if (is(Kapp.GROUP, name)) {
                add(filled(item, name, value.strip()), item, item.provenance(DIALECT, name));
              }
            });
    Provenance own =
        Provenance.annotation(Kapp.GROUP.name() + ", given by its kind (" + DIALECT.title() + ")");
    ownGroups(item).forEach(group -> add(OWN + group, item, own));
  }

  private void add(String group, Item item, Provenance provenance) {
    groups
        .computeIfAbsent(group, name -> new TreeMap<>())
        .putIfAbsent(item.id(), new Member(item, provenance));
  }

  private void follow(Item item) {
    item.annotations()
        .forEach(
            (name, value) -> {
              if (is(Kapp.RULE, name)) {
                follow(item, name, value);
              }
            });
  }

  private void follow(Item item, String name, String value) {
    Matcher rule = RULE.matcher(filled(item, name, value.strip().replaceAll("\\s+", " ")));
    if (!rule.matches()) {
      item.malformed(
          name,
          "\"" + Item.cut(value) + "\" is no rule",
          "Write: upsert after upserting group, with upsert or delete, before or after, upserting or"
              + " deleting.");
      return;
    }
    boolean upsert = rule.group(1).equals("upsert");
    boolean after = rule.group(2).equals("after");
    boolean upserting = rule.group(3).equals("upserting");
    Map<String, Member> group = groups.get(rule.group(4));
    if (upsert != upserting) {
      // All that is removed goes after all that is made and changed.
      if (upsert == after) {
        item.notCarriedOver(
            DIALECT, name, "Objects are removed after all that is made and changed is ready.");
      }
    } else if (group == null) {
      String near = Suggestion.didYouMean(rule.group(4), groups.keySet());
      item.warn(
          ProblemCode.DANGLING_REFERENCE,
          name,
          item.id() + ", " + name + ": nothing is in the group \"" + rule.group(4) + "\"",
          near.isEmpty() ? "Remove the rule, or put something into the group." : near);
    } else if (upsert != findings.isRemoval()) {
      // In a removal, what needs goes before what is needed.
      order(item, name, rule.group(4), group, after == upsert);
    }
  }

  /** Notes that the item needs the group, or the group needs the item. */
  private void order(
      Item item, String name, String group, Map<String, Member> members, boolean needs) {
    Provenance why = item.provenance(DIALECT, name);
    if (members.size() == 1 || members.containsKey(item.id())) {
      for (String member : members.keySet()) {
        if (!member.equals(item.id())) {
          findings.edge(needs ? item.id() : member, needs ? member : item.id(), Strength.HARD, why);
        }
      }
      return;
    }
    String milestone =
        findings.milestone(needs ? "kapp group " + group : "what kapp puts before group " + group);
    members.forEach(
        (id, member) ->
            findings.edge(
                needs ? milestone : id,
                needs ? id : milestone,
                Strength.HARD,
                member.provenance()));
    findings.edge(needs ? item.id() : milestone, needs ? milestone : item.id(), Strength.HARD, why);
  }

  private String filled(Item item, String name, String text) {
    Manifest manifest = item.resource().manifest();
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String value =
                  switch (found.group(1)) {
                    case "api-group" -> item.key().group();
                    case "kind" -> item.key().kind();
                    case "name" -> item.key().name();
                    case "namespace" -> item.key().namespace();
                    case "crd-kind" -> manifest.string("spec", "names", "kind");
                    case "crd-group" -> manifest.string("spec", "group");
                    default -> {
                      item.malformed(
                          name,
                          "\"" + Item.cut(found.group()) + "\" stands for nothing",
                          "Known are {api-group}, {kind}, {name}, {namespace}, {crd-kind} and"
                              + " {crd-group}.");
                      yield found.group();
                    }
                  };
              return Matcher.quoteReplacement(value);
            });
  }

  /** Returns the groups to which kapp adds objects by their kind. */
  private static List<String> ownGroups(Item item) {
    Manifest manifest = item.resource().manifest();
    List<String> groups = new ArrayList<>();
    switch (item.key().groupKind().toString()) {
      case "CustomResourceDefinition.apiextensions.k8s.io" -> {
        groups.add("crds");
        groups.add(
            "crds-"
                + manifest.string("spec", "group")
                + "-"
                + manifest.string("spec", "names", "kind"));
      }
      case "Namespace" -> {
        groups.add("namespaces");
        groups.add("namespaces-" + item.key().name());
      }
      case "StorageClass.storage.k8s.io" -> groups.add("storage-class");
      case "PersistentVolume", "PersistentVolumeClaim" -> groups.add("storage");
      case "ClusterRole.rbac.authorization.k8s.io", "Role.rbac.authorization.k8s.io" ->
          groups.addAll(List.of("rbac-roles", "rbac"));
      case "ClusterRoleBinding.rbac.authorization.k8s.io",
          "RoleBinding.rbac.authorization.k8s.io" ->
          groups.addAll(List.of("rbac-role-bindings", "rbac"));
      case "ServiceAccount" -> groups.addAll(List.of("pod-related", "serviceaccount"));
      case "ConfigMap",
          "LimitRange",
          "NetworkPolicy.networking.k8s.io",
          "PodDisruptionBudget.policy",
          "PriorityClass.scheduling.k8s.io",
          "ResourceQuota",
          "RuntimeClass.node.k8s.io",
          "Secret" ->
          groups.add("pod-related");
      default -> {}
    }
    return groups;
  }
}

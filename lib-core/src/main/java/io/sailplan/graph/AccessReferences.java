package io.sailplan.graph;

import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: accounts, roles and bindings.
 *
 * <p>A binding needs its role hard: unless the caller may {@code bind}, the API server reads the
 * role to check for escalation, and refuses a binding whose role is missing. Pods do better once
 * their account has its rights, and controllers once the kinds exist that they watch: those two are
 * soft.
 */
final class AccessReferences {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Nodes nodes;
  private final Links links;
  private final Map<String, List<Node>> definitionsByGroup = new HashMap<>();
  private final Map<ObjectKey, List<Node>> users = new HashMap<>();

  private AccessReferences(Nodes nodes, Links links) {
    this.nodes = nodes;
    this.links = links;
    for (Node definition : definitions()) {
      definitionsByGroup
          .computeIfAbsent(definition.manifest().string("spec", "group"), g -> new ArrayList<>())
          .add(definition);
    }
    for (Node node : nodes.all()) {
      PodTemplate pods = node.pods();
      if (pods != null) {
        users.computeIfAbsent(account(node, pods), key -> new ArrayList<>()).add(node);
      }
    }
  }

  static void infer(Nodes nodes, Links links) {
    AccessReferences access = new AccessReferences(nodes, links);
    nodes.ofKind(RBAC, "RoleBinding").forEach(access::binding);
    nodes.ofKind(RBAC, "ClusterRoleBinding").forEach(access::binding);
    nodes.ofKind("", "ServiceAccount").forEach(access::account);
    nodes.ofKind("", "Secret").forEach(access::token);
  }

  private List<Node> definitions() {
    return nodes.ofKind("apiextensions.k8s.io", "CustomResourceDefinition");
  }

  private static ObjectKey account(Node node, PodTemplate pods) {
    String name = Trees.string(pods.spec().get("serviceAccountName"));
    if (name.isEmpty()) {
      name = Trees.string(pods.spec().get("serviceAccount"));
    }
    return new ObjectKey("", "ServiceAccount", node.namespace(), name.isEmpty() ? "default" : name);
  }

  private void binding(Node binding) {
    Object reference = binding.manifest().get("roleRef");
    String kind = Trees.string(Trees.get(reference, "kind"));
    ObjectKey role =
        new ObjectKey(
            RBAC,
            kind,
            kind.equals("Role") ? binding.namespace() : "",
            Trees.string(Trees.get(reference, "name")));
    links.refer(binding, role, Strength.HARD, false, "roleRef");
    Node roleNode = nodes.find(role);
    Visitor.each(
        binding.manifest().tree(),
        "subjects",
        "",
        (subject, at) -> {
          if (Trees.string(Trees.get(subject, "kind")).equals("ServiceAccount")) {
            subject(binding, subject, at, roleNode);
          }
        });
  }

  private void subject(Node binding, Object subject, String at, @Nullable Node role) {
    String namespace = Trees.string(Trees.get(subject, "namespace"));
    ObjectKey account =
        new ObjectKey(
            "",
            "ServiceAccount",
            namespace.isEmpty() ? binding.namespace() : namespace,
            Trees.string(Trees.get(subject, "name")));
    links.refer(binding, account, Strength.SOFT, false, at);
    for (Node user : users.getOrDefault(account, List.of())) {
      Provenance provenance = Provenance.reference(binding.id() + ": " + at);
      links.soft(user, binding, Links.Rank.ORDER, provenance);
      if (role != null) {
        watched(user, role);
      }
    }
  }

  /** A workload that may watch the objects of a definition is most likely their controller. */
  private void watched(Node user, Node role) {
    if (definitionsByGroup.isEmpty()) {
      return;
    }
    Visitor.each(
        role.manifest().tree(),
        "rules",
        "",
        (rule, at) -> {
          if (!contains(rule, "verbs", "watch")) {
            return;
          }
          for (Node definition : definitions(rule)) {
            String plural = definition.manifest().string("spec", "names", "plural");
            if (contains(rule, "resources", plural)) {
              Provenance provenance = Provenance.reference(role.id() + ": " + at);
              links.soft(user, definition, Links.Rank.ORDER, provenance);
            }
          }
        });
  }

  private List<Node> definitions(Object rule) {
    List<@Nullable Object> groups = Trees.list(Trees.get(rule, "apiGroups"));
    if (groups.contains("*")) {
      return definitions();
    }
    List<Node> found = new ArrayList<>();
    for (Object group : groups) {
      found.addAll(definitionsByGroup.getOrDefault(Trees.string(group), List.of()));
    }
    return found;
  }

  private static boolean contains(Object rule, String field, String wanted) {
    List<@Nullable Object> values = Trees.list(Trees.get(rule, field));
    return values.contains("*") || values.contains(wanted);
  }

  private void account(Node account) {
    for (String field : List.of("imagePullSecrets", "secrets")) {
      Visitor.each(
          account.manifest().tree(),
          field,
          "",
          (secret, at) ->
              links.refer(
                  account,
                  new ObjectKey(
                      "", "Secret", account.namespace(), Trees.string(Trees.get(secret, "name"))),
                  Strength.SOFT,
                  true,
                  at));
    }
  }

  /** The token controller deletes a token whose account is missing. */
  private void token(Node secret) {
    if (secret.manifest().string("type").equals("kubernetes.io/service-account-token")) {
      String annotation = "kubernetes.io/service-account.name";
      String name = secret.manifest().annotations().getOrDefault(annotation, "");
      ObjectKey account = new ObjectKey("", "ServiceAccount", secret.namespace(), name);
      String path = "metadata.annotations[\"" + annotation + "\"]";
      links.refer(secret, account, Strength.HARD, false, path);
    }
  }
}

package io.sailplan.graph;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server calls out to: admission and conversion webhooks, aggregated APIs.
 *
 * <p>A webhook that fails closed while nothing answers blocks every object it looks at, often the
 * pods of its own backend among them. So its configuration comes hard after the Service
 * <em>and</em> the workloads behind it, and what it looks at comes soft after the configuration:
 * then the first deployment is validated and defaulted like every later one, on which the
 * configuration exists before anything is touched. The other order, objects before the
 * configuration, would let in on the first day what is refused on the second. Where the backend
 * itself, or what it needs, is looked at, the circle is broken there, at the object's side.
 */
final class AdmissionReferences {
  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";

  private final Nodes nodes;
  private final Links links;
  private final Map<GroupKind, Node> converted = new HashMap<>();
  private final List<WebhookPatcher> patchers;

  AdmissionReferences(Nodes nodes, Links links) {
    this.nodes = nodes;
    this.links = links;
    this.patchers = WebhookPatcher.findAll(nodes);
    for (Node node : nodes.ofKind("apiextensions.k8s.io", "CustomResourceDefinition")) {
      if (node.manifest().get("spec", "conversion", "webhook", "clientConfig", "service") != null) {
        converted.putIfAbsent(
            new GroupKind(
                node.manifest().string("spec", "group"),
                node.manifest().string("spec", "names", "kind")),
            node);
      }
    }
  }

  void infer(Node node) {
    if (node.key().group().equals(ADMISSION)) {
      if (node.key().kind().endsWith("WebhookConfiguration")) {
        patchers.forEach(patcher -> patcher.link(node, links));
        Visitor.each(node.manifest().tree(), "webhooks", "", (hook, at) -> webhook(node, hook, at));
      } else if (node.key().kind().endsWith("AdmissionPolicyBinding")) {
        policyBinding(node);
      }
    } else if (node.is("apiregistration.k8s.io", "APIService")) {
      Object service = node.manifest().get("spec", "service");
      backend(node, service, Strength.HARD, "spec.service");
    }
    Node definition = converted.get(node.groupKind());
    if (definition != null) {
      conversion(node, definition);
    }
  }

  private void webhook(Node configuration, Object hook, String at) {
    boolean open = Trees.string(Trees.get(hook, "failurePolicy")).equals("Ignore");
    backend(
        configuration,
        Trees.get(hook, "clientConfig", "service"),
        open ? Strength.SOFT : Strength.HARD,
        at + ".clientConfig.service");
    Provenance provenance = Provenance.reference(configuration.id() + ": " + at + ".rules");
    String home = Trees.string(Trees.get(hook, "clientConfig", "service", "namespace"));
    for (Node node : nodes.all()) {
      boolean helper = node.is("batch", "Job") && node.namespace().equals(home);
      // Configurations of webhooks and policies are never shown to webhooks.
      if (!helper && !node.key().group().equals(ADMISSION) && looksAt(hook, node)) {
        links.soft(node, configuration, Links.Rank.ADMISSION, provenance);
        patchers.forEach(patcher -> patcher.linkLookedAt(node, configuration, links));
      }
    }
  }

  private void policyBinding(Node node) {
    String policy = node.key().kind().replace("Binding", "");
    String name = node.manifest().string("spec", "policyName");
    ObjectKey key = new ObjectKey(ADMISSION, policy, "", name);
    links.refer(node, key, Strength.HARD, false, "spec.policyName");
  }

  /** The Service that answers, and whatever runs behind it. */
  private void backend(Node node, @Nullable Object reference, Strength strength, String at) {
    ObjectKey key =
        new ObjectKey(
            "",
            "Service",
            Trees.string(Trees.get(reference, "namespace")),
            Trees.string(Trees.get(reference, "name")));
    links.refer(node, key, strength, strength == Strength.SOFT, at);
    Node service = nodes.find(key);
    if (service != null) {
      Provenance provenance =
          Provenance.reference(at + ", behind " + service.id() + ": spec.selector");
      for (Node workload : nodes.behind(service)) {
        if (strength == Strength.HARD) {
          links.hard(node, workload, provenance);
        } else {
          links.soft(node, workload, Links.Rank.REFERENCE, provenance);
        }
      }
    }
  }

  /** Objects in another than the stored version cannot be written before the converter answers. */
  private void conversion(Node node, Node definition) {
    String at = "spec.conversion.webhook.clientConfig.service";
    Object reference = definition.manifest().get(at.split("\\."));
    Node service =
        nodes.find(
            new ObjectKey(
                "",
                "Service",
                Trees.string(Trees.get(reference, "namespace")),
                Trees.string(Trees.get(reference, "name"))));
    if (service != null) {
      Provenance provenance = Provenance.reference(definition.id() + ": " + at);
      links.soft(node, service, Links.Rank.ORDER, provenance);
      for (Node workload : nodes.behind(service)) {
        links.soft(node, workload, Links.Rank.ORDER, provenance);
      }
    }
  }

  private boolean looksAt(Object hook, Node node) {
    ApiResource api = node.api();
    if (api == null || !inNamespace(hook, node)) {
      return false;
    }
    Object selector = Trees.get(hook, "objectSelector");
    PodTemplate pods = node.pods();
    for (Object rule : Trees.list(Trees.get(hook, "rules"))) {
      if (rule == null
          || !(has(rule, "operations", "CREATE") || has(rule, "operations", "UPDATE"))) {
        continue;
      }
      if (covers(rule, api) && Labels.mayMatch(selector, node.manifest().labels(), key -> true)) {
        return true;
      }
      if (pods != null
          && coversPods(rule)
          && Labels.mayMatch(selector, pods.labels(), key -> true)) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(Object rule, ApiResource api) {
    String scope = Trees.string(Trees.get(rule, "scope"));
    return has(rule, "apiGroups", api.kind().group())
        && has(rule, "apiVersions", api.kind().version())
        && (has(rule, "resources", api.plural()) || has(rule, "resources", "*/*"))
        && (scope.isEmpty()
            || scope.equals("*")
            || scope.equals(api.namespaced() ? "Namespaced" : "Cluster"));
  }

  private static boolean coversPods(Object rule) {
    return has(rule, "apiGroups", "")
        && has(rule, "apiVersions", "v1")
        && (has(rule, "resources", "pods") || has(rule, "resources", "*/*"))
        && !Trees.string(Trees.get(rule, "scope")).equals("Cluster");
  }

  private static boolean has(Object rule, String field, String wanted) {
    List<@Nullable Object> values = Trees.list(Trees.get(rule, field));
    return values.contains("*") || values.contains(wanted);
  }

  /** Labels of a namespace that is not in the application are unknown, and may match. */
  private boolean inNamespace(Object hook, Node node) {
    Object selector = Trees.get(hook, "namespaceSelector");
    if (selector == null) {
      return true;
    }
    boolean isNamespace = node.is("", "Namespace");
    if (node.namespace().isEmpty() && !isNamespace) {
      return true;
    }
    String name = isNamespace ? node.key().name() : node.namespace();
    Node namespace = nodes.find(new ObjectKey("", "Namespace", "", name));
    if (namespace == null) {
      return Labels.mayMatch(selector, Map.of(NAME_LABEL, name), NAME_LABEL::equals);
    }
    Map<String, String> labels = new HashMap<>(namespace.manifest().labels());
    labels.put(NAME_LABEL, name);
    return Labels.mayMatch(selector, labels, key -> true);
  }
}

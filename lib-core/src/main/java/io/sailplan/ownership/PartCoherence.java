package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to go together within one part of an object, by its type. */
final class PartCoherence {
  private static final Map<String, String> METRICS =
      Map.of(
          "ContainerResource", "containerResource",
          "External", "external",
          "Object", "object",
          "Pods", "pods",
          "Resource", "resource");
  private static final Map<String, String> SUBJECTS =
      Map.of("Group", "group", "ServiceAccount", "serviceAccount", "User", "user");

  private static final Map<String, String> MUTATIONS =
      Map.of("ApplyConfiguration", "applyConfiguration", "JSONPatch", "jsonPatch");

  private PartCoherence() {}

  static void check(
      String type, Map<String, @Nullable Object> part, String path, Coherence.Errors errors) {
    switch (type) {
      case "core.v1.EnvVar":
        if (!Coherence.isEmpty(part.get("value")) && part.get("valueFrom") != null) {
          errors.add(path, "may not have both value and valueFrom");
        }
        break;
      case "core.v1.Container":
        container(part, path, errors);
        break;
      case "apps.v1.DeploymentStrategy":
        without(part, "type", "Recreate", "rollingUpdate", path, errors);
        break;
      case "apps.v1.StatefulSetUpdateStrategy":
        without(part, "type", "OnDelete", "rollingUpdate", path, errors);
        break;
      case "flowcontrol.v1.LimitResponse":
        without(part, "type", "Reject", "queuing", path, errors);
        break;
      case "flowcontrol.v1.Subject":
        selected(part, SUBJECTS, Trees.string(part.get("kind")), path, errors);
        break;
      case "autoscaling.v2.MetricSpec":
        selected(part, METRICS, Trees.string(part.get("type")), path, errors);
        break;
      case "networking.v1.NetworkPolicyPort":
        if (part.get("endPort") != null && !(part.get("port") instanceof Long)) {
          errors.add(path + ".endPort", "is only for a port that is a number");
        }
        break;
      case "networking.v1.NetworkPolicyPeer":
        peer(part, path, errors);
        break;
      case "admissionregistration.v1.Mutation":
        selected(part, MUTATIONS, Trees.string(part.get("patchType")), path, errors);
        break;
      case "admissionregistration.v1.RuleWithOperations":
      case "admissionregistration.v1.NamedRuleWithOperations":
        stars(part, path, errors);
        break;
      case "meta.v1.LabelSelectorRequirement":
      case "core.v1.NodeSelectorRequirement":
      case "core.v1.ScopedResourceSelectorRequirement":
        values(part, path, errors);
        break;
      case "networking.v1.HTTPIngressPath":
        if (!"ImplementationSpecific".equals(part.get("pathType"))
            && !Trees.string(part.get("path")).startsWith("/")) {
          errors.add(path + ".path", "must be an absolute path");
        }
        break;
      case "networking.v1.HTTPIngressRuleValue":
        if (Coherence.isEmpty(part.get("paths"))) {
          errors.add(path + ".paths", "is required");
        }
        break;
      case "core.v1.PersistentVolumeClaimTemplate":
      case "resource.v1.ResourceClaimTemplateSpec":
        template(part, path, errors);
        break;
      case "discovery.v1.EndpointSlice":
        distinct(part.get("ports"), path + ".ports", false, errors);
        break;
      case "core.v1.EndpointSubset":
        distinct(part.get("ports"), path + ".ports", true, errors);
        break;
      case "resource.v1.DeviceRequest":
        distinct(part.get("firstAvailable"), path + ".firstAvailable", false, errors);
        break;
      case "flowcontrol.v1.ResourcePolicyRule":
        if (!Boolean.TRUE.equals(part.get("clusterScope"))
            && Coherence.isEmpty(part.get("namespaces"))) {
          errors.add(path + ".namespaces", "is required unless clusterScope is true");
        }
        break;
      case "rbac.v1.PolicyRule":
        rule(part, path, errors);
        break;
      default:
        break;
    }
  }

  /** What stands for everything stands alone. */
  private static void stars(
      Map<String, @Nullable Object> rule, String path, Coherence.Errors errors) {
    for (String field : List.of("apiGroups", "apiVersions", "operations")) {
      List<@Nullable Object> values = Trees.list(rule.get(field));
      if (values.size() > 1 && values.contains("*")) {
        errors.add(path + "." + field, "* stands alone");
      }
    }
  }

  private static void values(
      Map<String, @Nullable Object> demand, String path, Coherence.Errors errors) {
    boolean none = Coherence.isEmpty(demand.get("values"));
    switch (Trees.string(demand.get("operator"))) {
      case "In":
      case "NotIn":
        if (none) {
          errors.add(path + ".values", "are required for In and NotIn");
        }
        break;
      case "Exists":
      case "DoesNotExist":
        if (!none) {
          errors.add(path + ".values", "are not for Exists and DoesNotExist");
        }
        break;
      default:
        break;
    }
  }

  /** Objects made from a template get their names by themselves. */
  private static void template(
      Map<String, @Nullable Object> part, String path, Coherence.Errors errors) {
    Trees.object(part.get("metadata"))
        .forEach(
            (field, value) -> {
              if (value != null && !field.equals("labels") && !field.equals("annotations")) {
                errors.add(path + ".metadata." + field, "cannot be set");
              }
            });
  }

  private static void distinct(
      @Nullable Object list, String path, boolean named, Coherence.Errors errors) {
    List<@Nullable Object> items = Trees.list(list);
    Set<String> names = new HashSet<>();
    for (Object item : items) {
      String name = Trees.string(Trees.get(item, "name"));
      if (named && items.size() > 1 && name.isEmpty()) {
        errors.add(path, "each needs a name where there are several");
      } else if (!names.add(name)) {
        errors.add(path, "two have the same name");
      }
    }
  }

  private static void container(
      Map<String, @Nullable Object> container, String path, Coherence.Errors errors) {
    Set<Object> names = new HashSet<>();
    for (Object port : Trees.list(container.get("ports"))) {
      Object name = Trees.get(port, "name");
      if (!Coherence.isEmpty(name) && !names.add(name)) {
        errors.add(path + ".ports", "two have the same name");
      }
    }
    Map<String, @Nullable Object> limits =
        Trees.object(Trees.get(container, "resources", "limits"));
    Trees.object(Trees.get(container, "resources", "requests"))
        .forEach(
            (resource, amount) -> {
              if (amount instanceof String asked
                  && limits.get(resource) instanceof String limit
                  && Quantities.isQuantity(asked)
                  && Quantities.isQuantity(limit)
                  && Quantities.compare(asked, limit) > 0) {
                errors.add(path + ".resources.requests", "more " + resource + " than the limit");
              }
            });
  }

  private static void without(
      Map<String, @Nullable Object> part,
      String by,
      String value,
      String field,
      String path,
      Coherence.Errors errors) {
    if (value.equals(part.get(by)) && part.get(field) != null) {
      errors.add(path + "." + field, "may not be there where " + by + " is " + value);
    }
  }

  /** Only the field that belongs to the selected value may be set, and has to be. */
  private static void selected(
      Map<String, @Nullable Object> part,
      Map<String, String> fields,
      String value,
      String path,
      Coherence.Errors errors) {
    fields.forEach(
        (selection, field) -> {
          boolean wanted = selection.equals(value);
          if (fields.containsKey(value) && wanted == (part.get(field) == null)) {
            errors.add(path + "." + field, wanted ? "is required" : "does not belong to " + value);
          }
        });
  }

  private static void peer(
      Map<String, @Nullable Object> peer, String path, Coherence.Errors errors) {
    boolean pods = peer.get("podSelector") != null || peer.get("namespaceSelector") != null;
    boolean block = peer.get("ipBlock") != null;
    if (pods == block) {
      errors.add(path, block ? "has both an ipBlock and selectors" : "names no peer");
    }
  }

  private static void rule(
      Map<String, @Nullable Object> rule, String path, Coherence.Errors errors) {
    boolean urls = !Coherence.isEmpty(rule.get("nonResourceURLs"));
    for (String field : List.of("apiGroups", "resources")) {
      if (urls != Coherence.isEmpty(rule.get(field))) {
        errors.add(path + "." + field, urls ? "does not go with nonResourceURLs" : "is required");
      }
    }
    if (urls && !Coherence.isEmpty(rule.get("resourceNames"))) {
      errors.add(path + ".resourceNames", "does not go with nonResourceURLs");
    }
    if (Coherence.isEmpty(rule.get("verbs"))) {
      errors.add(path + ".verbs", "is required");
    }
  }
}

package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules between fields, by the name of the type that holds them. Source: the validation of each
 * kind in Kubernetes 1.36, tried on a real server.
 */
final class CrossRules {
  private static final Map<String, CrossRule> BY_TYPE = rules();

  private static final long HIGHEST_PRIORITY = 1_000_000_000;

  private CrossRules() {}

  /** Returns the rule of a type; null if there is none. */
  static @Nullable CrossRule of(String type) {
    return BY_TYPE.get(type);
  }

  private static Map<String, CrossRule> rules() {
    Map<String, CrossRule> rules = new HashMap<>();
    PodRules.addTo(rules);
    WorkloadRules.addTo(rules);
    NetworkRules.addTo(rules);
    ConfigRules.addTo(rules);
    rules.put("meta.v1.LabelSelectorRequirement", CrossRules::labelRequirement);
    rules.put("core.v1.NodeSelectorRequirement", CrossRules::nodeRequirement);
    rules.put("rbac.v1.PolicyRule", CrossRules::policy);
    rules.put("rbac.v1.Role", CrossRules::role);
    rules.put("scheduling.v1.PriorityClass", CrossRules::priority);
    return rules;
  }

  private static void labelRequirement(At requirement) {
    operator(requirement, List.of("In", "NotIn", "Exists", "DoesNotExist"));
  }

  private static void nodeRequirement(At requirement) {
    operator(requirement, List.of("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"));
    boolean compares = List.of("Gt", "Lt").contains(requirement.text("operator"));
    if (compares && requirement.list("values").size() != 1) {
      requirement.wrong("values", " must hold one number", "Write a single number, in quotes.");
    }
  }

  private static void operator(At requirement, List<String> operators) {
    String operator = requirement.text("operator");
    if (operator.isEmpty()) {
      return;
    }
    boolean some = !requirement.list("values").isEmpty();
    if (!operators.contains(operator)) {
      requirement.wrong(
          "operator", " must be one of " + String.join(", ", operators), "Choose one of them.");
    } else if (operator.endsWith("In") && !some) {
      requirement.missing("values", "Name the values that " + operator + " compares with.");
    } else if (operator.contains("Exist") && some) {
      requirement.wrong(
          "values", " must be empty where the operator is " + operator, "Remove the values.");
    }
  }

  private static void policy(At rule) {
    if (rule.list("verbs").isEmpty()) {
      rule.missing("verbs", "Name what is allowed, such as get, list and watch.");
    }
    boolean urls = !rule.list("nonResourceURLs").isEmpty();
    boolean resources =
        !rule.list("apiGroups").isEmpty()
            || !rule.list("resources").isEmpty()
            || !rule.list("resourceNames").isEmpty();
    if (urls && resources) {
      rule.wrong(
          "nonResourceURLs",
          " cannot stand beside resources",
          "Write two rules, one for resources and one for URLs.");
    } else if (!urls && rule.list("apiGroups").isEmpty()) {
      rule.missing("apiGroups", "Name the groups; the core group is \"\".");
    } else if (!urls && rule.list("resources").isEmpty()) {
      rule.missing("resources", "Name the resources, such as pods.");
    }
  }

  private static void role(At role) {
    for (At rule : role.items("rules")) {
      if (!rule.list("nonResourceURLs").isEmpty()) {
        rule.wrong("nonResourceURLs", " cannot be in a Role", "Write a ClusterRole for it.");
      }
    }
  }

  private static void priority(At object) {
    boolean system = object.child("metadata").text("name").startsWith("system-");
    if (object.number("value", 0) > HIGHEST_PRIORITY && !system) {
      object.wrong(
          "value",
          " is above " + HIGHEST_PRIORITY + ", which is for the system",
          "Write at most " + HIGHEST_PRIORITY + ".");
    }
  }
}

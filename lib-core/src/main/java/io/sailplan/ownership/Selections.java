package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Objects in which the value of one field says which of the others may be there, and must. */
final class Selections {
  private Selections() {}

  /**
   * One of them.
   *
   * @param by the field that selects
   * @param fields which field belongs to which value
   * @param needed the fields that must be there where they are selected
   */
  private record Selection(String by, Map<String, String> fields, Set<String> needed) {
    void check(At object) {
      String value = object.text(by);
      if (value.isEmpty()) {
        return;
      }
      new TreeMap<>(fields)
          .forEach(
              (selected, field) -> {
                boolean there = object.get(field) != null;
                if (!selected.equals(value) && there) {
                  object.wrong(
                      field,
                      " cannot stand beside " + by + " " + value,
                      "Remove it, or write " + by + ": " + selected + ".");
                } else if (selected.equals(value) && !there && needed.contains(field)) {
                  object.missing(field, "It is needed where " + by + " is " + value + ".");
                }
              });
    }
  }

  static void addTo(CrossRules.Table rules) {
    all(
        rules,
        "flowcontrol.v1.Subject",
        "kind",
        Map.of("Group", "group", "ServiceAccount", "serviceAccount", "User", "user"));
    all(
        rules,
        "autoscaling.v2.MetricSpec",
        "type",
        Map.of(
            "ContainerResource", "containerResource",
            "External", "external",
            "Object", "object",
            "Pods", "pods",
            "Resource", "resource"));
    all(
        rules,
        "admissionregistration.v1.Mutation",
        "patchType",
        Map.of("ApplyConfiguration", "applyConfiguration", "JSONPatch", "jsonPatch"));
    all(rules, "core.v1.SeccompProfile", "type", Map.of("Localhost", "localhostProfile"));
    all(rules, "core.v1.AppArmorProfile", "type", Map.of("Localhost", "localhostProfile"));
    all(
        rules,
        "apiextensions.v1.CustomResourceConversion",
        "strategy",
        Map.of("Webhook", "webhook"));
    some(rules, "apps.v1.DeploymentStrategy", "type", Map.of("RollingUpdate", "rollingUpdate"));
    some(
        rules,
        "apps.v1.StatefulSetUpdateStrategy",
        "type",
        Map.of("RollingUpdate", "rollingUpdate"));
    some(rules, "flowcontrol.v1.LimitResponse", "type", Map.of("Queue", "queuing"));
    rules.add(
        "flowcontrol.v1.PriorityLevelConfigurationSpec",
        new Selection("type", Map.of("Exempt", "exempt", "Limited", "limited"), Set.of("limited"))
            ::check);
  }

  private static void all(
      CrossRules.Table rules, String type, String by, Map<String, String> fields) {
    rules.add(type, new Selection(by, fields, Set.copyOf(fields.values()))::check);
  }

  private static void some(
      CrossRules.Table rules, String type, String by, Map<String, String> fields) {
    rules.add(type, new Selection(by, fields, Set.of())::check);
  }
}

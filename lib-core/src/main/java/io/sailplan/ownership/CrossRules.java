package io.sailplan.ownership;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server demands of several fields together, by the type that has them. One table for
 * what is declared and for what would be stored: so nothing that is stored is refused that was
 * taken when declared, unless others have written into it.
 */
final class CrossRules {
  private static final Map<String, CrossRule> BY_TYPE = rules();

  private CrossRules() {}

  /** Returns the rule of a type; null if there is none. */
  static @Nullable CrossRule of(String type) {
    return BY_TYPE.get(type);
  }

  private static Map<String, CrossRule> rules() {
    Table table = new Table(new HashMap<>());
    Unions.addTo(table);
    Selections.addTo(table);
    SelectorRules.addTo(table);
    PodRules.addTo(table);
    ContainerRules.addTo(table);
    ResourceRules.addTo(table);
    WorkloadRules.addTo(table);
    JobRules.addTo(table);
    ScalingRules.addTo(table);
    NetworkRules.addTo(table);
    StorageRules.addTo(table);
    ConfigRules.addTo(table);
    PolicyRules.addTo(table);
    QuotaRules.addTo(table);
    EventRules.addTo(table);
    return table.rules();
  }

  /** Rules by type; several of one type are checked one after the other. */
  record Table(Map<String, CrossRule> rules) {
    void add(String type, CrossRule rule) {
      rules.merge(type, rule, CrossRule::and);
    }
  }
}

package io.sailplan.planning;

import io.sailplan.graph.Labels;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To which writes a webhook, a policy or a binding applies.
 *
 * @param rules the rules, of which one has to match; empty for all requests
 * @param excluded rules that take requests out again
 * @param exact whether rules have to name the version of the request
 * @param object the selector of objects; null for all
 * @param namespace the selector of namespaces; null for all
 */
record AdmissionMatch(
    List<AdmissionRule> rules,
    List<AdmissionRule> excluded,
    boolean exact,
    @Nullable Object object,
    @Nullable Object namespace) {

  static AdmissionMatch of(Map<String, @Nullable Object> tree, String rules) {
    return new AdmissionMatch(
        Trees.list(tree.get(rules)).stream().map(AdmissionRule::of).toList(),
        Trees.list(tree.get("excludeResourceRules")).stream().map(AdmissionRule::of).toList(),
        "Exact".equals(tree.get("matchPolicy")),
        tree.get("objectSelector"),
        tree.get("namespaceSelector"));
  }

  /** Returns whether it may apply to a write; false only if it certainly does not. */
  boolean mayMatch(Write write, World world) {
    return (rules.isEmpty() || rules.stream().anyMatch(rule -> rule.matches(write, exact)))
        && excluded.stream().noneMatch(rule -> rule.matches(write, true))
        && selectsObject(write)
        && selectsNamespace(write, world);
  }

  /** It counts if the object matches as it is, or as it will be. */
  private boolean selectsObject(Write write) {
    return selects(object, write.result().labels())
        || (write.live() != null && selects(object, write.live().manifest().labels()));
  }

  private boolean selectsNamespace(Write write, World world) {
    String home = write.result().namespace();
    if (Trees.object(namespace).isEmpty() || (home.isEmpty() && !write.isNamespace())) {
      return true; // no selector spares what lives in no namespace
    }
    if (write.isNamespace()) {
      return selects(namespace, write.result().labels());
    }
    List<Map<String, String>> possible = world.labelsOfNamespace(home);
    return possible.isEmpty() || possible.stream().anyMatch(labels -> selects(namespace, labels));
  }

  private static boolean selects(@Nullable Object selector, Map<String, String> labels) {
    return Labels.mayMatch(selector, labels, key -> true);
  }
}

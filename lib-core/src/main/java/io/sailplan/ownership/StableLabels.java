package io.sailplan.ownership;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels of nodes that have got another name since; terms may move from the old one to it. */
final class StableLabels {
  private static final Map<String, String> STABLE =
      Map.of(
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
          "beta.kubernetes.io/os", "kubernetes.io/os",
          "beta.kubernetes.io/arch", "kubernetes.io/arch",
          "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type");

  private StableLabels() {}

  /** Returns whether both are the same, but that labels of the second may have their new name. */
  static boolean same(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
      return one.keySet().equals(other.keySet())
          && one.keySet().stream()
              .allMatch(
                  field ->
                      same(one.get(field), other.get(field))
                          || (field.equals("key")
                              && String.valueOf(other.get(field))
                                  .equals(STABLE.get(String.valueOf(one.get(field))))));
    }
    if (before instanceof List<?> one && after instanceof List<?> other) {
      if (one.size() != other.size()) {
        return false;
      }
      for (int i = 0; i < one.size(); i++) {
        if (!same(one.get(i), other.get(i))) {
          return false;
        }
      }
      return true;
    }
    return Values.equal(before, after);
  }
}

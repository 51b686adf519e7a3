package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What quotas and ranges of limits demand of their own fields together. */
final class QuotaRules {
  private static final Set<String> OF_PODS =
      Set.of(
          "cpu",
          "limits.cpu",
          "limits.memory",
          "memory",
          "pods",
          "requests.cpu",
          "requests.memory");
  private static final Set<String> OF_OTHERS =
      Set.of(
          "configmaps",
          "ephemeral-storage",
          "limits.ephemeral-storage",
          "persistentvolumeclaims",
          "replicationcontrollers",
          "requests.ephemeral-storage",
          "requests.storage",
          "resourcequotas",
          "secrets",
          "services",
          "services.loadbalancers",
          "services.nodeports");
  private static final List<Set<String>> OPPOSITE =
      List.of(Set.of("BestEffort", "NotBestEffort"), Set.of("Terminating", "NotTerminating"));
  private static final Set<String> ONLY_THERE =
      Set.of(
          "BestEffort",
          "CrossNamespacePodAffinity",
          "NotBestEffort",
          "NotTerminating",
          "Terminating");

  private QuotaRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.ResourceQuotaSpec", QuotaRules::quota);
    rules.add("core.v1.LimitRangeSpec", QuotaRules::types);
    rules.add("core.v1.LimitRangeItem", QuotaRules::limits);
  }

  /** A quota of some pods counts nothing but pods and what they ask for. */
  private static void quota(At spec) {
    Set<String> scopes = new TreeSet<>();
    spec.list("scopes").forEach(scope -> scopes.add(Trees.string(scope)));
    Set<String> selected = new TreeSet<>();
    for (At demand : spec.child("scopeSelector").items("matchExpressions")) {
      String scope = demand.text("scopeName");
      selected.add(scope);
      if (ONLY_THERE.contains(scope) && demand.has("operator") && !demand.isOpen("operator")) {
        if (!demand.text("operator").equals("Exists")) {
          demand.wrong("operator", " must be Exists for the scope " + scope, "Write Exists.");
        }
      }
    }
    for (Set<String> both : OPPOSITE) {
      if (scopes.containsAll(both) || selected.containsAll(both)) {
        spec.wrong(
            scopes.containsAll(both) ? "scopes" : "scopeSelector",
            " has " + String.join(" and ", new TreeSet<>(both)),
            "Keep one of them.");
      }
    }
    scopes.addAll(selected);
    scopes.remove("VolumeAttributesClass");
    boolean idle = scopes.contains("BestEffort");
    for (String resource : spec.child("hard").tree().keySet()) {
      boolean foreign = OF_OTHERS.contains(resource);
      boolean amount = idle && OF_PODS.contains(resource) && !resource.equals("pods");
      if (!scopes.isEmpty() && (foreign || amount)) {
        spec.child("hard")
            .wrong(
                resource,
                " is not counted by a quota with these scopes",
                "Write a quota without scopes for it.");
      }
    }
  }

  private static void types(At spec) {
    Set<String> types = new HashSet<>();
    for (At item : spec.items("limits")) {
      if (item.has("type") && !item.isOpen("type") && !types.add(item.text("type"))) {
        item.add(
            ProblemCode.DUPLICATE, "type", " is that of another item", "Write them as one item.");
      }
    }
  }

  /** Of what is not shared, what is asked for is the limit. */
  private static void rationed(At item, String type) {
    At asked = item.child("defaultRequest");
    for (String name : asked.tree().keySet()) {
      boolean shared =
          !name.startsWith("hugepages-")
              && (!name.contains("/") || name.contains("kubernetes.io/"));
      Object given = item.child("default").get(name);
      given = given == null ? item.child("max").get(name) : given;
      if (type.equals("Container")
          && !shared
          && given != null
          && !Quantities.value(given).equals(Quantities.value(asked.get(name)))) {
        asked.wrong(name, " is not the default limit", "Write the same: it is not shared.");
      }
    }
  }

  private static void limits(At item) {
    String type = item.text("type");
    At min = item.child("min");
    At max = item.child("max");
    if (type.equals("Pod")) {
      for (String field : List.of("default", "defaultRequest")) {
        if (!item.child(field).tree().isEmpty()) {
          item.wrong(field, " cannot be in limits of the type Pod", "Remove it.");
        }
      }
    }
    if (type.equals("PersistentVolumeClaim") && !min.has("storage") && !max.has("storage")) {
      max.missing("storage", "Write it, or the least below min.");
    }
    if (type.equals("Container") || type.equals("Pod")) {
      for (String field : List.of("min", "max", "default", "defaultRequest")) {
        At amounts = item.child(field);
        if (amounts.get("storage") != null) {
          amounts.wrong("storage", " is nothing that a container asks for", "Remove it.");
        }
      }
    }
    List<String> rising = List.of("min", "defaultRequest", "default", "max");
    for (int low = 0; low < rising.size(); low++) {
      for (int high = low + 1; high < rising.size(); high++) {
        order(item, rising.get(low), rising.get(high));
      }
    }
    rationed(item, type);
    At ratio = item.child("maxLimitRequestRatio");
    for (String name : ratio.tree().keySet()) {
      if (Quantities.value(ratio.get(name))
          .filter(value -> value.compareTo(BigDecimal.ONE) < 0)
          .isPresent()) {
        ratio.wrong(name, " is below 1", "Write at least 1.");
      } else if (min.has(name)
          && max.has(name)
          && isAbove(ratio.get(name), min.get(name), max.get(name))) {
        ratio.wrong(name, " is above what max and min allow", "Lower it.");
      }
    }
  }

  private static void order(At item, String low, String high) {
    At least = item.child(low);
    for (String name : least.tree().keySet()) {
      Optional<BigDecimal> one = Quantities.value(least.get(name));
      Optional<BigDecimal> other = Quantities.value(item.child(high).get(name));
      if (one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) > 0) {
        least.wrong(name, " is above " + high, "Lower it, or raise " + high + ".");
      }
    }
  }

  /** Whether a ratio is more than what lies between least and most. */
  private static boolean isAbove(
      @Nullable Object ratio, @Nullable Object least, @Nullable Object most) {
    Optional<BigDecimal> asked = Quantities.value(ratio);
    Optional<BigDecimal> from = Quantities.value(least);
    Optional<BigDecimal> to = Quantities.value(most);
    return asked.isPresent()
        && from.isPresent()
        && to.isPresent()
        && from.get().signum() > 0
        && asked.get().multiply(from.get()).compareTo(to.get()) > 0;
  }
}

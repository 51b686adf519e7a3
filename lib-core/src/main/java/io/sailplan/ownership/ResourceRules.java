package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What requests and limits demand of each other, in containers and in whole pods. */
final class ResourceRules {
  private ResourceRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.ResourceRequirements", ResourceRules::requirements);
    rules.add("core.v1.PodSpec", ResourceRules::pod);
  }

  private static void requirements(At resources) {
    At limits = resources.child("limits");
    At requests = resources.child("requests");
    boolean huge = false;
    boolean basic = false;
    for (At amounts : List.of(limits, requests)) {
      for (String name : amounts.tree().keySet()) {
        huge |= isHuge(name);
        basic |= name.equals("cpu") || name.equals("memory");
        if (isExtended(name) && isBroken(amounts.get(name))) {
          amounts.wrong(name, " must be whole", "Write a whole number.");
        }
      }
    }
    requests.tree().keySet().forEach(name -> request(requests, limits, name));
    if (huge && !basic) {
      limits.add(
          ProblemCode.MISSING_FIELD,
          "",
          " has huge pages without cpu or memory",
          "Ask for cpu or memory as well.");
    }
  }

  /**
   * Some may be promised more often than they are there; of the others the limit is the request.
   */
  private static void request(At requests, At limits, String name) {
    boolean single = isExtended(name) || isHuge(name);
    if (single && !limits.has(name)) {
      limits.missing(name, "Write the same as in requests: it is not shared.");
      return;
    }
    Optional<BigDecimal> asked = Quantities.value(requests.get(name));
    Optional<BigDecimal> most = Quantities.value(limits.get(name));
    int order = asked.isEmpty() || most.isEmpty() ? 0 : asked.get().compareTo(most.get());
    if (order > 0) {
      requests.wrong(
          name,
          " is " + requests.get(name) + ", above the limit of " + limits.get(name),
          "Ask for less, or raise the limit.");
    } else if (order < 0 && single) {
      requests.wrong(
          name,
          " is " + requests.get(name) + ", not the limit of " + limits.get(name),
          "Write the same in both: it is not shared.");
    }
  }

  /** What the containers of a pod get together is within what the pod gets. */
  private static void pod(At pod) {
    At resources = pod.child("resources");
    if (resources.tree().isEmpty()) {
      return;
    }
    At limits = resources.child("limits");
    for (At container : pod.items("containers")) {
      At own = container.child("resources").child("limits");
      for (String name : own.tree().keySet()) {
        if (isAbove(own.get(name), limits.get(name))) {
          own.wrong(name, " is above the limit of the pod", "Lower it, or raise that of the pod.");
        }
      }
    }
    Map<String, @Nullable Object> requests = resources.child("requests").tree();
    for (Map.Entry<String, @Nullable Object> request : requests.entrySet()) {
      Optional<BigDecimal> all = Quantities.value(request.getValue());
      if (all.isPresent() && sum(pod, request.getKey()).compareTo(all.get()) > 0) {
        resources
            .child("requests")
            .wrong(request.getKey(), " is below what the containers ask for", "Raise it.");
      }
    }
  }

  /** What is asked for at once: by all containers, and by sidecars beside what runs before. */
  private static BigDecimal sum(At pod, String resource) {
    BigDecimal sidecars = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.ZERO;
    for (At init : pod.items("initContainers")) {
      BigDecimal asked = request(init, resource);
      if (init.text("restartPolicy").equals("Always")) {
        sidecars = sidecars.add(asked);
        most = most.max(sidecars);
      } else {
        most = most.max(sidecars.add(asked));
      }
    }
    List<At> containers = new ArrayList<>(pod.items("containers"));
    BigDecimal running = sidecars;
    for (At container : containers) {
      running = running.add(request(container, resource));
    }
    return running.max(most);
  }

  private static BigDecimal request(At container, String resource) {
    return Quantities.value(container.child("resources").child("requests").get(resource))
        .orElse(BigDecimal.ZERO);
  }

  private static boolean isAbove(@Nullable Object one, @Nullable Object other) {
    Optional<BigDecimal> first = Quantities.value(one);
    Optional<BigDecimal> second = Quantities.value(other);
    return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) > 0;
  }

  private static boolean isBroken(@Nullable Object amount) {
    return Quantities.value(amount)
        .filter(value -> value.stripTrailingZeros().scale() > 0)
        .isPresent();
  }

  static boolean isExtended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  static boolean isHuge(String name) {
    return name.startsWith("hugepages-");
  }
}

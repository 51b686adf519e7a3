package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a Service cannot change: addresses once they are given, while the type needs any. A
 * second family may come and go.
 */
final class ServiceImmutability {
  private static final String ONCE_SET = "may not change once set";
  private static final String[] IPS = {"spec", "clusterIPs"};
  private static final String[] FAMILIES = {"spec", "ipFamilies"};

  private ServiceImmutability() {}

  static void check(Transition service) {
    if (isOfOtherFamily(service)) {
      return; // found while addresses are given, before anything is compared
    }
    addresses(service);
    families(service);
    balancer(service);
    healthCheckPort(service);
  }

  private static boolean isOfOtherFamily(Transition service) {
    List<@Nullable Object> ips = addressesAfter(service);
    List<@Nullable Object> families = Trees.list(service.next().get(FAMILIES));
    boolean found = false;
    if (!isExternal(service) && !isHeadless(ips) && service.differs(FAMILIES)) {
      for (int i = 0; i < Math.min(ips.size(), families.size()); i++) {
        String family = Trees.string(ips.get(i)).contains(":") ? "IPv6" : "IPv4";
        if (!family.equals(families.get(i))) {
          service.invalid(
              "spec.clusterIPs[" + i + "]",
              ips.get(i),
              "expected an " + families.get(i) + " value as indicated by `ipFamilies[" + i + "]`",
              FAMILIES);
          found = true;
        }
      }
    }
    return found;
  }

  private static void healthCheckPort(Transition service) {
    String[] path = {"spec", "healthCheckNodePort"};
    if (needsHealthCheck(service.live())
        && needsHealthCheck(service.next())
        && service.differs(path)) {
      service.forbidden("spec.healthCheckNodePort", "field is immutable", path);
    }
  }

  private static void addresses(Transition service) {
    List<@Nullable Object> before = ips(service.live());
    List<@Nullable Object> after = addressesAfter(service);
    if (isExternal(service) || (isHeadless(before) && isHeadless(after))) {
      return;
    }
    if (before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        if (!Values.equal(before.get(i), after.get(i))) {
          service.invalid("spec.clusterIPs[" + i + "]", after, ONCE_SET, changedIps(service));
        }
      }
      return;
    }
    if (after.isEmpty()) {
      service.invalid(
          "spec.clusterIPs[0]", after, "primary clusterIP can not be unset", changedIps(service));
    } else if (!before.isEmpty() && !Values.equal(before.get(0), after.get(0))) {
      service.invalid("spec.clusterIPs[0]", after, ONCE_SET, changedIps(service));
    }
    released(service, before.size(), after.size(), "clusterIP");
  }

  private static void families(Transition service) {
    List<@Nullable Object> before = Trees.list(service.live().get(FAMILIES));
    List<@Nullable Object> after = Trees.list(service.next().get(FAMILIES));
    if (isExternal(service)
        || isHeadless(ips(service.live()))
        || isHeadless(addressesAfter(service))) {
      return;
    }
    if (before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        if (!Values.equal(before.get(i), after.get(i))) {
          service.invalid("spec.ipFamilies[0]", after, ONCE_SET, FAMILIES);
        }
      }
      return;
    }
    if (!before.isEmpty() && !after.isEmpty() && !Values.equal(before.get(0), after.get(0))) {
      service.invalid("spec.ipFamilies[0]", addressesAfter(service), ONCE_SET, FAMILIES);
    }
    released(service, before.size(), after.size(), "ipFamily");
  }

  private static void balancer(Transition service) {
    String[] path = {"spec", "loadBalancerClass"};
    if (isBalanced(service.live()) && isBalanced(service.next()) && service.differs(path)) {
      service.invalid("spec.loadBalancerClass", service.next().get(path), ONCE_SET, path);
    }
  }

  /** Only who asks for one stack may give the second one back. */
  private static void released(Transition service, int before, int after, String what) {
    String policy = service.next().string("spec", "ipFamilyPolicy");
    if (after < before && after == 1 && !policy.equals("SingleStack")) {
      service.invalid(
          "spec.ipFamilyPolicy",
          policy,
          "must be set to 'SingleStack' when releasing the secondary " + what,
          what.equals("clusterIP") ? IPS : FAMILIES);
    }
  }

  /** Who writes only the single address means the list as well. */
  private static List<@Nullable Object> addressesAfter(Transition service) {
    List<@Nullable Object> ips = ips(service.next());
    String single = service.next().string("spec", "clusterIP");
    boolean onlySingle =
        service.differs("spec", "clusterIP") && Values.equal(ips, ips(service.live()));
    if (!onlySingle) {
      return ips;
    }
    List<@Nullable Object> meant = new ArrayList<>();
    if (!single.isEmpty()) {
      meant.add(single);
    }
    return meant;
  }

  private static String[] changedIps(Transition service) {
    return service.differs("spec", "clusterIP") ? new String[] {"spec", "clusterIP"} : IPS;
  }

  private static List<@Nullable Object> ips(Manifest service) {
    return Trees.list(service.get(IPS));
  }

  private static boolean isHeadless(List<@Nullable Object> ips) {
    return ips.size() == 1 && "None".equals(ips.get(0));
  }

  private static boolean isExternal(Transition service) {
    return service.live().string("spec", "type").equals("ExternalName")
        || service.next().string("spec", "type").equals("ExternalName");
  }

  private static boolean isBalanced(Manifest service) {
    return service.string("spec", "type").equals("LoadBalancer");
  }

  private static boolean needsHealthCheck(Manifest service) {
    return isBalanced(service) && service.string("spec", "externalTrafficPolicy").equals("Local");
  }
}

package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.List;
import java.util.Map;

/**
 * Gives a Service of type LoadBalancer the address that its annotation asks for. Others stay
 * without one, as in a cluster that has no load balancer.
 */
final class LoadBalancer extends Controller {
  static final String ADDRESS = "kubelet.test.sailplan.io/address";

  LoadBalancer(ControllerClient client) {
    super(client, Kind.SERVICE);
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest service = client.get(key);
    if (service == null || !service.string("spec", "type").equals("LoadBalancer")) {
      return;
    }
    String address = service.annotations().getOrDefault(ADDRESS, "");
    if (!address.isEmpty()) {
      Map<String, ?> ingress = Tree.of("ip", address, "ipMode", "VIP");
      client.updateStatusAs(
          service, Tree.of("loadBalancer", Tree.of("ingress", List.of(ingress))), "kubelet");
    }
  }
}

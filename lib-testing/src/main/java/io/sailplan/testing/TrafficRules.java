package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/** What of traffic and addresses is fixed. */
final class TrafficRules {
  private static final String IMMUTABLE = "field is immutable";
  private static final String ONCE_SET = "may not change once set";

  private static final String SERVICE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: $ns}
      spec:
        type: ClusterIP
        selector: {app: web}
        ports: [{port: 80}]
      """;

  private TrafficRules() {}

  static List<KindRules> all() {
    return Stream.of(
            theAddressOfAServiceIsFixedWhileItNeedsOne(),
            aServiceWithoutAddressStaysSo(),
            aBalancedServiceKeepsItsClassAndHealthCheck(),
            slicesOfEndpointsKeepTheKindOfAddress(),
            rangesOfAddressesOnlyGetASecondFamily(),
            aNodeKeepsItsAddressesOnceItHasSome())
        .flatMap(List::stream)
        .toList();
  }

  private static List<KindRules> theAddressOfAServiceIsFixedWhileItNeedsOne() {
    return List.of(
        KindRules.of("Service with an address", SERVICE)
            .cannot("type: ClusterIP", "clusterIP: None", "spec.clusterIPs[0]", ONCE_SET)
            .cannot("type: ClusterIP", "clusterIP: 10.96.200.201", "spec.clusterIPs[0]", ONCE_SET)
            .cannot(
                "type: ClusterIP",
                "ipFamilies: [IPv6]",
                "spec.clusterIPs[0]",
                "expected an IPv6 value as indicated by `ipFamilies[0]`")
            .can("type: ClusterIP", "type: NodePort")
            .can("type: ClusterIP", "type: LoadBalancer")
            .can("type: ClusterIP", "type: ExternalName\n  externalName: example.com")
            .can("type: ClusterIP", "ipFamilyPolicy: PreferDualStack")
            .can("type: ClusterIP", "sessionAffinity: ClientIP")
            .can("app: web", "app: shop")
            .can("port: 80", "port: 81"));
  }

  private static List<KindRules> aServiceWithoutAddressStaysSo() {
    return List.of(
        KindRules.of(
                "Service without address", SERVICE.replace("type: ClusterIP", "clusterIP: None"))
            .cannot("clusterIP: None", "clusterIP: 10.96.200.202", "spec.clusterIPs[0]", ONCE_SET)
            .can("app: web", "app: shop"));
  }

  private static List<KindRules> aBalancedServiceKeepsItsClassAndHealthCheck() {
    return List.of(
        KindRules.of(
                "Service of a load balancer",
                SERVICE.replace(
                    "type: ClusterIP",
                    "type: LoadBalancer\n  loadBalancerClass: example.com/one\n  externalTrafficPolicy: Local"))
            .cannot("example.com/one", "example.com/two", "spec.loadBalancerClass", ONCE_SET)
            .cannot(
                "type: LoadBalancer",
                "type: LoadBalancer\n  healthCheckNodePort: 31234",
                "spec.healthCheckNodePort",
                IMMUTABLE)
            .can("Policy: Local", "Policy: Cluster")
            .can(
                "type: LoadBalancer\n  loadBalancerClass: example.com/one\n  externalTrafficPolicy: Local",
                "type: ClusterIP"));
  }

  private static List<KindRules> slicesOfEndpointsKeepTheKindOfAddress() {
    return List.of(
        KindRules.of(
                "EndpointSlice",
                """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web, namespace: $ns}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.1]}]
        ports: [{port: 80}]
        """)
            .cannot(
                "addressType: IPv4\nendpoints: [{addresses: [192.0.2.1]}]",
                "addressType: IPv6\nendpoints: [{addresses: [\"2001:db8::1\"]}]",
                "addressType",
                IMMUTABLE)
            .can("192.0.2.1", "192.0.2.2")
            .can("port: 80", "port: 81"));
  }

  private static List<KindRules> rangesOfAddressesOnlyGetASecondFamily() {
    return List.of(
        KindRules.of(
                "ServiceCIDR",
                """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: $ns}
        spec: {cidrs: [192.0.2.0/28]}
        """)
            .cannot("192.0.2.0/28", "192.0.2.16/28", "spec.cidrs[0]", IMMUTABLE)
            .can("[192.0.2.0/28]", "[192.0.2.0/28, \"2001:db8::/112\"]"),
        KindRules.of(
                "IPAddress",
                """
        apiVersion: networking.k8s.io/v1
        kind: IPAddress
        metadata: {name: 192.0.2.77, labels: {a: b}}
        spec: {parentRef: {group: example.com, resource: things, namespace: one, name: one}}
        """)
            .cannot("name: one}", "name: two}", "spec.parentRef", IMMUTABLE)
            .can("a: b", "a: c"));
  }

  private static List<KindRules> aNodeKeepsItsAddressesOnceItHasSome() {
    return List.of(
        KindRules.of(
                "Node",
                """
        apiVersion: v1
        kind: Node
        metadata: {name: $ns}
        spec: {unschedulable: true, providerID: "example://one", podCIDRs: [192.0.2.0/28]}
        """)
            .cannot(
                "example://one", "example://two", "spec.providerID", "may not change providerID")
            .cannot(
                "podCIDRs: [192.0.2.0/28]",
                "podCIDR: 192.0.2.16/28, podCIDRs: [192.0.2.16/28]",
                "spec.podCIDRs",
                "may not change podCIDR")
            .can("podCIDRs: [192.0.2.0/28]", "podCIDRs: [192.0.2.16/28]")
            .can("unschedulable: true", "unschedulable: false"));
  }
}

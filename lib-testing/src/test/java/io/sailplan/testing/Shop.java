package io.sailplan.testing;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.plan.Plan;
import io.sailplan.planning.ObservationScope;
import io.sailplan.planning.PlanRequest;
import io.sailplan.planning.PlanResult;

/** A small application: a Deployment that reads a Secret and a ConfigMap, and a Service. */
final class Shop {
  private static final String TEXT =
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: db}
      stringData: {password: "%1$s"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {colour: blue}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: api}
      spec: {selector: {app: api}, ports: [{port: 80}]}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: api}
      spec:
        replicas: 2
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}}
          spec:
            containers:
              - name: main
                image: "%2$s"
                envFrom: [{secretRef: {name: db}}, {configMapRef: {name: settings}}]
      """;

  private Shop() {}

  static Application of(String image) {
    return Application.read("shop", TEXT.formatted("open", image));
  }

  static PlanResult plan(SimulatedCluster cluster, Application application) {
    return Planner.standard()
        .plan(
            PlanRequest.deploy(application, cluster.observe(ObservationScope.of(application)))
                .at(cluster.now()));
  }

  static Plan deploy(SimulatedCluster cluster, Application application) {
    return plan(cluster, application).orThrow();
  }
}

package io.sailplan;

import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.PlanRequest;
import java.time.Instant;

/** Plans once, in a JVM of its own. */
final class PlansOnce {
  private PlansOnce() {}

  public static void main(String[] args) throws ClassNotFoundException {
    Application shop =
        Application.read(
            "shop",
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {greeting: hello}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api}
            spec:
              selector: {matchLabels: {app: api}}
              template:
                metadata: {labels: {app: api}}
                spec:
                  containers: [{name: api, image: "api:1", envFrom: [{configMapRef: {name: settings}}]}]
            """);
    int steps =
        Planner.standard()
            .plan(PlanRequest.deploy(shop, Snapshot.empty()).at(Instant.EPOCH))
            .orThrow()
            .steps()
            .size();
    if (args.length > 0) {
      Class.forName(args[0]);
    }
    System.out.println("planned " + steps + " steps");
  }
}

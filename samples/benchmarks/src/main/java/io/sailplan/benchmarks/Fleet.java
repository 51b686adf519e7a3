package io.sailplan.benchmarks;

import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.ownership.ApplyRequest;
import io.sailplan.ownership.ApplyResult;
import io.sailplan.ownership.ServerSideApply;
import io.sailplan.ownership.ServerSideUpdate;
import io.sailplan.ownership.UpdateRequest;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Step;
import io.sailplan.planning.PlanRequest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An application of many small services, and the cluster in which it runs. Ten objects make a
 * group: three Deployments and their Services, two ConfigMaps, a Secret and a ServiceAccount;
 * thirty edges lead from them.
 */
final class Fleet {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static final String GROUP =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: team-#, namespace: fleet}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: common-#, namespace: fleet, labels: {team: team-#}}
      data: {region: north, log.level: info, endpoints: "a.example:80,b.example:80"}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: files-#, namespace: fleet, labels: {team: team-#}}
      data: {app.properties: "a=1\\nb=2\\nc=3\\n", routes.json: "{\\"/\\": \\"web\\"}"}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: access-#, namespace: fleet}
      data: {user: YWRtaW4=, password: aHVudGVyMg==}
      """;

  private static final String SERVICE =
      """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: app-#-$, namespace: fleet, labels: {app: app-#-$, team: team-#}}
      spec:
        replicas: 2
        selector: {matchLabels: {app: app-#-$}}
        template:
          metadata: {labels: {app: app-#-$, team: team-#}}
          spec:
            serviceAccountName: team-#
            containers:
            - name: app
              image: example/app:1.4.2
              args: ["--serve", "--port=8080"]
              ports: [{name: http, containerPort: 8080}]
              env:
              - {name: REGION, valueFrom: {configMapKeyRef: {name: common-#, key: region}}}
              - {name: USER, valueFrom: {secretKeyRef: {name: access-#, key: user}}}
              - {name: MODE, value: plain}
              resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
              readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 5}
              volumeMounts: [{name: files, mountPath: /etc/app}, {name: cache, mountPath: /cache}, {name: near, mountPath: /near}]
            volumes:
            - {name: files, configMap: {name: files-#}}
            - {name: cache, emptyDir: {}}
            - name: near
              projected:
                sources:
                - configMap: {name: common-@1}
                - configMap: {name: files-@1}
                - configMap: {name: common-@2}
                - configMap: {name: files-@2}
                - configMap: {name: common-@3}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: app-#-$, namespace: fleet, labels: {app: app-#-$}}
      spec:
        selector: {app: app-#-$}
        ports: [{name: http, port: 80, targetPort: http}]
      """;

  private final Application application;
  private final Snapshot snapshot;

  private Fleet(Application application, Snapshot snapshot) {
    this.application = application;
    this.snapshot = snapshot;
  }

  /** Returns a fleet of about {@code size} objects. */
  static Fleet of(int size) {
    List<Resource> resources = new ArrayList<>(size);
    List<Resource> group = ManifestReader.standard().read("group.yaml", groupText()).resources();
    int groups = size / 10;
    for (int i = 0; i < groups; i++) {
      for (Resource resource : group) {
        Manifest manifest = Manifest.parseJson(numbered(resource.manifest().toJson(), i, groups));
        resources.add(Resource.of(manifest).from(resource.source()));
      }
    }
    Application application = Application.of("fleet", "default", resources);
    return new Fleet(application, deployed(application));
  }

  Application application() {
    return application;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** Returns the cluster before anything of it was deployed. */
  Snapshot before() {
    return Snapshot.of(List.of(namespace()));
  }

  /** Returns the YAML of a fleet of about {@code size} objects. */
  static String yaml(int size) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < size / 10; i++) {
      groups.add(numbered(groupText(), i, size / 10));
    }
    return String.join("---\n", groups);
  }

  /** Each group reads what three others have, too. */
  private static String numbered(String text, int group, int groups) {
    String numbered = text.replace("#", number(group));
    for (int next = 1; next <= 3; next++) {
      numbered = numbered.replace("@" + next, number((group + next) % groups));
    }
    return numbered;
  }

  private static String number(int i) {
    String digits = String.valueOf(i);
    return "0".repeat(Math.max(0, 5 - digits.length())) + digits;
  }

  private static LiveObject namespace() {
    return LiveObject.of(
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", "fleet", "uid", "ns"),
                "status",
                Map.of("phase", "Active"))));
  }

  private static String groupText() {
    StringBuilder text = new StringBuilder(GROUP);
    for (String letter : List.of("a", "b", "c")) {
      text.append(SERVICE.replace("$", letter));
    }
    return text.toString();
  }

  /** Returns the application as a cluster holds it after a deploy, its controllers at rest. */
  private static Snapshot deployed(Application application) {
    List<LiveObject> objects = new ArrayList<>();
    objects.add(namespace());
    List<Step> steps =
        Planner.standard()
            .plan(PlanRequest.deploy(application, Snapshot.of(objects)).at(NOW))
            .orThrow()
            .steps();
    for (Step step : steps) {
      if (step instanceof Step.Create create) {
        objects.add(stored(((Payload.Literal) create.payload()).manifest(), objects.size()));
      }
    }
    return Snapshot.of(objects);
  }

  private static LiveObject stored(Manifest sent, int number) {
    KindShape shape = ShapeCatalog.builtIn().find(sent).orElseThrow();
    ApplyResult result =
        ServerSideApply.apply(ApplyRequest.of(null, sent, "sailplan/default/fleet", shape, NOW));
    Manifest made =
        ((ApplyResult.Applied) result)
            .object()
            .with("u-" + number, "metadata", "uid")
            .with(String.valueOf(1000 + number), "metadata", "resourceVersion")
            .with("2026-01-01T00:00:00Z", "metadata", "creationTimestamp");
    if (!sent.kind().equals("Deployment")) {
      return LiveObject.of(made);
    }
    made = made.with(1L, "metadata", "generation");
    Manifest reported =
        made.with(
            Map.of(
                "observedGeneration", 1L,
                "replicas", 2L,
                "updatedReplicas", 2L,
                "readyReplicas", 2L,
                "availableReplicas", 2L,
                "conditions",
                    List.of(
                        Map.of(
                            "type",
                            "Available",
                            "status",
                            "True",
                            "reason",
                            "MinimumReplicasAvailable"),
                        Map.of(
                            "type",
                            "Progressing",
                            "status",
                            "True",
                            "reason",
                            "NewReplicaSetAvailable"))),
            "status");
    ApplyResult status =
        ServerSideUpdate.update(
            UpdateRequest.of(made, reported, "kube-controller-manager", shape, NOW).on("status"));
    return LiveObject.of(((ApplyResult.Applied) status).object());
  }
}

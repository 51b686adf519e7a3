package io.sailplan.testing;

import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What happens to an application that is deployed: in the cluster, or to its source. */
enum Change {
  NOTHING("nothing has changed"),
  SCALED("an autoscaler has scaled it"),
  EDITED("somebody has edited an image"),
  APPLIED("somebody has used kubectl apply, with the same source"),
  APPLIED_OLD("somebody has used kubectl apply, with an older image"),
  LABEL_REMOVED("a label is removed from the source"),
  OBJECT_REMOVED("an object is removed from the source"),
  KIND_CHANGED("a kind is changed in the source"),
  VERSION_CHANGED("an API version is changed in the source");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final String title;

  Change(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns the application as it is deployed first. */
  Application before(Application application) {
    return this == VERSION_CHANGED ? application.with(autoscaler(application, "v2")) : application;
  }

  /** Returns the application as it is declared then. */
  Application after(Application application) {
    return switch (this) {
      case LABEL_REMOVED -> map(application, labelled(application), Change::withoutLabel);
      case OBJECT_REMOVED -> without(application, Subject.of(application).removed());
      case KIND_CHANGED -> map(application, Subject.of(application).changed(), Change::otherKind);
      case VERSION_CHANGED -> application.with(autoscaler(application, "v1"));
      default -> application;
    };
  }

  /** Returns what others send to the cluster meanwhile, in which {@code live} objects exist. */
  List<Request> requests(Application application, Snapshot live) {
    ObjectKey workload = key(application.resource(workload(application)).orElseThrow());
    PatchOperation image =
        PatchOperation.add("/spec/template/spec/containers/0/image", "registry.example/old:0.1");
    return switch (this) {
      case SCALED ->
          List.of(
              new Request.Patch(
                  workload,
                  List.of(PatchOperation.add("/spec/replicas", 5)),
                  "kube-controller-manager",
                  "scale"));
      case EDITED -> List.of(new Request.Patch(workload, List.of(image), "kubectl-edit", ""));
      case APPLIED ->
          application.resources().stream()
              .flatMap(resource -> live.find(key(resource)).stream())
              .map(object -> kubectl(object, List.of()))
              .toList();
      case APPLIED_OLD -> List.of(kubectl(live.find(workload).orElseThrow(), List.of(image)));
      default -> List.of();
    };
  }

  /** Which resources change. */
  private record Subject(String removed, String changed) {
    static Subject of(Application application) {
      return switch (application.name()) {
        case "guestbook" -> new Subject("Service/frontend", "Deployment/frontend");
        case "cassandra" -> new Subject("Service/cassandra", "StatefulSet/cassandra");
        case "ingress-nginx" ->
            new Subject(
                "ConfigMap/ingress-nginx-controller", "Deployment/ingress-nginx-controller");
        case "metallb" -> new Subject("ConfigMap/metallb-excludel2", "DaemonSet/speaker");
        default -> new Subject("Deployment/loadgenerator", "Deployment/redis-cart");
      };
    }
  }

  private static String workload(Application application) {
    return application.name().equals("metallb")
        ? "Deployment/controller"
        : Subject.of(application).changed();
  }

  /** What kubectl does client-side is a patch of what differs, and a note of what was applied. */
  private static Request kubectl(LiveObject object, List<PatchOperation> operations) {
    Map<String, Object> annotations = new TreeMap<>(object.manifest().annotations());
    annotations.put(LAST_APPLIED, "{\"kind\":\"" + object.key().kind() + "\"}\n");
    List<PatchOperation> all = new ArrayList<>(operations);
    all.add(PatchOperation.add("/metadata/annotations", annotations));
    return new Request.Patch(object.key(), all, "kubectl-client-side-apply", "");
  }

  private static ObjectKey key(Resource resource) {
    ObjectKey key = resource.manifest().key();
    boolean clusterWide =
        List.of(
                "ClusterRole",
                "ClusterRoleBinding",
                "CustomResourceDefinition",
                "IngressClass",
                "Namespace",
                "StorageClass",
                "ValidatingWebhookConfiguration")
            .contains(key.kind());
    return key.namespace().isEmpty() && !clusterWide ? key.inNamespace("default") : key;
  }

  private static Resource autoscaler(Application application, String version) {
    Manifest target = application.resource(workload(application)).orElseThrow().manifest();
    return Resource.of(
        Manifest.of(
                Tree.of(
                    "apiVersion",
                    "autoscaling/" + version,
                    "kind",
                    "HorizontalPodAutoscaler",
                    "metadata",
                    Tree.of("name", target.name())))
            .inNamespace(target.namespace())
            .with(
                Tree.of(
                    "apiVersion",
                    target.apiVersion(),
                    "kind",
                    target.kind(),
                    "name",
                    target.name()),
                "spec",
                "scaleTargetRef")
            .with(4L, "spec", "maxReplicas"));
  }

  private static String labelled(Application application) {
    return application.resources().stream()
        .filter(resource -> !resource.manifest().labels().isEmpty())
        .filter(resource -> !resource.manifest().kind().equals("CustomResourceDefinition"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private static Manifest withoutLabel(Manifest manifest) {
    String label = manifest.labels().keySet().stream().sorted().reduce((a, b) -> b).orElseThrow();
    return manifest.without("metadata", "labels", label);
  }

  private static Manifest otherKind(Manifest manifest) {
    Manifest bare =
        manifest
            .without("spec", "serviceName")
            .without("spec", "volumeClaimTemplates")
            .without("spec", "strategy")
            .without("spec", "updateStrategy")
            .without("spec", "minReadySeconds")
            .without("spec", "replicas");
    return switch (manifest.kind()) {
      case "StatefulSet" ->
          bare.with("Deployment", "kind")
              .with(
                  List.of(Map.of("name", "cassandra-data", "emptyDir", Map.of())),
                  "spec",
                  "template",
                  "spec",
                  "volumes");
      case "DaemonSet" -> bare.with("Deployment", "kind");
      default ->
          manifest.name().equals("redis-cart")
              ? bare.with("StatefulSet", "kind").with("redis-cart", "spec", "serviceName")
              : bare.with("DaemonSet", "kind");
    };
  }

  private static Application without(Application application, String id) {
    return Application.of(
        application.name(),
        application.namespace(),
        application.resources().stream().filter(resource -> !resource.id().equals(id)).toList());
  }

  private static Application map(
      Application application, String id, UnaryOperator<Manifest> change) {
    Map<String, Resource> resources = new LinkedHashMap<>();
    application.resources().forEach(resource -> resources.put(resource.id(), resource));
    Resource resource = resources.remove(id);
    Manifest changed = change.apply(resource.manifest());
    resources.put(id, Resource.of(changed));
    return Application.of(application.name(), application.namespace(), resources.values());
  }
}

package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Furnishes new namespaces, and empties those that are deleted. */
final class NamespaceController extends Controller {
  NamespaceController(ControllerClient client) {
    super(client, Kind.NAMESPACE);
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    if (!change.key().namespace().isEmpty() && change.after() == null) {
      enqueue(new ObjectKey("", "Namespace", "", change.key().namespace()));
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest namespace = client.get(key);
    if (namespace == null) {
      return;
    }
    if (Owners.isTerminating(namespace)) {
      empty(namespace);
    } else {
      furnish(key.name());
    }
  }

  private void furnish(String namespace) {
    if (client.get(new ObjectKey("", "ServiceAccount", namespace, "default")) == null) {
      client.create(
          Manifest.of(
              Tree.of(
                  "apiVersion", "v1",
                  "kind", "ServiceAccount",
                  "metadata", Tree.of("name", "default", "namespace", namespace))));
    }
    if (client.get(new ObjectKey("", "ConfigMap", namespace, "kube-root-ca.crt")) == null) {
      client.create(
          Manifest.of(
              Tree.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "ConfigMap",
                  "metadata",
                  Tree.of(
                      "name",
                      "kube-root-ca.crt",
                      "namespace",
                      namespace,
                      "annotations",
                      Tree.of(
                          "kubernetes.io/description",
                          "Contains a CA bundle that can be used to verify the"
                              + " kube-apiserver when using internal endpoints such as the"
                              + " internal service IP or kubernetes.default.svc. No other"
                              + " usage is guaranteed across distributions of Kubernetes"
                              + " clusters.")),
                  "data",
                  Tree.of("ca.crt", "(a certificate)\n"))));
    }
  }

  private void empty(Manifest namespace) {
    List<Manifest> content =
        client.all().stream().filter(o -> o.namespace().equals(namespace.name())).toList();
    for (Manifest object : content) {
      if (!Owners.isTerminating(object)) {
        client.delete(object);
      }
    }
    List<Manifest> rest =
        client.all().stream().filter(o -> o.namespace().equals(namespace.name())).toList();
    Manifest current = client.get(namespace.key());
    if (current == null) {
      return;
    }
    if (rest.isEmpty()) {
      client.finishNamespace(current);
    } else {
      writeConditions(current, rest);
    }
  }

  private void writeConditions(Manifest namespace, List<Manifest> rest) {
    Map<String, Integer> kinds = new TreeMap<>();
    Map<String, Integer> finalizers = new TreeMap<>();
    for (Manifest object : rest) {
      kinds.merge(client.pluralOf(object.key().groupKind()), 1, Integer::sum);
      for (String finalizer : LiveObject.of(object).finalizers()) {
        finalizers.merge(finalizer, 1, Integer::sum);
      }
    }
    Conditions conditions = Conditions.of(namespace, client.now());
    conditions.set(
        "NamespaceDeletionDiscoveryFailure",
        "False",
        "ResourcesDiscovered",
        "All resources successfully discovered");
    conditions.set(
        "NamespaceDeletionGroupVersionParsingFailure",
        "False",
        "ParsedGroupVersions",
        "All legacy kube types successfully parsed");
    conditions.set(
        "NamespaceDeletionContentFailure",
        "False",
        "ContentDeleted",
        "All content successfully deleted, may be waiting on finalization");
    conditions.set(
        "NamespaceContentRemaining",
        "True",
        "SomeResourcesRemain",
        "Some resources are remaining: " + sentence(kinds, " has ", " resource instances"));
    if (finalizers.isEmpty()) {
      conditions.set(
          "NamespaceFinalizersRemaining",
          "False",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished");
    } else {
      conditions.set(
          "NamespaceFinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          "Some content in the namespace has finalizers remaining: "
              + sentence(finalizers, " in ", " resource instances"));
    }
    client.updateStatus(
        namespace, Tree.of("phase", "Terminating", "conditions", conditions.tree()));
  }

  private static String sentence(Map<String, Integer> counts, String verb, String noun) {
    List<String> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(name + verb + count + noun));
    return String.join(", ", parts);
  }
}

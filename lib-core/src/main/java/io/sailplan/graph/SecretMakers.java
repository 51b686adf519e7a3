package io.sailplan.graph;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import java.util.List;

/**
 * Custom resources of widely used operators that make a Secret, so that pods which read the Secret
 * can wait for its maker; and objects into which cert-manager injects the certificate of a maker.
 */
final class SecretMakers {
  private static final List<String> INJECT =
      List.of("cert-manager.io/inject-ca-from", "cert-manager.io/inject-ca-from-secret");

  private SecretMakers() {}

  /** Notes what the node makes. Must have seen all nodes before references are inferred. */
  static void announce(Node node, Links links) {
    Manifest manifest = node.manifest();
    switch (node.groupKind().toString()) {
      case "Certificate.cert-manager.io" ->
          makes(node, manifest.string("spec", "secretName"), "spec.secretName", links);
      case "ExternalSecret.external-secrets.io" -> {
        String target = manifest.string("spec", "target", "name");
        makes(node, target.isEmpty() ? node.key().name() : target, "spec.target.name", links);
      }
      case "SealedSecret.bitnami.com" -> makes(node, node.key().name(), "metadata.name", links);
      default -> {
        // makes none that is known here
      }
    }
  }

  private static void makes(Node node, String secret, String path, Links links) {
    links.produces(node, new ObjectKey("", "Secret", node.namespace(), secret), path);
  }

  /** Infers the annotations by which cert-manager is asked for the certificate to inject. */
  static void infer(Node node, Links links) {
    for (String annotation : INJECT) {
      String value = node.manifest().annotations().getOrDefault(annotation, "");
      int slash = value.indexOf('/');
      if (slash > 0) {
        boolean secret = annotation.endsWith("secret");
        ObjectKey key =
            new ObjectKey(
                secret ? "" : "cert-manager.io",
                secret ? "Secret" : "Certificate",
                value.substring(0, slash),
                value.substring(slash + 1));
        String path = "metadata.annotations[\"" + annotation + "\"]";
        links.refer(node, key, Strength.SOFT, false, path);
      }
    }
  }
}

package io.sailplan.testing;

import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;

/** Manifests of tests, written as people write them. */
final class Yaml {
  private Yaml() {}

  /** Returns the manifest that {@code text} holds. */
  static Manifest manifest(String text) {
    return Application.read("test", text).resources().stream()
        .map(Resource::manifest)
        .findFirst()
        .orElseThrow();
  }

  /** Returns a Deployment in the namespace {@code default}. */
  static Manifest deployment(String name, int replicas, String image) {
    return manifest(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %1$s, namespace: default}
        spec:
          replicas: %2$d
          selector: {matchLabels: {app: %1$s}}
          template:
            metadata: {labels: {app: %1$s}}
            spec:
              containers: [{name: main, image: "%3$s"}]
        """
            .formatted(name, replicas, image));
  }

  /** Returns a ConfigMap with one entry in the namespace {@code default}. */
  static Manifest configMap(String name, String key, String value) {
    return manifest(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s, namespace: default}
        data: {%s: "%s"}
        """
            .formatted(name, key, value));
  }
}

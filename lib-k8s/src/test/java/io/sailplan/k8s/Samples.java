package io.sailplan.k8s;

import io.sailplan.model.ObjectKey;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Texts that a server could send. */
final class Samples {
  static final String CORE =
      discovery(
          group(
              "",
              version(
                  "v1",
                  resource("configmaps", "ConfigMap", "Namespaced"),
                  resource("namespaces", "Namespace", "Cluster", "status"),
                  resource("pods", "Pod", "Namespaced", "status", "log"),
                  resource("secrets", "Secret", "Namespaced"))));

  static final String GROUPS =
      discovery(
          group(
              "apps",
              version(
                  "v1", resource("deployments", "Deployment", "Namespaced", "status", "scale"))),
          group(
              "autoscaling",
              version(
                  "v2",
                  resource(
                      "horizontalpodautoscalers",
                      "HorizontalPodAutoscaler",
                      "Namespaced",
                      "status")),
              version(
                  "v1",
                  resource(
                      "horizontalpodautoscalers",
                      "HorizontalPodAutoscaler",
                      "Namespaced",
                      "status"))));

  private Samples() {}

  static ObjectKey configMap(String name) {
    return new ObjectKey("", "ConfigMap", "shop", name);
  }

  /** Returns a ConfigMap in the namespace {@code shop}. */
  static String object(String name, String resourceVersion) {
    return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"shop",\
        "uid":"u-%s","resourceVersion":"%s"}}"""
        .formatted(name, name, resourceVersion);
  }

  static String list(String resourceVersion, String next, String... objects) {
    return """
        {"kind":"ConfigMapList","apiVersion":"v1",\
        "metadata":{"resourceVersion":"%s","continue":"%s"},"items":[%s]}"""
        .formatted(resourceVersion, next, String.join(",", objects));
  }

  static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }

  static String bookmark(String resourceVersion) {
    return event(
        "BOOKMARK",
        """
        {"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"%s"}}"""
            .formatted(resourceVersion));
  }

  static String status(int code, String reason, String message) {
    return """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"%s",\
        "reason":"%s","details":{"name":"it"},"code":%d}"""
        .formatted(message, reason, code);
  }

  static String discovery(String... groups) {
    return """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2",\
        "metadata":{},"items":[%s]}"""
        .formatted(String.join(",", groups));
  }

  static String group(String name, String... versions) {
    return """
        {"metadata":{"name":"%s"},"versions":[%s]}"""
        .formatted(name, String.join(",", versions));
  }

  static String version(String name, String... resources) {
    return """
        {"version":"%s","resources":[%s]}"""
        .formatted(name, String.join(",", resources));
  }

  static String resource(String plural, String kind, String scope, String... subresources) {
    return """
        {"resource":"%s","responseKind":{"group":"","version":"","kind":"%s"},"scope":"%s",\
        "verbs":["get","list"],"subresources":[%s]}"""
        .formatted(
            plural,
            kind,
            scope,
            Arrays.stream(subresources)
                .map(name -> "{\"subresource\":\"" + name + "\",\"verbs\":[\"get\"]}")
                .collect(Collectors.joining(",")));
  }
}

package io.sailplan.benchmarks;

import io.sailplan.model.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects as applications have them, in no need of nodes: four ConfigMaps to two Secrets, two
 * Services and two Deployments without replicas.
 */
final class Mixture {
  private Mixture() {}

  static List<Manifest> of(int size) {
    List<Manifest> all = new ArrayList<>();
    for (int i = 0; i < size / 10; i++) {
      for (int j = 0; j < 4; j++) {
        all.add(
            Manifest.parseJson(
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c-%d-%d","labels":{"a":"b"}},
                "data":{"one":"1","two":"some text of a usual length, as settings have it"}}
                """
                    .formatted(i, j)));
      }
      for (int j = 0; j < 2; j++) {
        all.add(
            Manifest.parseJson(
                """
                {"apiVersion":"v1","kind":"Secret","metadata":{"name":"s-%d-%d"},
                "type":"Opaque","data":{"user":"YWRtaW4=","password":"aHVudGVyMg=="}}
                """
                    .formatted(i, j)));
        all.add(
            Manifest.parseJson(
                """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"v-%d-%d"},
                "spec":{"selector":{"app":"d-%d-%d"},"ports":[{"name":"http","port":80,"targetPort":8080}]}}
                """
                    .formatted(i, j, i, j)));
        all.add(
            Manifest.parseJson(
                """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d-%d-%d"},
                "spec":{"replicas":0,"selector":{"matchLabels":{"app":"d-%d-%d"}},
                "template":{"metadata":{"labels":{"app":"d-%d-%d"}},
                "spec":{"containers":[{"name":"app","image":"example/app:1","ports":[{"containerPort":8080}]}]}}}}
                """
                    .formatted(i, j, i, j, i, j)));
      }
    }
    return all;
  }

  /** Returns them as YAML, which JSON is. */
  static String yaml(List<Manifest> manifests, String namespace) {
    return String.join(
        "\n---\n",
        manifests.stream().map(manifest -> manifest.inNamespace(namespace).toJson()).toList());
  }
}

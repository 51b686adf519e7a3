package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.List;
import java.util.Map;

/**
 * What programs in the pods of well-known applications do that their other pods wait for: {@code
 * kube-webhook-certgen create} makes a Secret of certificates, and the controller of MetalLB one
 * that its speakers share.
 */
final class Programs {
  private Programs() {}

  static void play(SimulatedCluster cluster) {
    cluster.trace(
        change -> {
          Manifest pod = change.after();
          if (pod != null && change.key().kind().equals("Pod")) {
            play(cluster, pod);
          }
        });
  }

  private static void play(SimulatedCluster cluster, Manifest pod) {
    String phase = pod.string("status", "phase");
    for (Map<String, ?> container : Tree.objects(pod, "spec", "containers")) {
      String image = Trees.string(container.get("image"));
      List<String> arguments =
          Trees.list(container.get("args")).stream().map(Trees::string).toList();
      if (image.contains("kube-webhook-certgen")
          && arguments.contains("create")
          && phase.equals("Succeeded")) {
        make(cluster, pod.namespace(), argument(arguments, "--secret-name="), "cert");
      } else if (image.contains("metallb/controller") && phase.equals("Running")) {
        make(cluster, pod.namespace(), "memberlist", "secretkey");
      }
    }
  }

  private static String argument(List<String> arguments, String option) {
    return arguments.stream()
        .filter(argument -> argument.startsWith(option))
        .map(argument -> argument.substring(option.length()))
        .findFirst()
        .orElseThrow();
  }

  private static void make(SimulatedCluster cluster, String namespace, String name, String key) {
    if (cluster.object(new ObjectKey("", "Secret", namespace, name)).isEmpty()) {
      cluster.given(
          Manifest.of(
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "Secret",
                  "metadata",
                  Map.of("name", name, "namespace", namespace),
                  "data",
                  Map.of(key, "c2VjcmV0"))),
          "program");
    }
  }
}

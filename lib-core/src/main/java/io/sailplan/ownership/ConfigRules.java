package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What ConfigMaps and Secrets demand as a whole. Values are measured, never quoted. */
final class ConfigRules {
  private static final long LARGEST = 1024 * 1024;
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
          "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
          "kubernetes.io/dockercfg", List.of(".dockercfg"),
          "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

  private ConfigRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.ConfigMap", ConfigRules::configMap);
    rules.add("core.v1.Secret", ConfigRules::secret);
  }

  private static void configMap(At map) {
    Map<String, String> text = Trees.strings(map.get("data"));
    Map<String, String> bytes = Trees.strings(map.get("binaryData"));
    for (String key : text.keySet()) {
      if (bytes.containsKey(key)) {
        map.child("binaryData")
            .add(ProblemCode.DUPLICATE, key, " is a key of data as well", "Keep one of them.");
      }
    }
    size(map, length(text, false) + length(bytes, true));
  }

  private static void secret(At secret) {
    Map<String, String> bytes = Trees.strings(secret.get("data"));
    Map<String, String> text = Trees.strings(secret.get("stringData"));
    Set<String> keys = new LinkedHashSet<>(bytes.keySet());
    keys.addAll(text.keySet());
    String type = secret.text("type");
    for (String key : KEYS.getOrDefault(type, List.of())) {
      if (!keys.contains(key)) {
        secret.child("data").missing(key, "Secrets of the type " + type + " hold it.");
      }
    }
    if (type.equals("kubernetes.io/basic-auth")
        && !keys.contains("username")
        && !keys.contains("password")) {
      secret.child("data").missing("username", "Add it, or a password.");
    }
    At annotations = secret.child("metadata").child("annotations");
    String account = "kubernetes.io/service-account.name";
    if (type.equals("kubernetes.io/service-account-token") && !annotations.has(account)) {
      annotations.missing(account, "Name the service account that the token is for.");
    }
    size(secret, length(bytes, true) + length(text, false));
  }

  private static void size(At object, long size) {
    if (size > LARGEST) {
      object.add(
          ProblemCode.TOO_LARGE,
          "data",
          " holds " + size + " bytes",
          "Keep it below 1 MiB; put larger data into a volume.");
    }
  }

  private static long length(Map<String, String> values, boolean encoded) {
    long size = 0;
    for (String value : values.values()) {
      if (encoded) {
        long padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
        size += value.length() / 4 * 3L - padding;
      } else {
        size +=
            value.length() < LARGEST / 4
                ? value.length()
                : value.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return size;
  }
}

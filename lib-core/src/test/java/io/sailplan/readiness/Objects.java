package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the tests of this package share. */
final class Objects {
  private Objects() {}

  static LiveObject live(String yaml) {
    Map<String, ?> tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return LiveObject.of(Manifest.of(tree));
  }

  /** An object of generation 2 in the namespace shop, named x; the rest in YAML flow style. */
  static LiveObject live(String apiVersion, String kind, String rest) {
    return live(
        "{apiVersion: "
            + apiVersion
            + ", kind: "
            + kind
            + ", metadata: {name: x, namespace: shop, generation: 2}"
            + (rest.isEmpty() ? "" : ", " + rest)
            + "}");
  }

  static String judge(String apiVersion, String kind, String rest) {
    return Readiness.judge(live(apiVersion, kind, rest), ReadinessQuery.plain()).toString();
  }
}

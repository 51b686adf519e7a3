package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeValidatorTest {

  @Test
  void all_mistakes_are_told_at_once_with_their_places() {
    Resource resource =
        ManifestReader.standard()
            .read(
                "shop.yaml",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: Shop
                  labels: {"a b": c}
                spec:
                  repliccas: 2
                  minReadySeconds: 3000000000
                  template:
                    spec:
                      containers:
                      - name: a
                        image: 5
                        resources: {limits: {cpu: 1 Gi}}
                      - name: a
                        image: b
                        env: text
                """)
            .orThrow()
            .get(0);
    List<Problem> problems = ShapeValidator.validate(resource, Kinds.of("apps/v1", "Deployment"));
    assertThat(problems.stream().map(Problem::toString))
        .containsExactly(
            "error unknown-field shop.yaml:7:3 .spec.repliccas: the field .spec.repliccas does not exist. Did you mean"
                + " \"replicas\"?",
            "error invalid-value shop.yaml:8:3 .spec.minReadySeconds: .spec.minReadySeconds is 3000000000. Write a whole"
                + " number of 32 bits.",
            "error wrong-type shop.yaml:13:9 .spec.template.spec.containers[0].image:"
                + " .spec.template.spec.containers[0].image is a number, but must be a string. Put it into quotes.",
            "error invalid-value shop.yaml:14:30 .spec.template.spec.containers[0].resources.limits.cpu:"
                + " .spec.template.spec.containers[0].resources.limits.cpu is \"1 Gi\". Write an amount such as 500m, 2 or"
                + " 1Gi.",
            "error duplicate shop.yaml:15:9 .spec.template.spec.containers[1]: .spec.template.spec.containers[1] has the"
                + " same key as item 0: [name=\"a\"]. Keep one of them.",
            "error wrong-type shop.yaml:17:9 .spec.template.spec.containers[1].env:"
                + " .spec.template.spec.containers[1].env is a string, but must be a list. Write each item on a"
                + " line of its own, after \"- \".",
            "error missing-field shop.yaml:6:1 .spec.selector: .spec.selector is required. Add it.",
            "error invalid-name shop.yaml:4:3 .metadata.name: the name is \"Shop\". Use at most 253 lower-case letters,"
                + " digits, \"-\" and \".\", with a letter or digit at both ends.",
            "error invalid-name shop.yaml:5:12 .metadata.labels[\"a b\"]: the key of the label is \"a b\". Use at most"
                + " 63 letters, digits, \"-\", \"_\" and \".\", optionally after a DNS name and \"/\".");
  }

  @Test
  void what_the_server_takes_has_no_mistakes() {
    for (Manifest seed : Seeds.all()) {
      assertThat(ShapeValidator.validate(seed, Kinds.of(seed))).as(seed.key().toString()).isEmpty();
    }
  }

  @Test
  void expressions_are_taken_as_right() {
    Manifest manifest =
        Kinds.yaml(
            "{apiVersion: v1, kind: Service, metadata: {name: '${a}'}, spec: {ports: [{port: '${db.port}'}]}}");
    assertThat(ShapeValidator.validate(manifest, Kinds.of(manifest))).isEmpty();
  }

  @Test
  void a_secret_value_is_never_quoted() {
    Manifest secret =
        Kinds.yaml("{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {k: hunter2!}}");
    assertThat(ShapeValidator.validate(secret, Kinds.of(secret)).toString())
        .contains(".data.k is not padded standard base64")
        .doesNotContain("hunter2");
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of a value that its owner leaves out. */
abstract class RemovalContract extends ListContract {
  private static final String ROLLING =
      "{apiVersion: apps/v1, kind: $kind, metadata: {name: $name, namespace: $ns}, spec: {$spec"
          + " selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec:"
          + " {nodeSelector: {no: where}, containers: [{name: c, image: i}]}}}}";

  private static final String JOB =
      "{apiVersion: batch/v1, kind: Job, metadata: {name: work, namespace: $ns}, spec: {suspend:"
          + " true, template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers:"
          + " [{name: c, image: i}]}}}}";

  private static final String SECRET =
      "{apiVersion: v1, kind: Secret, metadata: {name: door, namespace: $ns}, data: {k: eA==}}";

  private static String workload(String kind, String spec) {
    String more = kind.equals("StatefulSet") ? "serviceName: s, " : "";
    return ROLLING
        .replace("$kind", kind)
        .replace("$spec", more + spec + (spec.isEmpty() ? "" : ","));
  }

  @TestFactory
  Stream<DynamicTest> what_its_owner_leaves_out_falls_back_to_its_default() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"replicas", "replicas: 3", ".spec.replicas", "1"},
          {
            "maxUnavailable",
            "strategy: {rollingUpdate: {maxUnavailable: 3}}",
            ".spec.strategy.rollingUpdate.maxUnavailable",
            "\"25%\""
          },
          {"strategy", "strategy: {type: Recreate}", ".spec.strategy.type", "\"RollingUpdate\""},
        }) {
      cases.add(
          row[0],
          name -> {
            applied("me", workload("Deployment", row[1]).replace("$name", name));
            LiveObject less = applied("me", workload("Deployment", "").replace("$name", name));
            assertThat(value(less.manifest(), row[2])).isEqualTo(row[3]);
          });
    }
    return cases(cases);
  }

  @Test
  void what_is_required_cannot_be_left_out() {
    applied("me", POD_TEMPLATE.replace("PodTemplate", "PodTemplate"));
    String web = workload("Deployment", "replicas: 0").replace("$name", "web");
    applied("me", web);
    refused(apply("me", web.replace(", image: i", "")), 422, "Invalid");
  }

  @Test
  void with_a_parent_goes_what_nobody_owns_below_it() {
    applied("me", JOB);
    refused(apply("me", JOB.replace("metadata: {labels: {a: b}}, spec", "spec")), 422, "Invalid");
    LiveObject kept = applied("me", JOB.replace("labels: {a: b}", "labels: {}"));
    assertThat(Trees.object(kept.manifest().get("spec", "template", "metadata", "labels")))
        .containsKey("job-name")
        .doesNotContainKey("a");
  }

  @Test
  void a_parent_that_stays_empty_keeps_what_nobody_owns_below_it() {
    String texts = SECRET.replace("data: {k: eA==}", "data: {k: eA==}, stringData: {t: x}");
    LiveObject both = applied("me", texts);
    assertThat(Trees.object(both.manifest().get("data"))).containsOnlyKeys("k", "t");
    LiveObject kept = applied("me", SECRET.replace("{k: eA==}", "{}"));
    assertThat(Trees.object(kept.manifest().get("data"))).containsOnlyKeys("t");
    delete(kept.key());
    applied("me", texts);
    LiveObject gone = applied("me", SECRET.replace(", data: {k: eA==}", ""));
    assertThat(gone.manifest().get("data")).isNull();
  }

  @Test
  void an_item_that_another_owns_stays_with_its_fields_only() {
    String env = POD_TEMPLATE.replace("image: i", "image: i, env: [{name: A, value: x}]");
    applied("me", env);
    applied("you", env.replace(", value: x", ""));
    LiveObject left = applied("me", POD_TEMPLATE);
    String item = ".template.spec.containers[name=\"c\"].env[name=\"A\"]";
    assertThat(value(left.manifest(), item)).isEqualTo("{\"name\":\"A\"}");
    applied("me", env);
  }

  @Test
  void an_item_goes_whose_child_an_update_has_changed() {
    String env = POD_TEMPLATE.replace("image: i", "image: i, env: [{name: A, value: x}]");
    ObjectKey key = applied("me", env).key();
    edited(key, "editor", PatchOperation.add("/template/spec/containers/0/env/0/value", "z"));
    LiveObject left = applied("me", POD_TEMPLATE);
    assertThat(value(left.manifest(), ".template.spec.containers[name=\"c\"].env")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> one_of_several_can_be_exchanged_for_another_by_its_owner() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {
            "probe",
            "livenessProbe: {tcpSocket: {port: 80}}",
            "livenessProbe: {httpGet: {port: 80}}",
            ".livenessProbe.tcpSocket"
          },
          {
            "env value",
            "env: [{name: A, value: x}]",
            "env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
            ".env[name=\"A\"].value"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            String pods = POD_TEMPLATE.replace("name: pods", "name: " + name);
            applied("me", pods.replace("image: i", "image: i, " + row[1]));
            LiveObject next = applied("me", pods.replace("image: i", "image: i, " + row[2]));
            String path = ".template.spec.containers[name=\"c\"]" + row[3];
            assertThat(value(next.manifest(), path)).isEmpty();
          });
    }
    cases.add(
        "volume source",
        name -> {
          String pods =
              POD_TEMPLATE
                  .replace("name: pods", "name: " + name)
                  .replace("containers", "volumes: [{name: v, emptyDir: {}}], containers");
          applied("me", pods);
          LiveObject next = applied("me", pods.replace("emptyDir: {}", "hostPath: {path: /}"));
          String volume = ".template.spec.volumes[name=\"v\"]";
          assertThat(value(next.manifest(), volume + ".emptyDir")).isEmpty();
        });
    return cases(cases);
  }

  @TestFactory
  Stream<DynamicTest> a_strategy_whose_limits_were_filled_in_cannot_be_exchanged() {
    Cases cases = new Cases();
    for (String[] row :
        new String[][] {
          {"Deployment", "Deployment", "", "strategy: {type: Recreate}"},
          {
            "Deployment with null",
            "Deployment",
            "",
            "strategy: {type: Recreate, rollingUpdate: null}"
          },
          {
            "StatefulSet",
            "StatefulSet",
            "replicas: 0",
            "replicas: 0, updateStrategy: {type: OnDelete}"
          },
        }) {
      cases.add(
          row[0],
          name -> {
            applied("me", workload(row[1], row[2]).replace("$name", name));
            refused(apply("me", workload(row[1], row[3]).replace("$name", name)), 422, "Invalid");
          });
    }
    return cases(cases);
  }

  @TestFactory
  Stream<DynamicTest> a_strategy_whose_limits_are_owned_can_be_exchanged() {
    return cases(
        new Cases()
            .add(
                "Deployment",
                name -> {
                  String limits = "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}";
                  applied("me", workload("Deployment", limits).replace("$name", name));
                  applied(
                      "me",
                      workload("Deployment", "strategy: {type: Recreate}").replace("$name", name));
                })
            .add(
                "DaemonSet, owned or not",
                name -> {
                  applied("me", workload("DaemonSet", "").replace("$name", name));
                  applied(
                      "me",
                      workload("DaemonSet", "updateStrategy: {type: OnDelete}")
                          .replace("$name", name));
                }));
  }

  @Test
  void null_is_a_value_that_is_owned_and_deletes_nothing() {
    applied("me", SETTINGS);
    LiveObject both = applied("you", SETTINGS.replace("data: {colour: blue}", "data: null"));
    assertThat(both.manifest().string("data", "colour")).isEqualTo("blue");
    assertThat(owned(both, "you")).containsExactly(".data");
  }

  @Test
  void a_node_port_goes_with_the_type_and_stays_without_being_asked_for() {
    String port =
        SERVICE.replace(
            "{ports: [{port: 80}]}", "{type: NodePort, ports: [{port: 80, nodePort: $port}]}");
    String free = port.replace(", nodePort: $port", "");
    long given = nodePort(applied("me", free));
    String asked = port.replace("$port", Long.toString(given));
    applied("me", asked);
    assertThat(nodePort(applied("me", free))).isEqualTo(given);
    assertThat(nodePort(applied("me", free.replace("NodePort", "ClusterIP")))).isZero();
    assertThat(nodePort(applied("me", asked))).isEqualTo(given);
    assertThat(nodePort(applied("me", SERVICE))).isZero();
  }

  private static long nodePort(LiveObject service) {
    return Tree.integer(Tree.objects(service.manifest(), "spec", "ports").get(0), 0, "nodePort");
  }
}

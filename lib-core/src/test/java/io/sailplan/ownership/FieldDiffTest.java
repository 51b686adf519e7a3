package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import org.junit.jupiter.api.Test;

class FieldDiffTest {
  private static Manifest pod(String spec) {
    return Kinds.yaml(
        "{apiVersion: v1, kind: Pod, metadata: {name: a, uid: u}, spec: " + spec + "}");
  }

  private static String diff(Manifest before, Manifest after) {
    return FieldDiff.between(before, after, Kinds.of("v1", "Pod"), FieldDiff.serverMetadata())
        .toString();
  }

  @Test
  void keyed_lists_differ_by_key_and_atomic_ones_whole() {
    assertThat(
            diff(
                pod("{containers: [{name: a, image: x, args: [a]}, {name: b}]}"),
                pod("{containers: [{name: a, image: y, args: [a, b]}, {name: c}]}")))
        .isEqualTo(
            "[.spec.containers[name=\"a\"].args changed, .spec.containers[name=\"a\"].image changed,"
                + " .spec.containers[name=\"b\"].name removed, .spec.containers[name=\"c\"].name added]");
  }

  @Test
  void what_is_ignored_and_what_is_equal_does_not_differ() {
    assertThat(diff(pod("{a: 1}"), pod("{a: 1}").with("v", "metadata", "uid"))).isEqualTo("[]");
  }

  @Test
  void another_order_of_the_same_items_differs() {
    assertThat(
            diff(
                pod("{containers: [{name: a}, {name: b}]}"),
                pod("{containers: [{name: b}, {name: a}]}")))
        .isEqualTo("[.spec.containers changed]");
  }

  @Test
  void what_only_one_side_has_differs_whole() {
    assertThat(diff(pod("{hostNetwork: true}"), pod("{}")))
        .isEqualTo("[.spec.hostNetwork removed]");
  }
}

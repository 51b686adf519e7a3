package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import org.junit.jupiter.api.Test;

class AssumptionTest {
  private final Assumption ofTemplate =
      new Assumption(
          FieldSet.of(
              FieldPath.of("spec", "template"), FieldPath.of("spec", "template", "metadata")),
          "it is rewritten");

  @Test
  void concerns_its_fields_and_all_below_them_whatever_else_it_names_there() {
    assertThat(ofTemplate.concerns(FieldPath.of("spec", "template"))).isTrue();
    assertThat(ofTemplate.concerns(FieldPath.of("spec", "template", "spec"))).isTrue();
    assertThat(ofTemplate.concerns(FieldPath.of("spec", "replicas"))).isFalse();
  }

  @Test
  void concerns_a_change_of_which_its_fields_are_a_part() {
    assertThat(ofTemplate.concerns(FieldPath.of("spec"))).isTrue();
    assertThat(ofTemplate.concerns(FieldPath.of("metadata"))).isFalse();
  }

  @Test
  void concerns_everything_if_it_names_no_field() {
    assertThat(Assumption.ofAll("it is not known").concerns(FieldPath.of("spec"))).isTrue();
  }
}

package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadLimitsTest {
  private static final String OBJECT =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: ";
  private static final ReadLimits STANDARD = ReadLimits.standard();

  @Test
  void does_not_read_ten_megabytes() {
    String text = OBJECT + "{x: \"" + "x".repeat(10 << 20) + "\"}\n";

    assertThat(read(STANDARD, text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error too-large f:1:1: the text is longer than 8388608 bytes, and is not read."
                + " Split it.");
  }

  @Test
  void counts_the_bytes_of_utf_8() {
    ReadLimits limits = STANDARD.withMaxBytes(100);

    assertThat(read(limits, "#" + "é".repeat(49) + "\n").problems()).hasSize(0);
    assertThat(read(limits, "#" + "é".repeat(50) + "\n").problems()).hasSize(1);
    assertThat(read(limits, "#" + "日".repeat(33)).problems()).hasSize(0);
    assertThat(read(limits, "#" + "日".repeat(33) + "\n").problems()).hasSize(1);
    assertThat(read(limits, "###" + "😀".repeat(24) + "\n").problems()).hasSize(0);
    assertThat(read(limits, "####" + "😀".repeat(24) + "\n").problems()).hasSize(1);
  }

  @Test
  void reads_no_value_that_no_cluster_would_store() {
    String text = OBJECT + "\n  x: \"" + "x".repeat(2 << 20) + "\"\n---\nkind: ConfigMap\n";

    assertThat(read(STANDARD, text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error too-large f:5:6 .data.x: a value has 2097152 characters; at most 1572864 are"
                + " read. A cluster does not store objects of this size.",
            "error missing-field f:7:1 .apiVersion: the field apiVersion is missing. Write the API"
                + " group and version, such as apps/v1.",
            "error missing-field f:7:1 .metadata.name: the field name is missing. Write metadata"
                + " with a name.");
  }

  @Test
  void stops_at_the_first_object_too_many() {
    String text = (OBJECT + "{}\n---\n").repeat(5);

    ReadResult result = read(STANDARD.withMaxObjects(3), text);

    assertThat(result.resources()).hasSize(3);
    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error too-large f:16:1: the text has more than 3 objects. Split it over several"
                + " applications.");
  }

  @Test
  void counts_what_stands_behind_an_alias_each_time() {
    String text = OBJECT + "\n  a: &a [x, x, x, x]\n  b: [*a, *a, *a]\n";

    assertThat(read(STANDARD.withMaxNodes(40), text).problems()).isEmpty();
    assertThat(read(STANDARD.withMaxNodes(30), text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error too-large f:6:15 .data.b[2]: the text has more than 30 values, those behind"
                + " aliases counted. Split the text, or use fewer aliases.");
  }

  @Test
  void an_alias_does_not_hide_depth() {
    String text = OBJECT + "\n  a: &a [[[x]]]\n  b: [[*a]]\n";

    assertThat(read(STANDARD.withMaxDepth(7), text).problems()).isEmpty();
    assertThat(read(STANDARD.withMaxDepth(6), text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error too-large f:6:8 .data.b[0][0]: the document is nested more than 6 levels deep."
                + " Flatten it.");
  }

  @Test
  void a_million_brackets_are_a_problem_like_any_other() {
    assertThat(codes(OBJECT + "[".repeat(1_000_000))).containsOnly(ProblemCode.TOO_LARGE);
    assertThat(codes(OBJECT + "{a: ".repeat(1_000_000))).containsOnly(ProblemCode.TOO_LARGE);
    assertThat(codes("{\"a\": " + "[".repeat(1_000_000))).containsOnly(ProblemCode.TOO_LARGE);
    assertThat(codes("{\"a\":".repeat(1_000_000))).containsOnly(ProblemCode.TOO_LARGE);
    assertThat(codes(OBJECT + "\n " + "- ".repeat(1_000_000))).containsOnly(ProblemCode.TOO_LARGE);
    assertThat(codes(OBJECT + "\n " + "? ".repeat(1_000_000))).isNotEmpty();
  }

  @Test
  void lists_no_more_problems_than_a_person_can_read() {
    String text = OBJECT + "\n  x: 0\n" + "  x: 1\n".repeat(9_999);

    ReadResult result = read(STANDARD.withMaxProblems(2), text);

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error duplicate-key f:6:3 .data.x: the key \"x\" is written twice, first in line 5."
                + " Keep one of them.",
            "error duplicate-key f:7:3 .data.x: the key \"x\" is written twice, first in line 5."
                + " Keep one of them.",
            "error too-large f: 9997 further problems are not listed. Mend those above first.");
  }

  @Test
  void long_keys_cost_neither_memory_nor_time() {
    String key = "k".repeat(1_000_000);

    ReadResult result =
        read(STANDARD, OBJECT + "\n  ? " + key + "\n  : [" + "1e400,".repeat(100_000) + "]\n");

    assertThat(result.problems()).hasSize(1_001);
    assertThat(result.problems().get(0).toString()).hasSizeLessThan(500);
  }

  @Test
  void numbers_of_a_million_digits_are_refused_at_once() {
    for (String number : new String[] {"1", "0.1", "0x1", "0b1", "01", "1e1", "-1", ".1", "1_1"}) {
      assertThat(codes(OBJECT + "\n  x: " + number + "1".repeat(1_000_000)))
          .as(number)
          .isSubsetOf(ProblemCode.PRECISION_LOSS);
    }
  }

  @Test
  void bounds_below_one_are_a_mistake_of_the_caller() {
    assertThatThrownBy(() -> STANDARD.withMaxBytes(0)).hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> STANDARD.withMaxObjects(0)).hasMessageContaining("maxObjects");
    assertThatThrownBy(() -> STANDARD.withMaxDepth(0)).hasMessageContaining("maxDepth");
    assertThatThrownBy(() -> STANDARD.withMaxDepth(1_001)).hasMessageContaining("maxDepth");
    assertThatThrownBy(() -> STANDARD.withMaxNodes(0)).hasMessageContaining("maxNodes");
    assertThatThrownBy(() -> STANDARD.withMaxScalarLength(0))
        .hasMessageContaining("maxScalarLength");
    assertThatThrownBy(() -> STANDARD.withMaxProblems(0)).hasMessageContaining("maxProblems");
  }

  private static java.util.List<ProblemCode> codes(String text) {
    return read(STANDARD, text).problems().stream().map(Problem::code).distinct().toList();
  }

  private static ReadResult read(ReadLimits limits, String text) {
    return ManifestReader.withLimits(limits).read("f", text);
  }
}

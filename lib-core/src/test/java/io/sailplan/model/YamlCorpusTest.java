package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlCorpusTest {
  private static final Map<String, String> DECIDED = YamlCorpus.decided();
  private static final Map<String, String> DIFFERENCES = YamlCorpus.differences();

  static List<YamlCorpus.Case> cases() {
    return YamlCorpus.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reads_what_kubectl_reads(YamlCorpus.Case text) {
    ReadResult result = ManifestReader.standard().read("corpus", text.text());

    Set<String> codes =
        result.problems().stream()
            .filter(Problem::isError)
            .map(problem -> problem.code().id())
            .collect(Collectors.toCollection(TreeSet::new));
    String decided = DECIDED.get(text.id());
    String difference = DIFFERENCES.get(text.id());
    if (difference != null && !difference.equals("accepted")) {
      assertThat(decided).as("kubectl reads it").isNotEqualTo(YamlCorpus.REFUSED);
      assertThat(codes).as("refused here").containsExactly(difference);
    } else if (decided != null && decided.equals(YamlCorpus.REFUSED) && difference == null) {
      assertThat(codes).as("kubectl refuses it; read as %s", result.resources()).isNotEmpty();
    } else {
      assertThat(result.problems()).filteredOn(Problem::isError).isEmpty();
      List<Map<String, Object>> objects =
          result.resources().stream().map(resource -> resource.manifest().tree()).toList();
      if (difference == null) {
        assertThat(text.essence(objects)).isEqualTo(Json.read(String.valueOf(decided)));
      }
    }
  }

  @Test
  void covers_every_case_with_a_decision_and_decides_nothing_else() {
    Set<String> ids =
        cases().stream().map(YamlCorpus.Case::id).collect(Collectors.toCollection(TreeSet::new));

    assertThat(ids).hasSize(cases().size()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(new TreeSet<>(DECIDED.keySet())).isEqualTo(ids);
    assertThat(ids).containsAll(DIFFERENCES.keySet());
  }
}

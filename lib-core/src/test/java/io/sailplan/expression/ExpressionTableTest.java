package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionTableTest {
  static final String[] FILES = {
    "language.yml",
    "libraries.yml",
    "types.yml",
    "unknowns.yml",
    "templates.yml",
    "references.yml",
    "bounds.yml"
  };

  static Stream<Case> cases() {
    return Tables.cases(FILES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void what_happens_is_what_the_table_says(Case each) {
    assertThat(each.actual()).containsExactlyInAnyOrderEntriesOf(each.wanted());
  }

  @Test
  void no_case_stands_there_twice() {
    assertThat(cases().map(each -> each + " " + each.own())).doesNotHaveDuplicates();
  }
}

package io.sailplan.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> FIELDS =
      List.of("replicas", "selector", "template", "strategy", "image", "imagePullPolicy");

  @Test
  void finds_a_word_with_a_letter_missing_added_changed_or_swapped() {
    assertThat(Suggestion.nearest("replcas", FIELDS)).contains("replicas");
    assertThat(Suggestion.nearest("replicass", FIELDS)).contains("replicas");
    assertThat(Suggestion.nearest("replikas", FIELDS)).contains("replicas");
    assertThat(Suggestion.nearest("imgae", FIELDS)).contains("image");
  }

  @Test
  void finds_a_word_in_another_case() {
    assertThat(Suggestion.nearest("imagepullpolicy", FIELDS)).contains("imagePullPolicy");
  }

  @Test
  void finds_nothing_where_nothing_is_near() {
    assertThat(Suggestion.nearest("volumes", FIELDS)).isEmpty();
    assertThat(Suggestion.nearest("", FIELDS)).isEmpty();
    assertThat(Suggestion.nearest("x", List.of())).isEmpty();
  }

  @Test
  void breaks_ties_alphabetically_whatever_the_order() {
    assertThat(Suggestion.nearest("cat", List.of("hat", "bat"))).contains("bat");
    assertThat(Suggestion.nearest("cat", List.of("bat", "hat"))).contains("bat");
  }

  @Test
  void speaks_only_if_it_has_something_to_say() {
    assertThat(Suggestion.didYouMean("imgae", FIELDS)).isEqualTo("Did you mean \"image\"?");
    assertThat(Suggestion.didYouMean("volumes", FIELDS)).isEmpty();
  }
}

package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.model.Manifest;
import io.sailplan.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForEachProductTest {

  private static Map<String, List<?>> lists(Object... namesAndLists) {
    Map<String, List<?>> lists = new LinkedHashMap<>();
    for (int i = 0; i < namesAndLists.length; i += 2) {
      lists.put((String) namesAndLists[i], (List<?>) namesAndLists[i + 1]);
    }
    return lists;
  }

  @Test
  void the_last_dimension_runs_fastest() {
    ForEachProduct product =
        ForEachProduct.of(lists("b", List.of("x", "y"), "a", List.of(1L, 2L, 3L)));
    assertThat(product.items())
        .extracting(Map::toString)
        .containsExactly(
            "{b=x, a=1}", "{b=x, a=2}", "{b=x, a=3}", "{b=y, a=1}", "{b=y, a=2}", "{b=y, a=3}");
    assertThat(product.problem()).isEmpty();
  }

  @Test
  void an_empty_list_makes_nothing_and_so_does_none() {
    assertThat(ForEachProduct.of(lists("a", List.of(1), "b", List.of())).items()).isEmpty();
    assertThat(ForEachProduct.of(lists()).items()).isEmpty();
  }

  @Test
  void items_may_be_null_and_anything_else() {
    assertThat(ForEachProduct.of(lists("a", Collections.singletonList(null))).items())
        .containsExactly(Collections.singletonMap("a", null));
    assertThat(ForEachProduct.of(lists("a", List.of(List.of(1, 2)))).items()).hasSize(1);
  }

  @Test
  void too_many_are_none_and_an_empty_list_counts_only_if_it_comes_first() {
    List<Long> thousand = Collections.nCopies(1000, 1L);
    assertThat(ForEachProduct.of(lists("a", thousand)).items()).hasSize(1000);
    assertThat(ForEachProduct.of(lists("a", thousand, "b", List.of(1, 2))).problem())
        .map(Problem::message)
        .contains("collection size of 2000 is over the maximum collection size of 1000");
    assertThat(ForEachProduct.of(lists("a", List.of(), "b", thousand, "c", thousand)).problem())
        .isEmpty();
    assertThat(ForEachProduct.of(lists("a", thousand, "b", thousand, "c", List.of())).problem())
        .isPresent();
    assertThatThrownBy(() -> ForEachProduct.of(lists(), -1)).hasMessageContaining("most");
  }

  @Test
  void every_dimension_has_to_tell_the_objects_apart() {
    GraphResource resource =
        new GraphResource(
            "nodes",
            ".spec.resources[0]",
            new ResourceContent.Template(Map.of("apiVersion", "v1", "kind", "Pod")),
            List.of(),
            List.of(),
            List.of(new ForEachDimension("region", "${a}"), new ForEachDimension("zone", "${b}")));
    Set<String> both = Set.of("region", "zone");
    assertThat(CollectionIdentity.unusedDimensions(resource, both, Set.of(), true)).isEmpty();
    assertThat(
            CollectionIdentity.unusedDimensions(resource, Set.of("zone"), Set.of("region"), true))
        .isEmpty();
    assertThat(
            CollectionIdentity.unusedDimensions(resource, Set.of("zone"), Set.of("region"), false))
        .map(Problem::message)
        .contains(
            "node \"nodes\": all forEach dimensions must be used to produce a unique resource"
                + " identity, missing: [region]");
  }

  @Test
  void the_same_object_twice_is_told() {
    Manifest one =
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}");
    assertThat(CollectionIdentity.duplicates(List.of(one, one.inNamespace("b"), one)))
        .extracting(Problem::message)
        .containsExactly("duplicate identity: Pod a");
  }
}

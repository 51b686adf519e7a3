package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 100, 5000})
  void an_object_answers_as_any_map_does_however_many_fields_it_has(int size) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      fields.put("field " + i * 7919 % 104729, i % 3 == 0 ? List.of("a", Map.of()) : "v" + i);
    }
    Map<String, Object> tree = Trees.copyOfObject(fields);

    assertThat(tree).isEqualTo(fields).hasSameHashCodeAs(fields).hasSize(size);
    assertThat(fields).isEqualTo(tree);
    assertThat(new ArrayList<>(tree.keySet())).isEqualTo(new ArrayList<>(fields.keySet()));
    assertThat(new ArrayList<>(tree.values())).isEqualTo(new ArrayList<>(fields.values()));
    Map<String, Object> walked = new LinkedHashMap<>();
    tree.forEach(walked::put);
    assertThat(walked).containsExactlyEntriesOf(fields);
    fields.forEach(
        (key, value) -> {
          assertThat(tree.get(new StringBuilder(key).toString())).isEqualTo(value);
          assertThat(tree.containsKey(key)).isTrue();
        });
    assertThat(tree.get("another")).isNull();
    assertThat(tree.containsKey("another")).isFalse();
    assertThat(tree.containsKey(null)).isFalse();
    assertThat(Trees.copyOfObject(tree)).isSameAs(tree);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20})
  void nobody_can_change_an_object(int size) {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < size; i++) {
      fields.put("f" + i, List.of(i));
    }
    Map<String, Object> tree = Trees.copyOfObject(fields);
    assertThatThrownBy(() -> tree.put("f0", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> tree.remove("f0")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> tree.entrySet().iterator().next().setValue(1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Trees.list(tree.get("f0")).add(1))
        .isInstanceOf(UnsupportedOperationException.class);
    var entries = tree.entrySet().iterator();
    for (int i = 0; i < size; i++) {
      entries.next();
    }
    assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
  }
}

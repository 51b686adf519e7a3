package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.problem.SourceLocation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceMapTest {
  private static final SourceMap MAP =
      ManifestReader.standard()
          .read(
              "f",
              """
              apiVersion: v1
              kind: ConfigMap
              metadata:
                name: a
                annotations:
                  a.b/c: x
                  'quo"ted\\': x
                  "": x
              data:
                list: [[1], 2]
                keyed:
                - {name: a, port: 1, image: x}
                - {name: b, port: 2, image: y}
              """)
          .resources()
          .get(0)
          .source();

  @Test
  void finds_fields_items_and_keys_in_quotes() {
    assertThat(MAP.find("")).hasToString("f:1:1");
    assertThat(MAP.find(".metadata.name")).hasToString("f:4:3 .metadata.name");
    assertThat(MAP.find(".data.list[0][0]")).hasToString("f:10:11 .data.list[0][0]");
    assertThat(MAP.find(".data.list[1]")).hasToString("f:10:15 .data.list[1]");
    assertThat(MAP.find(".metadata.annotations[\"a.b/c\"]"))
        .hasToString("f:6:5 .metadata.annotations[\"a.b/c\"]");
    assertThat(MAP.find(".metadata.annotations[\"quo\\\"ted\\\\\"]"))
        .hasToString("f:7:5 .metadata.annotations[\"quo\\\"ted\\\\\"]");
    assertThat(MAP.find(".metadata.annotations[\"\"]"))
        .hasToString("f:8:5 .metadata.annotations[\"\"]");
  }

  @Test
  void falls_back_to_the_nearest_ancestor() {
    assertThat(MAP.find(".data.list[7].x")).hasToString("f:10:3 .data.list[7].x");
    assertThat(MAP.find(".metadata.labels[\"x.y\"]"))
        .hasToString("f:3:1 .metadata.labels[\"x.y\"]");
    assertThat(MAP.find(".spec")).hasToString("f:1:1 .spec");
    assertThat(MAP.find("no path at all")).hasToString("f:1:1 no path at all");
    assertThat(MAP.find(".data.list[99999999999]")).hasToString("f:10:3 .data.list[99999999999]");
  }

  @Test
  void finds_items_of_keyed_lists_and_sets() {
    FieldPath keyed = FieldPath.of("data", "keyed");
    FieldPath b = keyed.child(new PathElement.Key(Map.of("name", "b", "port", 2L)));
    FieldPath c = keyed.child(new PathElement.Key(Map.of("name", "c")));
    FieldPath two = FieldPath.of("data", "list").child(new PathElement.Value(2L));

    assertThat(MAP.find(b.child("image")))
        .hasToString("f:13:24 .data.keyed[name=\"b\",port=2].image");
    assertThat(MAP.find(c.child("image"))).hasToString("f:11:3 .data.keyed[name=\"c\"].image");
    assertThat(MAP.find(two)).hasToString("f:10:15 .data.list[=2]");
    assertThat(MAP.find(FieldPath.of("metadata", "annotations", "a.b/c")))
        .hasToString("f:6:5 .metadata.annotations.a.b/c");
    assertThat(MAP.find(FieldPath.root())).hasToString("f:1:1");
  }

  @Test
  void can_be_made_by_hand() {
    SourceLocation start = SourceLocation.of("f", 3, 1);
    SourceMap map = SourceMap.of(start, Map.of(".a", SourceLocation.of("f", 4, 3)));

    assertThat(map.find(".a.b")).hasToString("f:4:3 .a.b");
    assertThat(map.find(".b")).hasToString("f:3:1 .b");
    assertThat(SourceMap.none().find(".a")).isNull();
  }

  @Test
  void places_of_list_items_count_from_the_item() {
    SourceMap item =
        ManifestReader.standard()
            .read(
                "f",
                "apiVersion: v1\nkind: List\nitems:\n"
                    + "- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n"
                    + "- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n")
            .resources()
            .get(1)
            .source();

    assertThat(item.find("")).hasToString("f:5:3");
    assertThat(item.find(".metadata.name")).hasToString("f:5:42 .metadata.name");
  }
}

package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldSetTest {

  private static FieldSet random(Random random) {
    List<FieldPath> paths = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      FieldPath path = FieldPath.root();
      for (int depth = random.nextInt(4); depth >= 0; depth--) {
        path = path.child(element(random));
      }
      paths.add(path);
    }
    return FieldSet.of(paths);
  }

  private static PathElement element(Random random) {
    switch (random.nextInt(4)) {
      case 0:
        return new PathElement.Key(
            Map.of("name", "n" + random.nextInt(2), "port", (long) random.nextInt(2)));
      case 1:
        return new PathElement.Value(random.nextBoolean() ? "a<b" : 3L);
      case 2:
        return new PathElement.Index(random.nextInt(2));
      default:
        return new PathElement.Field("f" + random.nextInt(3));
    }
  }

  @Test
  void sets_obey_the_laws_of_sets_and_survive_their_text() {
    long seed = Long.getLong("sailplan.test.seed", 1);
    System.out.println("field sets: -Dsailplan.test.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      FieldSet a = random(random);
      FieldSet b = random(random);
      assertThat(a.union(b)).isEqualTo(b.union(a));
      assertThat(a.intersection(b)).isEqualTo(b.intersection(a));
      assertThat(a.difference(b).union(a.intersection(b))).isEqualTo(a);
      assertThat(a.difference(b).intersection(b)).isEqualTo(FieldSet.empty());
      assertThat(a.union(b).size()).isEqualTo(a.size() + b.size() - a.intersection(b).size());
      assertThat(a.difference(a).isEmpty()).isTrue();
      assertThat(FieldSet.of(a.paths())).isEqualTo(a);
      String text = Json.write(a.toFieldsV1());
      assertThat(FieldSet.parse(Json.readObject(text))).isEqualTo(a);
      a.forEach(path -> assertThat(a.contains(path)).isTrue());
      b.difference(a).forEach(path -> assertThat(a.contains(path)).isFalse());
    }
  }

  @Test
  void elements_are_written_in_the_order_of_the_server_and_escaped() {
    FieldSet set =
        FieldSet.of(
            FieldPath.of("b"),
            FieldPath.of("a").child(new PathElement.Index(0)),
            FieldPath.of("a").child(new PathElement.Value("x<y")),
            FieldPath.of("a").child(new PathElement.Key(Map.of("port", 80.0, "name", "n"))),
            FieldPath.of("a").child("z"),
            FieldPath.of("a"));
    assertThat(Json.write(set.toFieldsV1()))
        .isEqualTo(
            "{\"f:a\":{\".\":{},\"f:z\":{},\"k:{\\\"name\\\":\\\"n\\\",\\\"port\\\":80.0}\":{},"
                + "\"v:\\\"x\\\\u003cy\\\"\":{},\"i:0\":{}},\"f:b\":{}}");
  }

  @Test
  void a_set_takes_the_values_at_its_paths() {
    Manifest object =
        Kinds.yaml(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {x: "1", y: "2"}}
            spec:
              selector: {a: b}
              ports: [{port: 80, protocol: TCP, name: h}, {port: 81, protocol: TCP, name: i}]
            """);
    FieldSet set =
        FieldSet.of(
            FieldPath.of("metadata", "labels", "x"),
            FieldPath.of("spec", "selector"),
            FieldPath.of("spec", "ports")
                .child(new PathElement.Key(Map.of("port", 81L, "protocol", "TCP")))
                .child("name"));
    assertThat(Json.write(set.project(object, Kinds.of(object))))
        .isEqualTo(
            "{\"metadata\":{\"labels\":{\"x\":\"1\"}},\"spec\":{\"selector\":{\"a\":\"b\"},\"ports\":[{\"port\":81,"
                + "\"protocol\":\"TCP\",\"name\":\"i\"}]}}");
  }
}

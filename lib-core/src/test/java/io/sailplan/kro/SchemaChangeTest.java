package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaChangeTest {
  /** kro compares the text of defaults, and does not look into the values of maps. */
  private static final Set<String> DIFFERENT =
      Set.of("default changes its form only", "values of a map change", "object becomes map");

  static Stream<String> cases() {
    return Tables.cases("changes").stream().map(one -> Trees.string(one.get("name")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void changes_are_those_that_kro_tells_in_its_words(String name) {
    Map<String, @Nullable Object> written =
        Tables.cases("changes").stream()
            .filter(one -> name.equals(one.get("name")))
            .findFirst()
            .orElseThrow();
    List<SchemaChange> changes =
        kind("kro.run", written.get("new")).changesFrom(kind("kro.run", written.get("old")));
    Map<String, @Nullable Object> kro = Tables.outcome("changes", name);
    if (!DIFFERENT.contains(name)) {
      assertThat(texts(changes, true)).isEqualTo(Trees.list(kro.get("breaking")));
      assertThat(texts(changes, false)).isEqualTo(Trees.list(kro.get("other")));
    }
  }

  private static List<String> texts(List<SchemaChange> changes, boolean breaking) {
    return changes.stream()
        .filter(change -> change.kind().isKnownToKro() && change.breaking() == breaking)
        .map(
            change ->
                change.kind()
                    + " "
                    + change.path()
                    + ": "
                    // kro has the word but never says it
                    + change.text().replace("Required property", "Optional property"))
        .sorted()
        .toList();
  }

  @Test
  void changes_that_kro_does_not_see_are_told_too() {
    Map<String, Object> old =
        Map.of(
            "spec",
            Map.of("m", "map[string]string", "e", "string", "f", "object", "l", "[]string"));
    Map<String, Object> now =
        Map.of(
            "spec",
            Map.of(
                "m",
                "map[string]integer",
                "e",
                "string | enum=\"a,b\" immutable=true",
                "f",
                Map.of("x", "string"),
                "l",
                "[]string | listType=set"));
    assertThat(kind("other.org", now).changesFrom(kind("kro.run", old)))
        .extracting(SchemaChange::toString)
        .containsExactly(
            "breaking IDENTITY_CHANGED group: group is immutable: it changed from kro.run to"
                + " other.org",
            "breaking ENUM_ADDED .properties.spec.properties.e.enum: Only the values [\"a\",\"b\"]"
                + " are allowed now",
            "breaking VALIDATION_ADDED .properties.spec.properties.e.x-kubernetes-validations:"
                + " Validation rule self == oldSelf was added",
            "PROPERTY_ADDED .properties.spec.properties.f.properties.x: Optional property x was"
                + " added",
            "breaking UNKNOWN_FIELDS_DROPPED"
                + " .properties.spec.properties.f.x-kubernetes-preserve-unknown-fields: Fields that"
                + " are not named are dropped now",
            "breaking LIST_TYPE_CHANGED .properties.spec.properties.l.x-kubernetes-list-type: List"
                + " type changed from atomic to set",
            "breaking TYPE_CHANGED .properties.spec.properties.m.additionalProperties.type: Type"
                + " changed from string to integer");
  }

  @Test
  void there_are_19_breaking_and_18_other_sorts_as_in_kro_and_one_that_is_both() {
    List<SchemaChange.Kind> kinds =
        Arrays.stream(SchemaChange.Kind.values()).filter(SchemaChange.Kind::isKnownToKro).toList();
    assertThat(kinds.indexOf(SchemaChange.Kind.PROPERTY_ADDED)).isEqualTo(19);
    assertThat(kinds).hasSize(19 + 19);
  }

  private static InstanceKind kind(String group, @Nullable Object written) {
    Map<String, @Nullable Object> spec = Trees.object(Trees.get(written, "spec"));
    Map<String, @Nullable Object> types = Trees.object(Trees.get(written, "types"));
    GraphSchema schema =
        new GraphSchema(
            new GroupVersionKind(group, "v1alpha1", "Thing"),
            true,
            spec,
            types,
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of());
    return InstanceKind.of(
        new ResourceGraphDefinition(
            "thing",
            schema,
            SimpleSchema.read(spec, types).orThrow(),
            List.of(),
            SourceMap.none()));
  }
}

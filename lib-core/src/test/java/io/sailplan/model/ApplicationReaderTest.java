package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationReaderTest {
  private static final String SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n";
  private static final String API =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        annotations:
          sailplan.io/depends-on: " Secret/db , ConfigMap/settings,Secret/db"
      """;
  private static final String SETTINGS =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shops}\n";

  @Test
  void reads_an_application_from_several_texts() {
    Application shop =
        ApplicationReader.named("shop")
            .inNamespace("shops")
            .add("api.yaml", API)
            .add("rest.yaml", SECRET + "---\n" + SETTINGS)
            .read()
            .orThrow();

    assertThat(shop.namespace()).isEqualTo("shops");
    assertThat(shop.resources())
        .extracting(Resource::id)
        .containsExactly("ConfigMap/settings", "Deployment/api", "Secret/db");
    assertThat(shop.resource("Deployment/api").orElseThrow().dependsOn())
        .containsExactly("Secret/db", "ConfigMap/settings");
    assertThat(shop.resource("Secret/db").orElseThrow().source().find(".metadata.name"))
        .hasToString("rest.yaml:3:12 .metadata.name");
  }

  @Test
  void the_short_form_reads_one_text_or_throws_all_problems() {
    assertThat(Application.read("shop", SECRET).resources()).hasSize(1);

    assertThatThrownBy(() -> Application.read("Shop", "kind: Secret\n---\nfoo"))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::toString)
                    .containsExactly(
                        "error missing-field <text>:1:1 .apiVersion: the field apiVersion is"
                            + " missing. Write the API group and version, such as apps/v1.",
                        "error missing-field <text>:1:1 .metadata.name: the field name is missing."
                            + " Write metadata with a name.",
                        "error not-an-object <text>:3:1: the document is a string, not an object."
                            + " Write a mapping with apiVersion, kind and metadata.",
                        "error invalid-name: the application is named \"Shop\". Use at most 53"
                            + " lower-case letters, digits and hyphens, with a letter or digit at"
                            + " both ends."));
  }

  @Test
  void an_object_given_twice_is_named_with_both_places() {
    ApplicationReadResult result =
        ApplicationReader.named("shop")
            .add("a.yaml", "# the first\n" + SECRET)
            .add("b.yaml", SECRET)
            .read();

    assertThat(result.application()).isEmpty();
    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error duplicate b.yaml:1:1: Secret db is given twice, first at a.yaml:2:1. Remove one"
                + " of them.");
  }

  @Test
  void what_could_not_be_read_is_not_called_missing() {
    ApplicationReadResult result =
        ApplicationReader.named("shop")
            .add("api.yaml", API + "---\n" + SETTINGS)
            .add("secret.yaml", SECRET + "data: {a: 1, a: 2}\n")
            .read();

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error duplicate-key secret.yaml:4:14 .data.a: the key \"a\" is written twice, first"
                + " in line 4. Keep one of them.");
  }

  @Test
  void what_is_missing_is_called_missing_at_the_annotation() {
    ApplicationReadResult result =
        ApplicationReader.named("shop")
            .add("api.yaml", API + "---\n" + SETTINGS.replace("settings", "setting"))
            .add("secret.yaml", SECRET)
            .read();

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error dangling-reference api.yaml:6:5 .metadata.annotations[\"sailplan.io/depends-on\"]:"
                + " Deployment/api depends on \"ConfigMap/settings\", which is not in the"
                + " application. Did you mean \"ConfigMap/setting\"? Ids are written Kind/name.");
  }

  @Test
  void warnings_do_not_keep_an_application_from_being_read() {
    ApplicationReadResult result =
        ApplicationReader.named("shop")
            .add("a.yaml", SECRET.replace("{name: db}", "{name: db, annotations: {y: x}}"))
            .read();

    assertThat(result.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "warning key-not-a-string a.yaml:3:36 .metadata.annotations.true: the key y is read as"
                + " \"true\". Put it in quotes.");
    assertThat(result.orThrow().resources().get(0).manifest().annotations())
        .containsEntry("true", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "exists, Exists[]",
    "' address ', HasAddress[]",
    "condition=Available, 'Condition[type=Available, status=True]'",
    "condition=Stalled=False, 'Condition[type=Stalled, status=False]'",
    "field=.status.phase=Ready, 'FieldEquals[path=.status.phase, value=Ready]'",
    "field=.status.nodes[0].url=a=b, 'FieldEquals[path=.status.nodes[0].url, value=a=b]'",
    "field=.status.done=, 'FieldEquals[path=.status.done, value=]'"
  })
  void reads_readiness_rules(String text, String rule) {
    ApplicationReadResult result = readyWhen(text);

    assertThat(result.problems()).isEmpty();
    assertThat(result.orThrow().resources().get(0).readinessRule().orElseThrow()).hasToString(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "exist",
        "condition",
        "condition=",
        "condition=A=",
        "field",
        "field=.a",
        "field=a=b",
        "field=.=b",
        "field=..a=b",
        "field=.a[x]=b",
        "exists=1"
      })
  void refuses_what_is_no_readiness_rule(String text) {
    assertThat(readyWhen(text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error invalid-annotation a.yaml:6:5 .metadata.annotations[\"sailplan.io/ready-when\"]:"
                + " sailplan.io/ready-when: \""
                + text
                + "\" is not a readiness rule. Write exists, address, condition=Type,"
                + " condition=Type=Status or field=.path.to.field=value.");
  }

  private static ApplicationReadResult readyWhen(String rule) {
    String annotations = "  annotations:\n    sailplan.io/ready-when: \"" + rule + "\"\n";
    String yaml = "apiVersion: x.test/v1\nkind: Probe\nmetadata:\n  name: a\n" + annotations;
    return ApplicationReader.named("shop").add("a.yaml", yaml).read();
  }
}

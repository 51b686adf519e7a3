package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.shape.ShapeCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCertaintyTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "metadata":{"type":"object"},
        "spec":{"type":"object","required":["size"],
          "x-kubernetes-validations":[{"rule":"self.size > 0","message":"too small"}],"properties":{
          "size":{"type":"integer","minimum":1,"default2":0},
          "mode":{"type":"string","enum":["a","b"],"description":"one of two"},
          "code":{"type":"string","default":"a","maxLength":3},
          "on":{"type":"boolean","default":true},
          "port":{"x-kubernetes-int-or-string":true},
          "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
          "labels":{"type":"object","additionalProperties":{"type":"string"}},
          "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
          "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
            "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string","pattern":"^[a-z]+$"}}}}}}}}
      """
          .replace(",\"default2\":0", "");

  private static final String REQUEST =
      """
      apiVersion: certificates.k8s.io/v1
      kind: CertificateSigningRequest
      metadata: {name: team}
      spec:
        signerName: example.com/signer
        usages: [digital signature, client auth]
        request: %s
      """;

  /** For O=team, CN=someone, with a key on P-256. */
  private static final String PLAIN =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIY01JR0RBZ0VBTUNFeERUQUxCZ05W"
          + "QkFvTUJIUmxZVzB4RURBT0JnTlZCQU1NQjNOdmJXVnZibVV3V1RBVApCZ2NxaGtqT1BRSUJCZ2dxaGtq"
          + "T1BRTUJCd05DQUFTTUExZHVaOFRWckdTRDBVaG9VN1JkQmtDVWM3bktqYzhVCmNpZkpCWWpLR0sxVXRL"
          + "YVgzWldtUDNpcERCUmJZdFBaMEROMVZzWmwvbnZOdFhubTVqOGxvQUF3Q2dZSUtvWkkKemowRUF3SURT"
          + "QUF3UlFJaEFOT1JaMlJQNmpCWUlPN3h2bjZ0MDJHYVQvbDB3M0ZlV2MyNFVKTjk2SlVsQWlCawpZdTRQ"
          + "RWx0SVUxSmtvbTVZWGFYVlc0NHRYc2syR3RiTEY3cnEvTUVSb2c9PQotLS0tLUVORCBDRVJUSUZJQ0FU"
          + "RSBSRVFVRVNULS0tLS0K";

  @Test
  void a_definition_of_ordinary_keywords_is_known_to_be_taken() {
    assertThat(doubts(definition(SCHEMA))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"minimum\":1 -> \"x-kubernetes-validations\":[{\"rule\":\"self > 0\"}]",
        "\"self.size > 0\" -> \"self.mode > 0\"",
        "\"self.size > 0\" -> \"self.other > 0\"",
        "\"self.size > 0\" -> \"size(self.mode) > 0\"",
        "\"default\":\"a\",\"maxLength\":3 -> \"default\":\"abcd\",\"maxLength\":3",
        "\"default\":true -> \"default\":\"yes\"",
        "\"enum\":[\"a\",\"b\"] -> \"enum\":[\"a\",\"a\"]",
        "\"required\":[\"size\"] -> \"required\":[\"sizes\"]",
        "\"pattern\":\"^[a-z]+$\" -> \"pattern\":\"^[a-z+$\"",
        "\"metadata\":{\"type\":\"object\"} -> \"metadata\":{\"type\":\"object\",\"required\":[]}",
        "\"items\":{\"type\":\"string\"} -> \"items\":{\"type\":\"string\",\"default\":\"a\"}",
        "\"required\":[\"name\"] -> \"required\":[]",
        "\"list-map-keys\":[\"name\"] -> \"list-map-keys\":[]",
        "\"additionalProperties\":{\"type\":\"string\"} -> \"additionalProperties\":{\"type\":\"string\",\"default\":\"a\"}"
      })
  void of_a_definition_with_anything_else_only_the_server_knows(String change) {
    String[] parts = change.replace("\"list-map", "\"x-kubernetes-list-map").split(" -> ");
    assertThat(SCHEMA).contains(parts[0]);
    assertThat(doubts(definition(SCHEMA.replace(parts[0], parts[1])))).isNotEmpty();
  }

  @Test
  void what_stands_already_is_no_doubt() {
    Manifest odd = definition(SCHEMA.replace("\"minimum\":1", "\"multipleOf\":2"));
    assertThat(doubts(odd)).isNotEmpty();
    assertThat(
            ValueCertainty.doubts(
                odd,
                odd.with("x", "metadata", "labels", "a"),
                ShapeCatalog.builtIn().find(odd).orElseThrow()))
        .isEmpty();
  }

  @Test
  void a_plain_request_for_a_certificate_is_known_to_be_taken() {
    assertThat(doubts(read(REQUEST.formatted(PLAIN)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 60, 90, 130, 200, 300, 380})
  void of_a_request_that_is_damaged_only_the_server_knows(int place) {
    String other = PLAIN.charAt(place) == 'Q' ? "R" : "Q";
    String damaged = PLAIN.substring(0, place) + other + PLAIN.substring(place + 1);
    boolean inSignature = place >= 300; // which the server does not check
    assertThat(doubts(read(REQUEST.formatted(damaged))).isEmpty()).isIn(inSignature, false);
  }

  @Test
  void of_an_unknown_use_of_a_certificate_only_the_server_knows() {
    assertThat(doubts(read(REQUEST.formatted(PLAIN).replace("client auth", "client"))))
        .isNotEmpty();
  }

  private static List<Assumption> doubts(Manifest manifest) {
    return ValueCertainty.doubts(
        null, manifest, ShapeCatalog.builtIn().find(manifest).orElseThrow());
  }

  private static Manifest read(String yaml) {
    return ManifestReader.standard().read("object.yaml", yaml).resources().get(0).manifest();
  }

  private static Manifest definition(String schema) {
    Manifest definition =
        read(
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: boats.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {kind: Boat, listKind: BoatList, plural: boats, singular: boat}
              versions:
              - name: v1
                served: true
                storage: true
                additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
                schema: {openAPIV3Schema: SCHEMA}
            """
                .replace("SCHEMA", schema.replace("\n", " ")));
    assertThat(Json.write(definition.tree())).contains("openAPIV3Schema");
    return definition;
  }
}

package io.sailplan.cli;

import static io.sailplan.cli.Sailing.file;
import static io.sailplan.cli.Sailing.sail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sailplan.readiness.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReadyTest {
  private static final Path SCHEMA = Path.of("../../docs/schema/ready.schema.json");
  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void tells_of_each_object_whether_it_is_ready_and_why_not() throws IOException {
    Sailing.Result result = sail("ready", "-f", file("live/objects.yaml"));

    assertThat(result.err()).isEmpty();
    Goldens.check("ready.txt", result.out());
    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void ends_with_zero_if_all_are_ready() {
    Sailing.Result result = sail("ready", "-f", file("live/ready.json"));

    assertThat(result.out()).endsWith("1 of 1 object is ready.\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void writes_json_that_its_schema_describes() throws IOException {
    Sailing.Result result = sail("ready", "-o", "json", "-f", file("live/objects.yaml"));

    assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    JsonNode document = mapper.readTree(result.out());
    assertThat(schema().validate(document)).isEmpty();
    assertThat(document.path("ready").asBoolean()).isFalse();
    assertThat(document.path("objects").findValuesAsText("name"))
        .containsExactlyInAnyOrder("settings", "old", "api", "migrate", "quiet", "declared");
    Goldens.check("ready.json", result.out());
  }

  @Test
  void reads_from_standard_input_what_kubectl_prints() throws IOException {
    Sailing.Result result =
        new Sailing()
            .stdin(Files.readString(Path.of(file("live/objects.yaml"))))
            .run("ready", "-o", "json", "-f", "-");

    assertThat(result.out())
        .isEqualTo(sail("ready", "-o", "json", "-f", file("live/objects.yaml")).out());
  }

  @Test
  void has_a_schema_that_refuses_other_documents() throws IOException {
    JsonNode good =
        mapper.readTree(sail("ready", "-o", "json", "-f", file("live/objects.yaml")).out());
    for (String field : List.of("format", "ready", "objects")) {
      ObjectNode broken = good.deepCopy();
      broken.remove(field);
      assertThat(schema().validate(broken)).as("without " + field).isNotEmpty();
    }
    JsonNode first = good.path("objects").path(0);
    for (String field : (Iterable<String>) first::fieldNames) {
      ObjectNode broken = good.deepCopy();
      ((ObjectNode) broken.path("objects").path(0)).remove(field);
      assertThat(schema().validate(broken)).as("object without " + field).isNotEmpty();
    }
    ObjectNode invented = good.deepCopy();
    ((ObjectNode) invented.path("objects").path(0)).put("verdict", "perhaps");
    assertThat(schema().validate(invented)).isNotEmpty();
  }

  @Test
  void has_a_schema_that_knows_all_verdicts() throws IOException {
    JsonNode known =
        mapper.readTree(Files.readString(SCHEMA)).at("/$defs/object/properties/verdict/enum");

    assertThat(known)
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Verdict.Status.values())
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMA));
  }
}

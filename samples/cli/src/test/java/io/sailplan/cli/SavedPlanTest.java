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
import io.sailplan.Planner;
import io.sailplan.model.Application;
import io.sailplan.model.Snapshot;
import io.sailplan.plan.Plan;
import io.sailplan.plan.PlanKey;
import io.sailplan.plan.SavedPlan;
import io.sailplan.plan.SecretSource;
import io.sailplan.planning.PlanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
  private static final Path SCHEMA = Path.of("../../docs/schema/plan.schema.json");
  private final ObjectMapper mapper = new ObjectMapper();

  @TempDir Path folder;
  private String plan;
  private String key;

  @BeforeEach
  void write() throws IOException {
    plan = folder.resolve("shop.plan").toString();
    key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef").toString();
  }

  @Test
  void is_applied_later_with_the_key_and_the_manifests() throws IOException {
    Sailing.Result saved = save(file("shop"));
    assertThat(saved.exit()).as(saved.err()).isEqualTo(ExitCode.PENDING);
    assertThat(saved.err()).contains("sailplan: saved in " + plan + ", sha256:");
    assertThat(Files.readString(Path.of(plan)))
        .doesNotContain("do-not-show-this")
        .doesNotContain("ZG8tbm90LXNob3ctdGhpcw");

    Sailing.Result applied =
        sail("apply", "--embedded", "--plan", plan, "--key-file", key, "-f", file("shop"));
    assertThat(applied.err()).isEmpty();
    assertThat(applied.exit()).as(applied.out()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void is_refused_without_what_it_takes() throws IOException {
    Sailing.Result open = sail("plan", "--offline", "-f", file("shop"), "--out", plan);
    assertThat(open.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(open.err()).contains("Secret/db cannot be saved", "give-key");
    assertThat(Path.of(plan)).doesNotExist();

    save(file("shop"));
    assertThat(sail("apply", "--embedded", "--plan", plan).err())
        .contains("the plan was saved with a key, and is opened without");
    assertThat(sail("apply", "--embedded", "--plan", plan, "--key-file", key).err())
        .contains("the source of secrets does not know it");
    Files.writeString(Path.of(plan), Files.readString(Path.of(plan)).replace("PT5M", "PT9M"));
    assertThat(sail("apply", "--embedded", "--plan", plan, "--key-file", key).err())
        .contains("altered", "it does not match its digest");
  }

  @Test
  void is_never_written_over_another_file() {
    save(file("shop"));
    assertThat(save(file("shop")).err()).contains("it exists, or cannot be written");
  }

  @Test
  void what_it_takes_is_printed_as_roles_and_checked() {
    Sailing.Result roles = sail("plan", "--embedded", "--role", "-f", file("shop"));
    assertThat(roles.out())
        .contains("kind: Role", "name: \"sailplan-shop\"", "resourceNames: [\"db\"]");
    assertThat(sail("apply", "--embedded", "--check-access", "-f", file("shop")).exit())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void has_the_form_that_its_schema_describes() throws IOException {
    save(file("shop"));
    JsonNode saved = mapper.readTree(Files.readString(Path.of(plan)));
    JsonNode printed =
        mapper.readTree(sail("plan", "--offline", "-o", "json", "-f", file("shop")).out());
    JsonNode sample =
        mapper.readTree(
            Path.of("../../lib-core/src/test/resources/plans/sample.saved.json").toFile());
    for (JsonNode document : List.of(saved, printed, sample)) {
      assertThat(schema().validate(document)).isEmpty();
    }
    for (String field : (Iterable<String>) printed::fieldNames) {
      ObjectNode broken = printed.deepCopy();
      broken.remove(field);
      assertThat(schema().validate(broken)).as("without " + field).isNotEmpty();
    }
    ObjectNode leaking = sample.deepCopy();
    ((ObjectNode) leaking.path("steps").path(0).path("changes").path(0)).put("after", "b2xk");
    assertThat(schema().validate(leaking)).isNotEmpty();
  }

  @Test
  void needs_three_lines_of_code() {
    Application shop =
        Application.read(
            "shop",
            "{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: open}}");
    Plan plan = Planner.standard().plan(PlanRequest.deploy(shop, Snapshot.empty())).orThrow();
    PlanKey key = PlanKey.of(new byte[32]);
    String text = SavedPlan.of(plan, key).orThrow().toJson();
    SavedPlan saved = SavedPlan.read("shop.plan", text).orThrow();
    Plan approved = saved.open(key, SecretSource.of(shop)).orThrow();
    assertThat(approved).isEqualTo(plan);
  }

  private Sailing.Result save(String manifests) {
    return sail("plan", "--embedded", "-f", manifests, "--out", plan, "--key-file", key);
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMA));
  }
}

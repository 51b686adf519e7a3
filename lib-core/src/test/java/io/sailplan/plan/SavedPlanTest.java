package io.sailplan.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sailplan.Goldens;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SavedPlanTest {
  private static final PlanKey KEY = PlanKey.of("0123456789abcdef0123456789abcdef".getBytes());
  private static final PlanKey OTHER = PlanKey.of("another key, as long as it must be".getBytes());
  private static final String PASSWORD = "aHVudGVyMmh1bnRlcjI="; // hunter2hunter2
  private static final long SEEDS = Long.getLong("sailplan.seeds", 100);

  @Test
  void a_saved_plan_is_what_the_file_shows() throws IOException {
    Goldens.check(
        "plans/sample.saved.json", SavedPlan.of(SamplePlan.plan(), KEY).orThrow().toJson());
  }

  @Test
  void whatever_a_plan_holds_is_read_back_equal() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomPlans random = new RandomPlans(seed);
      Plan plan = random.next();
      SavedPlan saved = SavedPlan.of(plan, KEY).orThrow();
      SavedPlan read = SavedPlan.read("plan", saved.toJson()).orThrow();

      assertThat(read).as("seed %d", seed).isEqualTo(saved);
      assertThat(read.toJson()).as("seed %d", seed).isEqualTo(saved.toJson());
      Plan opened = read.open(KEY, random.secrets()).orThrow();
      assertThat(opened).as("seed %d", seed).isEqualTo(keyed(plan));
    }
  }

  @Test
  void its_fields_may_be_ordered_and_indented_otherwise() {
    SavedPlan saved = SavedPlan.of(new RandomPlans(1).next(), KEY).orThrow();
    Map<String, Object> tree = Json.readObject(saved.toJson());
    assertThat(SavedPlan.read("plan", Json.write(backwards(tree))).orThrow()).isEqualTo(saved);
  }

  @Test
  void no_value_may_be_changed_unnoticed() {
    String text = SavedPlan.of(SamplePlan.plan(), KEY).orThrow().toJson();
    for (String changed :
        List.of(
            text.replace("\"force\": true", "\"force\": false"),
            text.replace("PT5M", "PT6M"),
            text.replace("\"u-1\"", "\"u-2\""),
            text.replace("Add it to the application.", "Do nothing."))) {
      assertThat(changed).isNotEqualTo(text);
      assertThat(SavedPlan.read("plan", changed).problems())
          .extracting(Problem::code)
          .contains(ProblemCode.ALTERED);
    }
  }

  @Test
  void who_does_not_have_the_key_cannot_change_it_and_sign_it_again() {
    Plan plan = SamplePlan.plan();
    Map<String, Object> ours = tree(SavedPlan.of(plan, KEY).orThrow());
    Plan other = Plan.of(plan.operation(), plan.steps().subList(0, 1), List.of());
    Map<String, Object> theirs = tree(SavedPlan.of(other, OTHER).orThrow());
    theirs.put("signature", ours.get("signature"));
    SavedPlan forged = SavedPlan.read("plan", Json.write(theirs)).orThrow();
    assertThat(forged.open(KEY, SecretSource.none()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.WRONG_KEY);
    theirs.remove("signature");
    SavedPlan unsigned = SavedPlan.read("plan", Json.write(theirs)).orThrow();
    assertThat(unsigned.open(KEY, SecretSource.none()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.WRONG_KEY);
  }

  @Test
  void another_version_is_not_read() {
    String text = plain().toJson().replace("/plan/v1", "/plan/v2");
    assertThat(SavedPlan.read("shop.plan", text).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "error invalid-value shop.plan:2:3 .format: the format \"sailplan.io/plan/v2\" is not"
                + " sailplan.io/plan/v1. Read it with the release that has written it, or plan"
                + " again.");
  }

  @Test
  void what_was_printed_for_programs_is_no_saved_plan() {
    assertThat(SavedPlan.read("plan", SamplePlan.plan().toJson()).problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .startsWith("this plan was printed, not saved");
  }

  @Test
  void all_that_is_wrong_is_said_at_once_with_its_place() {
    String text =
        SavedPlan.of(SamplePlan.plan(), KEY)
            .orThrow()
            .toJson()
            .replace("\"kind\": \"await-gone\"", "\"kind\": \"await-gon\"")
            .replace("\"force\": true", "\"force\": 1, \"forced\": true")
            .replace("\"goneIsDone\": false,", "")
            .replace("\"quietPeriod\": \"PT5S\"", "\"quietPeriod\": \"5 seconds\"");
    List<Problem> problems = SavedPlan.read("plan", text).problems();
    assertThat(problems)
        .extracting(problem -> problem.code() + " " + problem.location().path())
        .containsExactlyInAnyOrder(
            "ALTERED .digest",
            "INVALID_VALUE .steps[3].quietPeriod",
            "MISSING_FIELD .steps[3].goneIsDone",
            "WRONG_TYPE .steps[4].force",
            "UNKNOWN_FIELD .steps[4].forced",
            "INVALID_VALUE .steps[6].kind");
    assertThat(problems).allMatch(problem -> problem.location().line() > 0);
  }

  @Test
  void steps_that_make_no_graph_are_named() {
    String text = plain().toJson();
    assertThat(
            SavedPlan.read(
                    "plan",
                    text.replace("\"id\": \"keep ConfigMap/b\"", "\"id\": \"keep ConfigMap/a\""))
                .problems())
        .extracting(Problem::code)
        .contains(ProblemCode.DUPLICATE, ProblemCode.DANGLING_REFERENCE);
    assertThat(
            SavedPlan.read(
                    "plan", text.replace("\"after\": []", "\"after\": [\"keep ConfigMap/a\"]"))
                .problems())
        .extracting(Problem::toString)
        .anyMatch(problem -> problem.contains("cycle") && problem.contains("keep ConfigMap/a"));
  }

  @Test
  void broken_texts_are_problems_and_never_exceptions() {
    String text = plain().toJson();
    for (String broken :
        List.of("", "{", "null", "[]", "1", text + "{}", "[".repeat(5000), text.substring(9))) {
      assertThat(SavedPlan.read("plan", broken).problems()).as(broken).isNotEmpty();
    }
    for (int i = 0; i < text.length(); i += 7) {
      String cut = text.substring(0, i) + text.substring(i + 1);
      SavedPlan.read("plan", cut).saved().ifPresent(read -> assertThat(read).isEqualTo(plain()));
    }
  }

  @Test
  void a_plan_that_changes_a_secret_is_not_saved_without_a_key() {
    SavedPlan.Saving saving = SavedPlan.of(secret(PASSWORD));
    assertThat(saving.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(Refusal.Code.NEEDS_KEY);
              assertThat(refusal.message())
                  .isEqualTo("Secret/db cannot be saved: it changes a Secret, and there is no key");
              assertThat(refusal.remedies()).extracting(Remedy::action).contains("give-key");
            });
    assertThatThrownBy(saving::orThrow).isInstanceOf(RefusedException.class);
  }

  @Test
  void a_plan_without_secrets_needs_no_key() {
    assertThat(plain().isSigned()).isFalse();
    assertThat(plain().open().orThrow().steps()).hasSize(2);
  }

  @Test
  void it_holds_neither_a_secret_nor_an_unkeyed_digest_of_one() {
    String one = SavedPlan.of(secret(PASSWORD), KEY).orThrow().toJson();
    assertThat(one).doesNotContain(PASSWORD, "hunter2", "f".repeat(64));
    assertThat(digests(one))
        .doesNotContainAnyElementsOf(
            digests(SavedPlan.of(secret(PASSWORD), OTHER).orThrow().toJson()));
  }

  @Test
  void the_secret_has_to_be_what_it_was() {
    SavedPlan saved = SavedPlan.of(secret(PASSWORD), KEY).orThrow();
    Plan opened = saved.open(KEY, source("hunter2hunter2")).orThrow();
    assertThat(opened).isEqualTo(keyed(secret(PASSWORD)));
    assertThat(saved.open(KEY, source("hunter3hunter3")).refusals())
        .extracting(Refusal::toString)
        .singleElement()
        .asString()
        .startsWith(
            "refused: Secret default/db is not as it was when the plan was made: .data.password")
        .doesNotContain("hunter");
    assertThat(saved.open(KEY, SecretSource.none()).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.SECRET_MISSING);
    assertThat(saved.open(OTHER, source("hunter2hunter2")).refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.WRONG_KEY);
    assertThat(saved.open().refusals())
        .extracting(Refusal::code)
        .containsExactly(Refusal.Code.NEEDS_KEY);
  }

  private static SavedPlan plain() {
    return SavedPlan.of(
            Plan.of(
                new PlannedOperation("deploy", new Membership("shop", "shop")),
                List.of(
                    SamplePlan.unchanged("ConfigMap", "a", "keep ConfigMap/b"),
                    SamplePlan.unchanged("ConfigMap", "b")),
                List.of()))
        .orThrow();
  }

  private static Plan secret(String password) {
    Manifest manifest =
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\",\"namespace\":"
                + "\"default\"},\"data\":{\"password\":\""
                + password
                + "\"}}");
    return Plan.of(
        new PlannedOperation("deploy", new Membership("default", "shop")),
        List.of(
            new Step.Apply(
                "apply Secret/db",
                new Target("Secret/db", manifest.groupVersionKind(), "default", "db"),
                "it differs from what is declared",
                List.of(),
                Duration.ofMinutes(1),
                new Payload.Literal(manifest),
                List.of(
                    new FieldChange(
                        FieldPath.of("data", "password"),
                        "b2xk",
                        password,
                        SamplePlan.ASSUMED,
                        true)),
                new Precondition.Unchanged("u-1", "42", "f".repeat(64)),
                false)),
        List.of());
  }

  private static SecretSource source(String password) {
    Manifest declared =
        Manifest.parseJson(
            "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},"
                + "\"stringData\":{\"password\":\""
                + password
                + "\"}}");
    return key -> key.name().equals("db") ? Optional.of(declared) : Optional.empty();
  }

  /** What opening gives: fingerprints of Secrets stay keyed. */
  private static Plan keyed(Plan plan) {
    return new StepMapper() {
      @Override
      Manifest manifest(Target target, Manifest manifest) {
        return manifest;
      }

      @Override
      PatchOperation operation(Target target, PatchOperation operation) {
        return operation;
      }

      @Override
      Precondition.Unchanged unchanged(Target target, Precondition.Unchanged unchanged) {
        return new Precondition.Unchanged(
            unchanged.uid(),
            unchanged.resourceVersion(),
            Sealing.fingerprint(KEY, target.key(), unchanged.fingerprint()));
      }

      @Override
      List<FieldChange> changes(Target target, List<FieldChange> changes) {
        return changes;
      }
    }.map(plan);
  }

  private static List<String> digests(String json) {
    return json.lines().filter(line -> line.contains("hmac-sha256:")).map(String::strip).toList();
  }

  private static Map<String, Object> tree(SavedPlan saved) {
    return new LinkedHashMap<>(Json.readObject(saved.toJson()));
  }

  private static Object backwards(Object value) {
    if (!(value instanceof Map)) {
      return value instanceof List<?> list
          ? list.stream()
              .map(SavedPlanTest::backwards)
              .collect(ArrayList::new, List::add, List::addAll)
          : value;
    }
    List<String> names = new ArrayList<>(Trees.object(value).keySet());
    Collections.reverse(names);
    Map<String, Object> backwards = new LinkedHashMap<>();
    names.forEach(name -> backwards.put(name, backwards(Trees.get(value, name))));
    return backwards;
  }
}

package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract notices when the cluster is broken: each mutation changes one place of the engine or
 * of the simulation, and a sentence has to fail.
 */
class MutationTest {
  private static final Path CORE = Path.of("../lib-core/src/main/java/io/sailplan/ownership");
  private static final Path TESTING = Path.of("src/main/java/io/sailplan/testing");

  /** What is broken: a file, a text that it holds once, and what stands there instead. */
  enum Mutation {
    CONFLICTS_ARE_NOT_NOTICED(
        CORE.resolve("Ownership.java"), "return conflicts;", "return new ArrayList<>();"),
    WHO_LOSES_A_FIELD_KEEPS_IT(
        CORE.resolve("Ownership.java"),
        "owner.with(owner.fields().difference(lost))",
        "owner.with(owner.fields())"),
    WHAT_IS_LEFT_OUT_STAYS(
        CORE.resolve("Ownership.java"), "merged = prune(merged, last.fields(), owners, own);", ""),
    OLD_VERSIONS_ARE_ACCEPTED(
        CORE.resolve("Preconditions.java"),
        "&& !version.equals(\"0\")",
        "&& version.equals(\"0\")"),
    A_UID_DOES_NOT_HINDER_CREATION(
        CORE.resolve("Preconditions.java"), "return uid.isEmpty()\n", "return true\n"),
    ANOTHER_UID_IS_ACCEPTED(
        CORE.resolve("Preconditions.java"),
        "if (!uid.isEmpty() && !uid.equals",
        "if (uid.isEmpty() && !uid.equals"),
    GENERATIONS_DO_NOT_RISE(
        CORE.resolve("Writing.java"),
        "if (rises(before, stored, written)) {",
        "if (rises(before, stored, written) && before.isEmpty()) {"),
    NOTHING_IS_EVER_UNCHANGED(
        CORE.resolve("Writing.java"),
        "boolean changed = spec || restless || !owners.sameOwners(known) || known.hadTwins(live);",
        "boolean changed = true;"),
    TYPES_ARE_NOT_CHECKED(
        CORE.resolve("ServerSideApply.java"),
        "if (!errors.isEmpty()) {",
        "if (errors.size() > 1000) {"),
    KEYS_OF_ITEMS_CANNOT_BE_NULL(
        CORE.resolve("Values.java"),
        "if (value == null && field != null && !fields.containsKey(name)) {",
        "if (value == null && field != null) {"),
    EMPTY_LISTS_ARE_NO_LISTS(
        CORE.resolve("StoredForm.java"),
        "boolean empty = empties && stored instanceof List;",
        "boolean empty = empties && stored instanceof String;"),
    DEFAULTS_ARE_NOT_SET(
        CORE.resolve("StoredForm.java"),
        "if (defaults && field.defaultValue().isPresent()) {",
        "if (!defaults && field.defaultValue().isPresent()) {"),
    WHAT_IS_FIXED_CAN_CHANGE(
        CORE.resolve("Transition.java"), "if (differs(path)) {", "if (path.length > 9) {"),

    DELETIONS_IGNORE_THE_UID(
        TESTING.resolve("Deletion.java"),
        "if (!uid.isEmpty() && !uid.equals",
        "if (uid.isEmpty() && !uid.equals"),
    FINALIZERS_HOLD_NOTHING(
        TESTING.resolve("Deletion.java"),
        "boolean waits = !finalizers.isEmpty() || ",
        "boolean waits = "),
    FAILED_TESTS_OF_PATCHES_ARE_IGNORED(
        TESTING.resolve("JsonPatch.java"), "case \"test\" -> test(", "case \"test\" -> ignore("),
    ORPHANS_ARE_COLLECTED(
        TESTING.resolve("GarbageCollector.java"),
        "if (Owners.isTerminating(object) && finalizers.contains(ORPHAN)) {",
        "if (Owners.isTerminating(object) && finalizers.contains(\"\")) {"),
    TERMINATING_NAMESPACES_TAKE_NEW_OBJECTS(
        TESTING.resolve("Admission.java"),
        "if (Owners.isTerminating(namespace)) {",
        "if (namespace.tree().isEmpty()) {"),
    KUBECTL_IS_A_MANAGER_LIKE_OTHERS(
        TESTING.resolve("LastApplied.java"),
        "return manager.equals(\"kubectl\") && ",
        "return manager.equals(\"\") && "),
    OLD_PODS_GO_BEFORE_NEW_ONES_ARE_READY(
        TESTING.resolve("DeploymentController.java"),
        "long least = replicas(deployment) - unavailable(deployment);",
        "long least = -100;");

    private final Path file;
    private final String found;
    private final String instead;

    Mutation(Path file, String found, String instead) {
      this.file = file;
      this.found = found;
      this.instead = instead;
    }

    String mutated() throws IOException {
      String source = Files.readString(file);
      assertThat(source.split(java.util.regex.Pattern.quote(found), -1))
          .describedAs("%s must hold once: %s", file, found)
          .hasSize(2);
      String mutated = source.replace(found, instead);
      return mutated.replace(
          "case \"test\" -> ignore(parent, name, operation);", "case \"test\" -> {}");
    }
  }

  @TempDir Path folder;

  @Test
  void the_cluster_as_it_is_meets_the_contract() {
    assertThat(MutatedContract.firstFailure(folder)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_sentence_fails_if(Mutation mutation) throws IOException {
    MutatedContract.compile(mutation.file.getFileName().toString(), mutation.mutated(), folder);
    Optional<String> failure = MutatedContract.firstFailure(folder);
    assertThat(failure).describedAs("the sentence that notices %s", mutation).isPresent();
  }
}

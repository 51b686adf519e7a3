package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the schema of a custom resource demands is known word by word, as the server says it. */
class SchemaErrorsTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/sailplan/ownership");

  /** Formats whose reading by the server is odd: what it refuses may be missed here. */
  private static final Pattern ODD_FORMATS =
      Pattern.compile("must be of type (uri|email|hostname|duration|rgbcolor|creditcard|ssn|isbn)");

  private static final List<Manifest> DEFINITIONS = Seeds.resource("gauges.yaml");
  private static final ShapeCatalog SHAPES =
      ShapeCatalog.builtIn().withCustomResources(DEFINITIONS);

  /** One line of the record: an object, and what the server said to it. */
  private record Case(String line, Manifest object, List<String> errors) {}

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(FOLDER.resolve("gauges.txt"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" => ", 2);
        int space = parts[0].indexOf(' ');
        Manifest object =
            Manifest.of(
                Map.of(
                    "apiVersion",
                    "values.example/v1",
                    "kind",
                    parts[0].substring(0, space),
                    "metadata",
                    Map.of("name", "g", "namespace", "seeds"),
                    "spec",
                    Json.read(parts[0].substring(space + 1))));
        String said = parts.length == 1 ? "?" : parts[1];
        cases.add(
            new Case(
                parts[0], object, said.equals("taken") ? List.of() : List.of(said.split(" \\| "))));
      }
    }
    return cases;
  }

  private static KindShape shape(Manifest object) {
    return SHAPES.find(object).orElseThrow();
  }

  /** With what the server adds and leaves out before it looks. */
  private static Manifest stored(Manifest object) {
    return Manifest.of(StoredForm.of(object.tree(), shape(object).shape()));
  }

  @Test
  void the_errors_are_those_of_the_server() throws IOException {
    for (Case one : cases()) {
      List<String> found =
          SchemaErrors.of(stored(one.object()), shape(one.object())).stream()
              .map(error -> error.field() + " " + error.reason() + " " + error.message())
              .sorted()
              .toList();
      List<String> known =
          one.errors().stream()
              .filter(error -> !found.isEmpty() || !ODD_FORMATS.matcher(error).find())
              .toList();
      assertThat(found).as(one.line()).isEqualTo(known);
    }
  }

  @Test
  void what_the_server_refuses_is_a_problem_with_its_place_and_a_hint() throws IOException {
    for (Case one : cases()) {
      boolean odd = one.errors().stream().anyMatch(error -> ODD_FORMATS.matcher(error).find());
      if (!odd || one.errors().isEmpty()) {
        assertThat(ShapeValidator.validate(one.object(), shape(one.object())))
            .as(one.line())
            .hasSize(one.errors().size())
            .allMatch(problem -> problem.isError() && !problem.hint().isEmpty())
            .allMatch(problem -> problem.location().path().startsWith(".spec"));
      }
    }
  }

  @Test
  @EnabledIf("io.sailplan.ownership.RealServer#isGiven")
  void the_record_is_what_the_server_says() throws IOException, InterruptedException {
    List<String> said = new ArrayList<>();
    said.add(Files.readAllLines(FOLDER.resolve("gauges.txt")).get(0));
    try (RealServer server = RealServer.connect()) {
      server.createNamespace("seeds");
      for (Manifest definition : DEFINITIONS) {
        server.serve(definition);
      }
      for (Case one : cases()) {
        RealServer.Answer answer =
            server.post(shape(one.object()), one.object(), "me", "&dryRun=All");
        said.add(
            one.line() + " => " + (answer.ok() ? "taken" : String.join(" | ", errors(answer))));
      }
    }
    if (Boolean.getBoolean("sailplan.learn")) {
      Files.write(FOLDER.resolve("gauges.txt"), said);
    }
    assertThat(said).isEqualTo(Files.readAllLines(FOLDER.resolve("gauges.txt")));
  }

  /** Errors that tell why an alternative was not met, or that others were not looked for, go. */
  private static List<String> errors(RealServer.Answer answer) {
    List<String> errors = new ArrayList<>();
    for (Object cause : Trees.list(answer.body().get("details", "causes"))) {
      String message = Trees.string(Trees.get(cause, "message"));
      if (!message.contains("some validation rules were not checked")) {
        errors.add(Trees.get(cause, "field") + " " + Trees.get(cause, "reason") + " " + message);
      }
    }
    errors.sort(null);
    List<String> alternatives = errors.stream().filter(error -> error.startsWith("<nil>")).toList();
    return alternatives.isEmpty() ? errors : alternatives;
  }
}

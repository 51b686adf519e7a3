package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A table of objects, each refused or taken by the real server exactly as is said offline. */
class ValueCorpusTest {
  private static final Path CORPUS =
      Path.of("src/test/resources/io/sailplan/ownership/value-corpus.txt");
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([0-9]+)]");

  private record Case(String line, Manifest object, String verdict) {}

  private static List<Case> cases() throws IOException {
    Map<String, Manifest> seeds = new HashMap<>();
    List<Manifest> all = new ArrayList<>(Seeds.resource("value-seeds.yaml"));
    all.addAll(Seeds.all());
    all.forEach(seed -> seeds.put(seed.kind() + "/" + seed.name(), seed));
    List<Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS)) {
      if (!line.startsWith("#")) {
        String[] halves = line.split(" => ", 2);
        int space = halves[0].indexOf(' ');
        Object tree = seeds.get(halves[0].substring(0, space)).tree();
        for (String change : halves[0].substring(space + 1).split("; ")) {
          int equals = change.indexOf('=');
          tree =
              ValueSites.put(
                  tree,
                  steps(change.substring(0, equals)),
                  Json.read(change.substring(equals + 1)));
        }
        cases.add(
            new Case(
                halves[0], Manifest.of(Trees.object(tree)), halves.length == 1 ? "?" : halves[1]));
      }
    }
    return cases;
  }

  private static List<Object> steps(String path) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(
          matcher.group(1) == null ? (Object) Integer.valueOf(matcher.group(2)) : matcher.group(1));
    }
    return steps;
  }

  @Test
  void what_is_refused_is_what_the_server_refuses() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Case one : cases()) {
      List<Problem> problems = ShapeValidator.validate(one.object(), Kinds.of(one.object()));
      String said = problems.isEmpty() ? "taken" : "refused";
      if (!said.equals(one.verdict())) {
        wrong.add(one.line() + " is " + one.verdict() + ", but here " + problems);
      }
      assertThat(problems).as(one.line()).noneMatch(problem -> problem.hint().isEmpty());
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @EnabledIf("io.sailplan.ownership.RealServer#isGiven")
  void the_table_is_what_the_server_says() throws IOException {
    List<String> said = new ArrayList<>();
    said.add(Files.readAllLines(CORPUS).get(0));
    try (RealServer server = RealServer.connect()) {
      server.createNamespace("seeds");
      for (Case one : cases()) {
        RealServer.Answer answer =
            server.post(Kinds.of(one.object()), one.object(), "me", "&dryRun=All");
        said.add(one.line() + " => " + (answer.ok() ? "taken" : "refused"));
        assertThat(answer.ok() || answer.status() == 422 || answer.status() == 400)
            .as(one.line() + " " + answer.message())
            .isTrue();
      }
    }
    if (Boolean.getBoolean("sailplan.learn")) {
      Files.write(CORPUS, said);
    }
    assertThat(said).isEqualTo(Files.readAllLines(CORPUS));
  }
}

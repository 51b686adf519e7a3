package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated and random expressions: whatever they are, they end within their bounds and without a
 * crash, twice in the same way. {@code -Dsailplan.expression.seconds} says how long, {@code
 * -Dsailplan.expression.seed} what to begin with.
 */
class ExpressionFuzzTest {
  private static final long SECONDS = Long.getLong("sailplan.expression.seconds", 4);
  private static final long SEED = Long.getLong("sailplan.expression.seed", 20261120);
  private static final int LARGEST_RESULT = 8_000_000;

  private static final String[] PIECES = {
    "o",
    "o.list",
    "o.name",
    "o.items",
    "o.labels",
    "1",
    "0",
    "-1",
    "9223372036854775807",
    "1.5",
    "\"a\"",
    "'x'",
    "null",
    "true",
    "[]",
    "{}",
    "[1, 2]",
    "{\"a\": 1}",
    " + ",
    " - ",
    " * ",
    " / ",
    " % ",
    " == ",
    " < ",
    " in ",
    " && ",
    " || ",
    " ? ",
    " : ",
    "!",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    ".?",
    "[?",
    ".size()",
    ".map(x, x + x)",
    ".filter(x, x != 1)",
    ".exists(x, x == 1)",
    ".join(\",\")",
    ".replace(\"a\", \"aaaaaaaa\")",
    ".split(\"\")",
    ".flatten()",
    ".sort()",
    ".reverse()",
    ".distinct()",
    ".format([o])",
    "lists.range(1000)",
    "lists.range(100000000)",
    "json.marshal(o)",
    "digest(o)",
    "\"%s%s\"",
    ".merge(o.labels)",
    ".deepMerge(o)",
    "hash.sha256(",
    "base64.encode(b\"x\")",
    "string(",
    "int(",
    "quantity(\"1Gi\")",
    "ip(\"::1\")",
    "url(\"/a\")",
    "semver(\"1.2.3\")",
    "cel.bind(a, o.list, a + a)",
    ".matches(\"(a*)*b\")",
    ".findAll(\".\")",
    ".transformMap(k, v, v)",
    ".sortBy(x, x)",
    ".orValue(1)",
    "optional.of(o)",
    "omit()",
    "\\",
    "\n",
    "\"",
    "é",
    "😀",
    "\u0000",
    "//",
    "r\"",
    "b'",
    "`",
    "$",
    "#"
  };

  private final Random random = new Random(SEED);
  private final ExpressionEnvironment environment =
      ExpressionEnvironment.builder().variable("o").variable("u").build();
  private final List<String> corpus =
      Tables.cases(ExpressionTableTest.FILES).map(Case::text).distinct().toList();

  private static Object tree() {
    return Tables.read("language.yml").stream()
        .filter(group -> group.containsKey("bind"))
        .map(group -> Trees.get(group.get("bind"), "o"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothing_crashes_or_goes_beyond_its_bounds() {
    System.out.println("expression fuzzing: seed " + SEED + ", " + SECONDS + " s");
    Map<String, Object> unknown = new LinkedHashMap<>(Trees.object(tree()));
    unknown.put("list", List.of(1L, Unknown.of("u", "list"), 3L));
    Bindings known = Bindings.builder().bind("o", tree()).bind("u", Unknown.of("u")).build();
    Bindings partly =
        Bindings.builder()
            .bind("o", unknown)
            .bind("u", Unknown.of("u"))
            .open("o", io.sailplan.model.FieldPath.of("labels"))
            .secret("o", io.sailplan.model.FieldPath.of("items"))
            .build();
    long end = System.nanoTime() + SECONDS * 1_000_000_000;
    long slowest = 0;
    int tried = 0;
    while (System.nanoTime() < end) {
      String text = text();
      long start = System.nanoTime();
      try {
        check(text, known);
        check(text, partly);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + SEED + ", number " + tried + ": " + text, e);
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
      tried++;
    }
    System.out.println(
        "expression fuzzing: " + tried + " texts, slowest " + slowest / 1_000_000 + " ms");
    assertThat(tried).isPositive();
  }

  private void check(String text, Bindings bindings) {
    Template template = random.nextBoolean() ? Template.expression(text) : Template.parse(text);
    Compilation compilation = environment.compile(template, ExpressionType.any());
    if (compilation.expression().isEmpty()) {
      assertThat(compilation.problems()).isNotEmpty();
      return;
    }
    CompiledExpression expression = compilation.orThrow();
    expression.references();
    Evaluation first = expression.evaluate(bindings);
    assertThat(expression.evaluate(bindings)).isEqualTo(first);
    if (first instanceof Evaluation.Value value
        && Json.write(value.tree()).length() > LARGEST_RESULT) {
      fail("seed " + SEED + ": " + text + " gives too much");
    }
  }

  private String text() {
    if (random.nextInt(3) == 0) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      return text.toString();
    }
    String text = corpus.get(random.nextInt(corpus.size()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      text = mutated(text);
    }
    return text;
  }

  private String mutated(String text) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(6));
    String piece = PIECES[random.nextInt(PIECES.length)];
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, from) + piece + text.substring(from);
      case 1 -> text.substring(0, from) + text.substring(to);
      case 2 -> text.substring(0, from) + piece + text.substring(to);
      case 3 -> {
        String other = corpus.get(random.nextInt(corpus.size()));
        yield text.substring(0, from) + other.substring(random.nextInt(other.length() + 1));
      }
      default ->
          new ArrayList<>(List.of("(" + text + ")", text + " + " + text, "[" + text + "]"))
              .get(random.nextInt(3));
    };
  }
}

package io.sailplan.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentedFunctionsTest {
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.]+)`");
  private static final Set<String> MACROS =
      Set.of(
          "has",
          "all",
          "exists",
          "exists_one",
          "existsOne",
          "map",
          "filter",
          "transformList",
          "transformMap",
          "transformMapEntry",
          "bind",
          "optMap",
          "optFlatMap",
          "sortBy");

  private static Set<String> documented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "expressions.md"));
    String section = page.substring(page.indexOf("## Functions"), page.indexOf("## Where this"));
    Set<String> names = new TreeSet<>();
    section
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(
            line -> {
              Matcher matcher = NAME.matcher(line.split("\\|")[1]);
              while (matcher.find()) {
                names.add(matcher.group(1));
              }
            });
    return names;
  }

  private static Set<String> known() {
    Set<String> names = new TreeSet<>(MACROS);
    FunctionTable.all().names().stream()
        .filter(name -> !FunctionNames.isOperator(name) && !name.contains("@"))
        .forEach(names::add);
    return names;
  }

  @Test
  void the_page_names_every_function_and_no_other() throws IOException {
    assertThat(documented()).containsExactlyElementsOf(known());
  }

  @Test
  void every_function_has_a_case_that_gives_a_value() {
    String texts =
        Tables.cases(ExpressionTableTest.FILES)
            .filter(each -> each.own().containsKey("value"))
            .map(Case::text)
            .collect(Collectors.joining("\n"));
    assertThat(known())
        .allSatisfy(name -> assertThat(texts).containsPattern("\\b" + Pattern.quote(name) + "\\("));
  }

  @Test
  void every_form_of_a_function_can_be_called() {
    // what the type checker was told, the evaluation has
    for (String name : FunctionTable.all().names()) {
      assertThat(FunctionTable.all().forms(name)).as(name).isNotEmpty();
      assertThat(FunctionTable.all().declaration(name)).as(name).isNotNull();
    }
  }
}

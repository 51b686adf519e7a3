package io.sailplan.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
  private static final String BROKEN = "io.sailplan.architecture.violations";

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sailplan");

  static Stream<String> rules() {
    return CoreRules.all("io.sailplan").keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_core_keeps_to_every_rule(String name) {
    rule("io.sailplan", name).check(CORE);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void every_rule_is_able_to_fail(String name) {
    JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
    assertThatThrownBy(() -> rule(BROKEN, name).check(broken)).isInstanceOf(AssertionError.class);
  }

  @Test
  void every_package_has_its_floor() {
    assertThat(
            CORE.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !name.equals("io.sailplan"))
                .map(name -> name.substring("io.sailplan.".length()))
                .distinct())
        .isSubsetOf(CoreRules.FLOORS);
  }

  private static ArchRule rule(String root, String name) {
    ArchRule rule = CoreRules.all(root).get(name);
    assertThat(rule).as(name).isNotNull();
    return rule;
  }
}

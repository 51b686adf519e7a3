package io.sailplan.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess.Predicates;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The walls of the house, as docs/concepts.md draws them. Each has a class that breaks it among the
 * tests.
 */
final class CoreRules {
  /** Ground floor first: a package uses only those before it. */
  static final List<String> FLOORS =
      List.of(
          "problem",
          "model",
          "shape",
          "ownership",
          "expression",
          "graph",
          "dialect",
          "readiness",
          "lifecycle",
          "plan",
          "policy",
          "planning",
          "run",
          "reconcile",
          "render",
          "kro");

  private CoreRules() {}

  /** Returns all rules by name; {@code root} is the package below which they hold. */
  static Map<String, ArchRule> all(String root) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("no_io", noIo());
    rules.put("no_threads", noThreads());
    rules.put("no_clocks", noClocks());
    rules.put("no_random", noRandom());
    rules.put("no_environment", noEnvironment());
    rules.put("no_loggers", noLoggers());
    rules.put("no_client_types", noClientTypes());
    rules.put("cel_stays_inside", celStaysInside(root));
    rules.put("floors", floors(root));
    rules.put("public_signatures", publicSignatures());
    rules.put("public_classes_are_closed", publicClassesAreClosed());
    return rules;
  }

  /**
   * Text readers and writers in memory are fine; the shapes' own resource on the class path is the
   * one exception.
   */
  private static ArchRule noIo() {
    DescribedPredicate<JavaClass> inMemory =
        nameMatching(
                "java\\.io\\.(String(Reader|Writer)|Reader|Writer|IOException|UncheckedIOException|Serializable"
                    + "|ObjectStreamException|Closeable|InputStream|InputStreamReader|BufferedReader"
                    + "|ByteArray(In|Out)putStream)")
            .forSubtype();
    DescribedPredicate<JavaClass> streams = resideInAnyPackage("java.io..");
    DescribedPredicate<JavaClass> others =
        resideInAnyPackage(
            "java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..", "java.sql..");
    return noClasses().should().dependOnClassesThat(without(streams, inMemory).or(others));
  }

  private static ArchRule noThreads() {
    DescribedPredicate<JavaClass> threads =
        nameMatching(
                "java\\.lang\\.(Thread|ThreadLocal|ThreadGroup|Process|ProcessBuilder|Runtime)"
                    + "|java\\.util\\.Timer.*")
            .forSubtype();
    DescribedPredicate<JavaClass> passive =
        nameMatching(
                "java\\.util\\.concurrent\\.(CompletionStage|ConcurrentHashMap.*|ConcurrentMap|TimeUnit)")
            .forSubtype();
    DescribedPredicate<JavaClass> concurrent = resideInAnyPackage("java.util.concurrent..");
    return noClasses().should().dependOnClassesThat(without(concurrent, passive).or(threads));
  }

  private static ArchRule noClocks() {
    return noClasses()
        .should()
        .accessTargetWhere(
            Predicates.target(
                new DescribedPredicate<>("a clock") {
                  @Override
                  public boolean test(com.tngtech.archunit.core.domain.AccessTarget target) {
                    String name = target.getFullName();
                    return name.startsWith("java.lang.System.currentTimeMillis")
                        || name.startsWith("java.lang.System.nanoTime")
                        || name.matches("java\\.time\\.[A-Za-z]+\\.now\\(.*")
                        || name.startsWith("java.time.Clock.")
                        || name.matches("java\\.util\\.Date\\.<init>\\(\\)");
                  }
                }));
  }

  private static ArchRule noRandom() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            nameMatching(
                "java\\.(util\\.(Random|SplittableRandom)|security\\.SecureRandom)|java\\.util\\.random\\..*"))
        .orShould()
        .accessTargetWhere(
            target("java\\.lang\\.Math\\.random\\(.*|java\\.util\\.UUID\\.randomUUID\\(.*"));
  }

  private static ArchRule noEnvironment() {
    return noClasses()
        .should()
        .accessTargetWhere(
            target(
                "java\\.lang\\.System\\.(getenv|getProperty|getProperties|setProperty|exit)\\(.*"
                    + "|java\\.lang\\.System\\.(out|err|in)"));
  }

  private static ArchRule noLoggers() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            nameMatching(
                "(java\\.util\\.logging|org\\.slf4j|org\\.apache\\.(logging|commons\\.logging))\\..*"
                    + "|java\\.lang\\.System\\$Logger.*"));
  }

  private static ArchRule noClientTypes() {
    return noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.kubernetes..", "okhttp3.."));
  }

  /** What has no expressions must not load the expression language. */
  private static ArchRule celStaysInside(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".expression..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("dev.cel..", "com.google.protobuf.."));
  }

  private static ArchRule floors(String root) {
    return classes()
        .should(
            new ArchCondition<>("use only packages that stand before their own") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                int own = floor(root, item);
                item.getDirectDependenciesFromSelf()
                    .forEach(
                        dependency -> {
                          int other = floor(root, dependency.getTargetClass());
                          events.add(
                              new SimpleConditionEvent(
                                  item, other <= own, dependency.getDescription()));
                        });
              }
            });
  }

  private static ArchRule publicSignatures() {
    return methods()
        .that()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .arePublic()
        .should(
            new ArchCondition<>("speak only of java.* and io.sailplan.*") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(
                        Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                    .map(JavaType::getAllInvolvedRawTypes)
                    .flatMap(java.util.Collection::stream)
                    .map(JavaClass::getBaseComponentType)
                    .forEach(
                        type ->
                            events.add(
                                new SimpleConditionEvent(
                                    method,
                                    type.isPrimitive()
                                        || type.getPackageName().startsWith("java.")
                                        || type.getPackageName().startsWith("io.sailplan"),
                                    method.getFullName() + " speaks of " + type.getName())));
              }
            });
  }

  /** What may be extended by users is listed here, with the reason. */
  private static ArchRule publicClassesAreClosed() {
    List<String> open =
        List.of(
            "SailplanException", // the root of the exceptions
            "StepVisitor", // interfaces for users to implement
            "SecretSource",
            "Cluster", // the port for adapters
            "RunHandle"); // comes from adapters
    return classes()
        .that()
        .arePublic()
        .should(
            new ArchCondition<>("be final, sealed, or listed as open") {
              @Override
              public void check(JavaClass item, ConditionEvents events) {
                boolean closed =
                    item.getModifiers().contains(JavaModifier.FINAL)
                        || item.isEnum()
                        || item.isAnnotation()
                        || item.reflect().isSealed()
                        || open.contains(item.getSimpleName())
                        || item.getSimpleName().equals("package-info");
                events.add(
                    new SimpleConditionEvent(item, closed, item.getName() + " can be extended"));
              }
            });
  }

  private static DescribedPredicate<JavaClass> without(
      DescribedPredicate<JavaClass> all, DescribedPredicate<JavaClass> some) {
    return DescribedPredicate.describe(
        all.getDescription() + " but not " + some.getDescription(),
        type -> all.test(type) && !some.test(type));
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAccess<?>> target(
      String pattern) {
    return DescribedPredicate.describe(
        "target matches " + pattern, access -> access.getTarget().getFullName().matches(pattern));
  }

  private static int floor(String root, JavaClass item) {
    String name = item.getPackageName();
    if (name.equals(root)) {
      return FLOORS.size();
    }
    if (!name.startsWith(root + ".")) {
      return -1;
    }
    return FLOORS.indexOf(name.substring(root.length() + 1).replaceAll("\\..*", ""));
  }
}

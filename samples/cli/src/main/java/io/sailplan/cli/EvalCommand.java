package io.sailplan.cli;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.CompiledExpression;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.Reference;
import io.sailplan.expression.Template;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.ReadResult;
import io.sailplan.model.Resource;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries one expression. */
@Command(
    name = "eval",
    description = {
      "Tries one expression against objects in files, without a cluster.",
      "",
      "Prints its value, its type, and what it reads. A value made from a Secret is not printed."
    },
    exitCodeList = {"0:it has a value", "1:it is wrong, or has none", "64:misuse"})
final class EvalCommand extends BaseCommand {
  @Parameters(
      paramLabel = "EXPRESSION",
      description = "A CEL expression, or text that holds some in $${...}.")
  String expression = "";

  @Option(
      names = "--bind",
      paramLabel = "NAME=FILE",
      description =
          "A name, and the file whose first object it stands for. May be given several times.")
  Map<String, String> bound = new LinkedHashMap<>();

  EvalCommand(Console console) {
    super(console);
  }

  @Override
  int run() {
    ExpressionEnvironment.Builder names = ExpressionEnvironment.builder();
    Bindings.Builder bindings = Bindings.builder();
    objects()
        .forEach(
            (name, object) -> {
              ShapeCatalog.builtIn()
                  .find(object)
                  .map(KindShape::shape)
                  .ifPresentOrElse(
                      shape -> names.resource(name, shape), () -> names.variable(name));
              bindings.bind(name, object);
            });
    Template template =
        Template.mayHoldExpressions(expression)
            ? Template.parse(expression)
            : Template.expression(expression);
    CompiledExpression compiled = names.build().compile(template, ExpressionType.any()).orThrow();
    return show(compiled, compiled.evaluate(bindings.build()));
  }

  private Map<String, Manifest> objects() {
    Map<String, Manifest> objects = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    bound.forEach(
        (name, file) -> {
          if (!name.matches("[_a-zA-Z][_a-zA-Z0-9]*")) {
            throw misuse("--bind: \"" + name + "\" cannot stand in an expression");
          }
          Texts texts = Texts.read(List.of(file), console.in());
          problems.addAll(texts.problems());
          texts
              .byName()
              .forEach(
                  (source, text) -> {
                    ReadResult read = ManifestReader.standard().read(source, text);
                    problems.addAll(read.problems());
                    if (read.resources().isEmpty()) {
                      problems.add(
                          Problem.error(ProblemCode.UNREADABLE, source + " holds no object"));
                    }
                    read.resources().stream()
                        .map(Resource::manifest)
                        .findFirst()
                        .ifPresent(object -> objects.putIfAbsent(name, object));
                  });
        });
    if (problems.stream().anyMatch(Problem::isError)) {
      throw new InvalidInputException(problems);
    }
    return objects;
  }

  private int show(CompiledExpression compiled, Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Failed failed) {
      fail("", List.of(failed.problem()), List.of());
      return ExitCode.FAILED;
    }
    boolean hasValue = evaluation instanceof Evaluation.Value;
    List<String> reads = compiled.references().stream().map(Reference::toString).toList();
    if (output.isJson()) {
      Map<String, @Nullable Object> document = Documents.of("evaluation");
      document.put("type", compiled.type().toString());
      document.put("reads", reads);
      document.put("secret", evaluation.tainted());
      if (evaluation instanceof Evaluation.Value value && !value.tainted()) {
        document.put("value", value.tree());
      }
      printJson(document);
    } else {
      console.out().println(text(evaluation));
      console.out().println(style().dim("type: " + compiled.type()));
      reads.forEach(read -> console.out().println(style().dim("reads: " + read)));
    }
    return hasValue ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static String text(Evaluation evaluation) {
    if (evaluation instanceof Evaluation.Value value) {
      return value.tainted() ? "(secret)" : Json.writePretty(value.tree());
    }
    return "(nothing)";
  }
}

package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import dev.cel.common.types.CelType;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that expressions may use, with their types, and the bounds that they keep to. Compiled
 * texts are kept, so that compiling one again costs next to nothing.
 */
public final class ExpressionEnvironment {
  private final ShapeTypes types;
  private final ExpressionLimits limits;
  private final FrontEnd frontEnd;
  private final Fit fit;
  private final Patterns patterns;
  private final Map<String, Program.Outcome> compiled;

  private ExpressionEnvironment(
      Map<String, CelType> variables,
      ShapeTypes types,
      ExpressionLimits limits,
      Patterns patterns) {
    this.types = types;
    this.limits = limits;
    this.frontEnd = new FrontEnd(variables, types, limits);
    this.fit = new Fit(types);
    this.patterns = patterns;
    this.compiled =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Program.Outcome> eldest) {
            return size() > limits.cachedTexts();
          }
        };
  }

  /** Returns a builder of an environment without names. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns this environment with one more name, which hides another of the same. */
  public ExpressionEnvironment with(String name, ExpressionType type) {
    Map<String, CelType> all = new TreeMap<>(frontEnd.variables());
    all.put(checkName(name), types.of(type));
    return new ExpressionEnvironment(all, types, limits, patterns);
  }

  /** Returns the names, in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(frontEnd.variables().keySet());
  }

  /** Returns the bounds that expressions keep to. */
  public ExpressionLimits limits() {
    return limits;
  }

  /**
   * Returns the template, understood and typed, or all problems of it.
   *
   * @param template the template
   * @param expected the type that its value must have; text around expressions is always a string
   */
  public Compilation compile(Template template, ExpressionType expected) {
    requireNonNull(expected, "expected");
    List<Problem> problems = new ArrayList<>(template.problems());
    List<Program> programs = new ArrayList<>();
    for (TemplatePart part : template.parts()) {
      if (part instanceof TemplatePart.Expression expression && !expression.text().isBlank()) {
        Program.Outcome outcome = outcome(expression.text());
        for (Finding finding : outcome.findings()) {
          problems.add(finding.at(template::place, expression.offset()));
        }
        if (outcome.program() != null) {
          programs.add(outcome.program());
          checkType(template, expression, outcome.program(), expected, problems);
        }
      }
    }
    ExpressionType type = type(template, programs);
    if (!template.isWhole() && problems.isEmpty()) {
      String reason = fit.check(types.of(ExpressionType.string()), expected);
      if (reason != null) {
        problems.add(wrongType(reason, "").at(template.place(0)));
      }
    }
    return problems.isEmpty()
        ? Compilation.of(new CompiledExpression(template, programs, type, limits, patterns))
        : Compilation.of(problems);
  }

  private ExpressionType type(Template template, List<Program> programs) {
    return template.isWhole() && !programs.isEmpty()
        ? types.of(programs.get(0).type())
        : ExpressionType.string();
  }

  private void checkType(
      Template template,
      TemplatePart.Expression expression,
      Program program,
      ExpressionType expected,
      List<Problem> problems) {
    int start = expression.offset() + leadingBlanks(expression.text());
    if (template.isWhole()) {
      String reason = fit.check(program.type(), expected);
      if (reason != null) {
        problems.add(wrongType(reason, hint(program.type(), expected)).at(template.place(start)));
      }
      return;
    }
    CelType type = program.type();
    boolean optional = type instanceof dev.cel.common.types.OptionalType;
    if (optional || fit.check(type, ExpressionType.string()) != null) {
      problems.add(
          wrongType(
                  "text takes string, and this gives " + Types.text(type),
                  optional
                      ? "Say with .orValue(…) what stands there when there is no value."
                      : "Make text of it with string(…).")
              .at(template.place(start)));
    }
  }

  private static int leadingBlanks(String text) {
    return text.length() - text.stripLeading().length();
  }

  private static Problem wrongType(String message, String hint) {
    return Problem.error(ProblemCode.WRONG_TYPE, message).hint(hint);
  }

  private static String hint(CelType actual, ExpressionType expected) {
    boolean text = expected.kind() == ExpressionType.Kind.STRING;
    switch (actual.kind()) {
      case INT:
      case UINT:
      case DOUBLE:
      case BOOL:
        return text ? "Make text of it with string(…)." : "";
      case STRING:
        return expected.kind() == ExpressionType.Kind.INTEGER
            ? "Make a number of it with int(…)."
            : "";
      case BYTES:
        return text ? "Make text of it with string(…), or base64.encode(…)." : "";
      default:
        return "";
    }
  }

  private Program.Outcome outcome(String text) {
    synchronized (compiled) {
      Program.Outcome known = compiled.get(text);
      if (known != null) {
        return known;
      }
    }
    Program.Outcome made = frontEnd.compile(text);
    synchronized (compiled) {
      compiled.put(text, made);
    }
    return made;
  }

  private static String checkName(String name) {
    if (!name.matches("[_a-zA-Z][_a-zA-Z0-9]*")) {
      throw new IllegalArgumentException("name cannot stand in an expression: " + name);
    }
    return name;
  }

  @Override
  public String toString() {
    return "ExpressionEnvironment" + names();
  }

  /** Collects the names of an environment. */
  public static final class Builder {
    private final Map<String, ExpressionType> variables = new TreeMap<>();
    private final Map<String, Shape> resources = new TreeMap<>();
    private ExpressionLimits limits = ExpressionLimits.standard();

    private Builder() {}

    /** Adds a name of which nothing is known. */
    public Builder variable(String name) {
      return variable(name, ExpressionType.any());
    }

    /**
     * Adds a name.
     *
     * @throws IllegalArgumentException if it cannot stand in an expression
     */
    public Builder variable(String name, ExpressionType type) {
      variables.put(checkName(name), requireNonNull(type, "type"));
      resources.remove(name);
      return this;
    }

    /**
     * Adds a name of an object. What every object has in {@code metadata} can be read, whatever the
     * shape says.
     *
     * @throws IllegalArgumentException if the name cannot stand in an expression
     */
    public Builder resource(String name, Shape shape) {
      variables.remove(name);
      resources.put(checkName(name), requireNonNull(shape, "shape"));
      return this;
    }

    /** Sets the bounds, in place of {@link ExpressionLimits#standard()}. */
    public Builder limits(ExpressionLimits limits) {
      this.limits = requireNonNull(limits, "limits");
      return this;
    }

    /** Returns the environment. */
    public ExpressionEnvironment build() {
      ShapeTypes types = new ShapeTypes();
      Map<String, CelType> all = new TreeMap<>();
      variables.forEach((name, type) -> all.put(name, types.of(type)));
      resources.forEach((name, shape) -> all.put(name, types.resource(shape)));
      return new ExpressionEnvironment(all, types, limits, new Patterns());
    }
  }
}

package io.sailplan.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import io.sailplan.problem.ProblemCode;
import io.sailplan.problem.Suggestion;
import io.sailplan.shape.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in plain words what the type checker found, and what was probably meant. */
final class TypeFindings {
  private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '(.*?)' .*");
  private static final Pattern FIELD = Pattern.compile("undefined field '(.*)'");
  private static final Pattern OVERLOAD =
      Pattern.compile(
          "(?s)found no matching overload for '(.*?)' applied to '(.*?)'( \\(candidates: (.*)\\))?");
  private static final Pattern EXPECTED = Pattern.compile("expected type '(.*)' but found '(.*)'");
  private static final Pattern NO_FIELDS =
      Pattern.compile("type '(.*)' does not support field selection");
  private static final Pattern NO_RANGE =
      Pattern.compile("expression of type '(.*)' cannot be range of a comprehension.*");
  private static final int FEW = 12;

  private final String text;
  private final CelAbstractSyntaxTree ast;
  private final AstIndex index;
  private final Map<String, CelType> variables;
  private final ShapeTypes types;
  private final Map<String, CelType> loops = new HashMap<>();
  private final Set<String> loopNames = new HashSet<>();

  TypeFindings(
      String text,
      CelAbstractSyntaxTree ast,
      AstIndex index,
      Map<String, CelType> variables,
      ShapeTypes types) {
    this.text = text;
    this.ast = ast;
    this.index = index;
    this.variables = variables;
    this.types = types;
  }

  List<Finding> of(List<CelIssue> issues) {
    collectLoops(ast.getExpr());
    List<Finding> findings = new ArrayList<>();
    for (CelIssue issue : issues) {
      Finding finding = of(issue);
      if (finding != null) {
        findings.add(finding);
      }
    }
    if (findings.isEmpty()) {
      CelIssue first = issues.get(0);
      findings.add(
          new Finding(
              ProblemCode.WRONG_TYPE,
              FrontEnd.offset(text, first),
              "the types of this do not fit together",
              ""));
    }
    return findings;
  }

  /** Returns null for what only follows from something else. */
  private @Nullable Finding of(CelIssue issue) {
    String message = issue.getMessage();
    int offset = FrontEnd.offset(text, issue);
    Matcher matcher = UNDECLARED.matcher(message);
    if (matcher.matches()) {
      return undeclared(offset, matcher.group(1), index.find(issue.getExprId()));
    }
    matcher = FIELD.matcher(message);
    if (matcher.matches()) {
      return field(offset, matcher.group(1), index.find(issue.getExprId()));
    }
    matcher = OVERLOAD.matcher(message);
    if (matcher.matches()) {
      return overload(offset, matcher.group(1), matcher.group(2), matcher.group(4));
    }
    if (message.startsWith("Message type resolution failure")) {
      return null;
    }
    matcher = EXPECTED.matcher(message);
    if (matcher.matches()) {
      return new Finding(
          ProblemCode.WRONG_TYPE,
          offset,
          "found " + shown(matcher.group(2)) + " where " + shown(matcher.group(1)) + " is needed",
          "");
    }
    matcher = NO_FIELDS.matcher(message);
    if (matcher.matches()) {
      return new Finding(
          ProblemCode.WRONG_TYPE, offset, shown(matcher.group(1)) + " has no fields", "");
    }
    matcher = NO_RANGE.matcher(message);
    if (matcher.matches()) {
      return new Finding(
          ProblemCode.WRONG_TYPE,
          offset,
          shown(matcher.group(1)) + " cannot be gone through",
          "Lists and maps can.");
    }
    return new Finding(ProblemCode.WRONG_TYPE, offset, shown(message), "");
  }

  private @Nullable Finding undeclared(int offset, String name, @Nullable CelExpr at) {
    if (at != null && at.getKind() == CelExpr.ExprKind.Kind.CALL) {
      if (isOnUnknownName(at.call())) {
        return null;
      }
      Collection<String> known = new TreeSet<>();
      for (String function : FunctionTable.all().names()) {
        if (!FunctionNames.isOperator(function) && !function.contains("@")) {
          known.add(function);
          known.add(function.substring(function.lastIndexOf('.') + 1));
        }
      }
      return new Finding(
          ProblemCode.UNKNOWN_FUNCTION,
          offset,
          "there is no function \"" + name + "\"",
          Suggestion.didYouMean(name, known));
    }
    Collection<String> names = new TreeSet<>(variables.keySet());
    for (String function : FunctionTable.all().names()) {
      if (function.matches("[a-z0-9]+\\..*")) {
        names.add(function.substring(0, function.indexOf('.')));
      }
    }
    String meant = Suggestion.didYouMean(name, names);
    boolean few = meant.isEmpty() && !variables.isEmpty() && variables.size() <= FEW;
    return new Finding(
        ProblemCode.UNKNOWN_NAME,
        offset,
        "nothing has the name \"" + name + "\"",
        few ? "There is: " + String.join(", ", new TreeSet<>(variables.keySet())) + "." : meant);
  }

  private boolean isOnUnknownName(CelExpr.CelCall call) {
    CelExpr target = call.target().orElse(null);
    if (target == null || target.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return false;
    }
    String name = target.ident().name();
    return !variables.containsKey(name) && !loopNames.contains(name);
  }

  private Finding field(int offset, String name, @Nullable CelExpr at) {
    // The place is that of the dot, or of has().
    int named = Math.max(offset, text.indexOf(name, offset));
    CelType operand = null;
    if (at != null && at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      operand = type(at.select().operand());
    } else if (at != null && at.getKind() == CelExpr.ExprKind.Kind.CALL) {
      operand = type(at.call().args().get(0));
    }
    Shape shape = operand == null ? null : types.shape(unwrapped(operand));
    String where = shape == null || shape.name().isEmpty() ? "" : " in " + shape.name();
    String hint = "";
    if (shape != null) {
      Collection<String> known = shape.fields().keySet();
      hint = Suggestion.didYouMean(name, known);
      if (hint.isEmpty() && known.size() <= FEW) {
        hint = "It has: " + String.join(", ", known) + ".";
      }
    }
    return new Finding(
        ProblemCode.UNKNOWN_FIELD, named, "there is no field \"" + name + "\"" + where, hint);
  }

  private Finding overload(
      int offset, String function, String arguments, @Nullable String candidates) {
    String taken = shown(arguments);
    String hint = "";
    if (function.equals("_+_") && taken.contains("string")) {
      hint = "Make text of the other with string(…).";
    } else if (function.equals("_==_") || function.equals("_!=_")) {
      hint = "Only values of one type can be equal.";
    } else if (taken.contains("optional(")) {
      hint = "Take the value out of an optional with .orValue(…).";
    } else if (candidates != null && candidates.length() < 200 && !candidates.contains("%")) {
      hint = "It takes " + shown(candidates).replaceAll("\\),(?=\\S)", "), ") + ".";
    }
    return new Finding(
        ProblemCode.WRONG_TYPE,
        offset,
        FunctionNames.shown(function) + " does not take " + taken,
        hint);
  }

  /** Types of objects have names that mean nothing to people. */
  private static String shown(String types) {
    return types
        .replaceAll("##[0-9]+", "object")
        .replaceAll("%[A-Z][0-9]+", "any")
        .replace("&metadata", "")
        .replace("#", "")
        .replace("google.protobuf.Timestamp", "timestamp")
        .replace("google.protobuf.Duration", "duration")
        .replace("optional_type(", "optional(");
  }

  private static CelType unwrapped(CelType type) {
    return type instanceof OptionalType ? type.parameters().get(0) : type;
  }

  /** The type checker gives no types where it found errors, so the way to a field is typed here. */
  private @Nullable CelType type(CelExpr expression) {
    switch (expression.getKind()) {
      case IDENT:
        CelType loop = loops.get(expression.ident().name());
        return loop == null ? variables.get(expression.ident().name()) : loop;
      case SELECT:
        return field(type(expression.select().operand()), expression.select().field());
      case CALL:
        return call(expression.call());
      default:
        return null;
    }
  }

  private @Nullable CelType call(CelExpr.CelCall call) {
    if (call.target().isPresent() || call.args().isEmpty()) {
      return null;
    }
    CelType operand = type(call.args().get(0));
    if (call.function().equals("_?._")) {
      return field(operand, call.args().get(1).constant().stringValue());
    }
    boolean index = call.function().equals("_[_]") || call.function().equals("_[?_]");
    return index ? element(operand) : null;
  }

  private @Nullable CelType field(@Nullable CelType operand, String name) {
    if (operand == null) {
      return null;
    }
    CelType object = unwrapped(operand);
    Shape shape = types.shape(object);
    return shape != null ? types.field(shape, name) : element(object);
  }

  private static @Nullable CelType element(@Nullable CelType container) {
    if (container == null) {
      return null;
    }
    CelType type = unwrapped(container);
    return type.kind() == CelKind.LIST
        ? type.parameters().get(0)
        : type.kind() == CelKind.MAP ? type.parameters().get(1) : null;
  }

  /** Loops may use a name twice with different types; then the last one counts, for hints only. */
  private void collectLoops(CelExpr expression) {
    switch (expression.getKind()) {
      case SELECT:
        collectLoops(expression.select().operand());
        break;
      case CALL:
        expression.call().target().ifPresent(this::collectLoops);
        expression.call().args().forEach(this::collectLoops);
        break;
      case LIST:
        expression.list().elements().forEach(this::collectLoops);
        break;
      case MAP:
        expression.map().entries().forEach(entry -> collectLoops(entry.value()));
        break;
      case COMPREHENSION:
        CelExpr.CelComprehension loop = expression.comprehension();
        loopNames.addAll(List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar()));
        collectLoops(loop.iterRange());
        collectLoops(loop.accuInit());
        CelType item = element(type(loop.iterRange()));
        if (item != null) {
          loops.put(loop.iterVar2().isEmpty() ? loop.iterVar() : loop.iterVar2(), item);
        }
        collectLoops(loop.loopStep());
        collectLoops(loop.result());
        break;
      default:
        break;
    }
  }
}

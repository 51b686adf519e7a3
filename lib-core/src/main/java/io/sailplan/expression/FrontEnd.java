package io.sailplan.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses and types expressions with cel-java.
 *
 * <p>The type checker takes time for each thing that is declared, at each check. So an expression
 * is parsed first, and only what it names is declared.
 */
final class FrontEnd {
  private static final Map<String, CelType> TYPE_NAMES = Types.asValues();

  private final Map<String, CelType> variables;
  private final ShapeTypes types;
  private final ExpressionLimits limits;
  private final CelOptions options;
  private final CelParser parser;

  FrontEnd(Map<String, CelType> variables, ShapeTypes types, ExpressionLimits limits) {
    this.variables = variables;
    this.types = types;
    this.limits = limits;
    this.options =
        CelOptions.current()
            .enableOptionalSyntax(true)
            .enableQuotedIdentifierSyntax(true)
            .enableHiddenAccumulatorVar(true)
            .populateMacroCalls(false)
            .maxExpressionCodePointSize(limits.textLength())
            .maxParseRecursionDepth(limits.depth())
            .maxParseExpressionNodeCount(limits.nodes())
            .maxParseErrorRecoveryLimit(8)
            .build();
    this.parser =
        CelParserFactory.standardCelParserBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMacros(CelStandardMacro.EXISTS_ONE_NEW.getDefinition())
            .addMacros(Macros.all())
            .setOptions(options)
            .build();
  }

  Map<String, CelType> variables() {
    return variables;
  }

  /** Returns the program of an expression, or everything that is wrong with it. */
  Program.Outcome compile(String text) {
    if (text.length() > limits.textLength()) {
      return Program.Outcome.of(
          List.of(
              new Finding(
                  ProblemCode.TOO_LARGE,
                  0,
                  "the expression has " + text.length() + " characters",
                  "At most " + limits.textLength() + " are allowed.")));
    }
    CelValidationResult parsed = parse(text);
    if (parsed == null) {
      return Program.Outcome.of(
          List.of(
              new Finding(
                  ProblemCode.EXPRESSION_SYNTAX,
                  0,
                  "the text cannot be read as an expression",
                  "")));
    }
    if (parsed.hasError()) {
      return Program.Outcome.of(SyntaxFindings.of(text, parsed.getErrors(), limits));
    }
    CelAbstractSyntaxTree ast = ast(parsed);
    AstIndex index = new AstIndex(ast);
    CelValidationResult checked = check(ast, index);
    if (checked.hasError()) {
      return Program.Outcome.of(
          new TypeFindings(text, ast, index, variables, types).of(checked.getErrors()));
    }
    CelAbstractSyntaxTree typed = ast(checked);
    Lowering lowering = new Lowering(typed);
    Node root = lowering.lower();
    return Program.Outcome.of(
        new Program(text, root, lowering.locals(), typed.getResultType(), ReferenceWalk.of(typed)));
  }

  /** Returns null for texts on which the parser fails without saying why. */
  private @Nullable CelValidationResult parse(String text) {
    try {
      return parser.parse(text);
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static CelAbstractSyntaxTree ast(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException(e); // only thrown where there are errors
    }
  }

  private CelValidationResult check(CelAbstractSyntaxTree ast, AstIndex index) {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(ImmutableList.of())
            .setStandardEnvironmentEnabled(false)
            .setOptions(options)
            .setTypeProvider(types.provider(index.fields()));
    for (String name : index.names()) {
      String plain = name.startsWith(".") ? name.substring(1) : name;
      CelType variable = variables.get(plain);
      CelType type = variable == null ? TYPE_NAMES.get(plain) : variable;
      if (type != null) {
        builder.addVar(plain, type);
      }
    }
    Set<CelFunctionDecl> declared = new LinkedHashSet<>();
    for (String function : index.functions()) {
      CelFunctionDecl declaration = FunctionTable.all().declaration(function);
      if (declaration != null) {
        declared.add(declaration);
      }
    }
    return builder.addFunctionDeclarations(new ArrayList<>(declared)).build().check(ast);
  }

  /** Returns the character at which something was found, from its line and column. */
  static int offset(String text, CelIssue issue) {
    int at = 0;
    for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
      int newline = text.indexOf('\n', at);
      if (newline < 0) {
        break;
      }
      at = newline + 1;
    }
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    int left = text.codePointCount(at, text.length());
    return text.offsetByCodePoints(at, Math.min(column, left));
  }
}

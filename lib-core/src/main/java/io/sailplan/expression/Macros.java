package io.sailplan.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;

/** The macros beyond the standard ones, as cel-go expands them. */
final class Macros {
  private static final String UNUSED = "#unused";
  private static final String TARGET = "@target";

  private Macros() {}

  static List<CelMacro> all() {
    return List.of(
        CelMacro.newReceiverMacro("bind", 3, Macros::bind),
        CelMacro.newReceiverMacro("optMap", 2, (f, t, a) -> optMap(f, t, a, true)),
        CelMacro.newReceiverMacro("optFlatMap", 2, (f, t, a) -> optMap(f, t, a, false)),
        CelMacro.newReceiverMacro("sortBy", 2, Macros::sortBy),
        CelMacro.newReceiverVarArgMacro("greatest", (f, t, a) -> extreme(f, t, a, "greatest")),
        CelMacro.newReceiverVarArgMacro("least", (f, t, a) -> extreme(f, t, a, "least")),
        CelMacro.newReceiverMacro("all", 3, Macros::all),
        CelMacro.newReceiverMacro("exists", 3, Macros::exists),
        CelMacro.newReceiverMacro("exists_one", 3, Macros::existsOne),
        CelMacro.newReceiverMacro("existsOne", 3, Macros::existsOne),
        CelMacro.newReceiverMacro("transformList", 3, Macros::transformList),
        CelMacro.newReceiverMacro("transformList", 4, Macros::transformList),
        CelMacro.newReceiverMacro("transformMap", 3, Macros::transformMap),
        CelMacro.newReceiverMacro("transformMap", 4, Macros::transformMap),
        CelMacro.newReceiverMacro("transformMapEntry", 3, Macros::transformMapEntry),
        CelMacro.newReceiverMacro("transformMapEntry", 4, Macros::transformMapEntry));
  }

  private static boolean isNamed(CelExpr expression, String name) {
    return isName(expression) && expression.ident().name().equals(name);
  }

  private static boolean isName(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.IDENT;
  }

  private static Optional<CelExpr> notAName(CelMacroExprFactory factory, CelExpr at) {
    return Optional.of(
        factory.reportError(
            dev.cel.common.CelIssue.formatError(
                factory.getSourceLocation(at), "argument is not an identifier")));
  }

  private static CelExpr let(
      CelMacroExprFactory factory, String name, CelExpr value, CelExpr result) {
    return factory.fold(
        UNUSED,
        factory.newList(),
        name,
        value,
        factory.newBoolLiteral(false),
        factory.newIdentifier(name),
        result);
  }

  private static Optional<CelExpr> bind(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (!isNamed(target, "cel")) {
      return Optional.empty();
    }
    if (!isName(arguments.get(0))) {
      return notAName(factory, arguments.get(0));
    }
    return Optional.of(
        let(factory, arguments.get(0).ident().name(), arguments.get(1), arguments.get(2)));
  }

  private static Optional<CelExpr> optMap(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments, boolean wraps) {
    if (!isName(arguments.get(0))) {
      return notAName(factory, arguments.get(0));
    }
    CelExpr value = factory.newReceiverCall("value", factory.newIdentifier(TARGET));
    CelExpr mapped = let(factory, arguments.get(0).ident().name(), value, arguments.get(1));
    CelExpr result =
        factory.newGlobalCall(
            "_?_:_",
            factory.newReceiverCall("hasValue", factory.newIdentifier(TARGET)),
            wraps ? factory.newGlobalCall("optional.of", mapped) : mapped,
            factory.newGlobalCall("optional.none"));
    return Optional.of(let(factory, TARGET, target, result));
  }

  private static Optional<CelExpr> sortBy(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    if (!isName(arguments.get(0))) {
      return notAName(factory, arguments.get(0));
    }
    CelExpr keys =
        gather(
            factory,
            arguments.get(0).ident().name(),
            factory.newIdentifier(TARGET),
            factory.newList(arguments.get(1)));
    CelExpr sorted =
        factory.newReceiverCall("@sortByAssociatedKeys", factory.newIdentifier(TARGET), keys);
    return Optional.of(let(factory, TARGET, target, sorted));
  }

  private static CelExpr gather(
      CelMacroExprFactory factory, String item, CelExpr range, CelExpr added) {
    String gathered = factory.getAccumulatorVarName();
    return factory.fold(
        item,
        range,
        gathered,
        factory.newList(),
        factory.newBoolLiteral(true),
        factory.newGlobalCall("_+_", factory.newIdentifier(gathered), added),
        factory.newIdentifier(gathered));
  }

  private static Optional<CelExpr> extreme(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments, String name) {
    if (!isNamed(target, "math") || arguments.size() < 3) {
      return Optional.empty();
    }
    return Optional.of(factory.newReceiverCall(name, target, factory.newList(arguments)));
  }

  /** Folds over a list or map with two variables. */
  private static Optional<CelExpr> fold(
      CelMacroExprFactory factory,
      CelExpr target,
      List<CelExpr> arguments,
      CelExpr start,
      CelExpr goesOn,
      CelExpr step,
      CelExpr result) {
    for (CelExpr variable : arguments.subList(0, 2)) {
      if (!isName(variable)) {
        return notAName(factory, variable);
      }
    }
    return Optional.of(
        factory.fold(
            arguments.get(0).ident().name(),
            arguments.get(1).ident().name(),
            target,
            factory.getAccumulatorVarName(),
            start,
            goesOn,
            step,
            result));
  }

  private static CelExpr gathered(CelMacroExprFactory factory) {
    return factory.newIdentifier(factory.getAccumulatorVarName());
  }

  private static Optional<CelExpr> all(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    return fold(
        factory,
        target,
        arguments,
        factory.newBoolLiteral(true),
        factory.newGlobalCall("@not_strictly_false", gathered(factory)),
        factory.newGlobalCall("_&&_", gathered(factory), arguments.get(2)),
        gathered(factory));
  }

  private static Optional<CelExpr> exists(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    return fold(
        factory,
        target,
        arguments,
        factory.newBoolLiteral(false),
        factory.newGlobalCall(
            "@not_strictly_false", factory.newGlobalCall("!_", gathered(factory))),
        factory.newGlobalCall("_||_", gathered(factory), arguments.get(2)),
        gathered(factory));
  }

  private static Optional<CelExpr> existsOne(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    return fold(
        factory,
        target,
        arguments,
        factory.newIntLiteral(0),
        factory.newBoolLiteral(true),
        factory.newGlobalCall(
            "_?_:_",
            arguments.get(2),
            factory.newGlobalCall("_+_", gathered(factory), factory.newIntLiteral(1)),
            gathered(factory)),
        factory.newGlobalCall("_==_", gathered(factory), factory.newIntLiteral(1)));
  }

  /** The last argument is what is made, one before it a filter. */
  private static Optional<CelExpr> transform(
      CelMacroExprFactory factory,
      CelExpr target,
      List<CelExpr> arguments,
      CelExpr start,
      CelExpr added) {
    CelExpr step =
        arguments.size() == 4
            ? factory.newGlobalCall("_?_:_", arguments.get(2), added, gathered(factory))
            : added;
    return fold(
        factory, target, arguments, start, factory.newBoolLiteral(true), step, gathered(factory));
  }

  private static Optional<CelExpr> transformList(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr made = arguments.get(arguments.size() - 1);
    CelExpr added = factory.newGlobalCall("_+_", gathered(factory), factory.newList(made));
    return transform(factory, target, arguments, factory.newList(), added);
  }

  private static Optional<CelExpr> transformMap(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr made = arguments.get(arguments.size() - 1);
    CelExpr added =
        factory.newGlobalCall("cel.@mapInsert", gathered(factory), arguments.get(0), made);
    return transform(factory, target, arguments, factory.newMap(), added);
  }

  private static Optional<CelExpr> transformMapEntry(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr made = arguments.get(arguments.size() - 1);
    CelExpr added = factory.newGlobalCall("cel.@mapInsert", gathered(factory), made);
    return transform(factory, target, arguments, factory.newMap(), added);
  }
}

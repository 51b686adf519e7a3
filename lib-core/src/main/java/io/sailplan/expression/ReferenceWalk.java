package io.sailplan.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.TypeType;
import io.sailplan.expression.Reference.Step;
import io.sailplan.expression.Reference.Strength;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what an expression reads. Used once. */
final class ReferenceWalk {
  private final CelAbstractSyntaxTree ast;
  private final Map<String, Reference> found = new TreeMap<>();

  private ReferenceWalk(CelAbstractSyntaxTree ast) {
    this.ast = ast;
  }

  static List<Reference> of(CelAbstractSyntaxTree ast) {
    ReferenceWalk walk = new ReferenceWalk(ast);
    walk.visit(ast.getExpr(), Strength.HARD, Map.of());
    return List.copyOf(walk.found.values());
  }

  /** What a local variable stands for; without a reference if that cannot be told. */
  private record Local(@Nullable Reference reference) {}

  private void add(Reference reference) {
    found.merge(
        reference.text(), reference, (one, other) -> one.strength() == Strength.HARD ? one : other);
  }

  private void visit(CelExpr expression, Strength strength, Map<String, Local> scope) {
    Reference path = path(expression, strength, scope);
    if (path != null) {
      add(path);
      visitIndexes(expression, strength, scope);
      return;
    }
    switch (expression.getKind()) {
      case SELECT:
        visit(
            expression.select().operand(),
            expression.select().testOnly() ? Strength.SOFT : strength,
            scope);
        break;
      case CALL:
        call(expression.call(), strength, scope);
        break;
      case LIST:
        expression.list().elements().forEach(item -> visit(item, strength, scope));
        break;
      case MAP:
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          visit(entry.key(), strength, scope);
          visit(entry.value(), strength, scope);
        }
        break;
      case COMPREHENSION:
        loop(expression.comprehension(), strength, scope);
        break;
      default:
        break;
    }
  }

  private void call(CelExpr.CelCall call, Strength strength, Map<String, Local> scope) {
    boolean firstOnly =
        switch (call.function()) {
          case "_?_:_", "_&&_", "_||_", "or", "orValue" -> true;
          default -> false;
        };
    boolean first = true;
    if (call.target().isPresent()) {
      visit(call.target().get(), strength, scope);
      first = false;
    }
    for (CelExpr argument : call.args()) {
      visit(argument, firstOnly && !first ? Strength.SOFT : strength, scope);
      first = false;
    }
  }

  private void loop(CelExpr.CelComprehension loop, Strength strength, Map<String, Local> outer) {
    Map<String, Local> scope = new HashMap<>(outer);
    boolean binds =
        loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
            && loop.iterRange().list().elements().isEmpty();
    if (binds) {
      Reference bound = path(loop.accuInit(), strength, outer);
      if (bound == null) {
        visit(loop.accuInit(), strength, outer);
      } else {
        visitIndexes(loop.accuInit(), strength, outer);
      }
      scope.put(loop.accuVar(), new Local(bound));
      visit(loop.result(), strength, scope);
      return;
    }
    Reference range = path(loop.iterRange(), strength, outer);
    if (range == null) {
      visit(loop.iterRange(), strength, outer);
    } else {
      visitIndexes(loop.iterRange(), strength, outer);
    }
    CelKind kind = ast.getType(loop.iterRange().id()).map(type -> type.kind()).orElse(CelKind.DYN);
    Local item = new Local(range == null ? null : range.to(new Step.Each()));
    Local nothing = new Local(null);
    boolean two = !loop.iterVar2().isEmpty();
    scope.put(loop.iterVar(), two || kind == CelKind.MAP ? nothing : item);
    if (two) {
      scope.put(loop.iterVar2(), item);
    }
    scope.put(loop.accuVar(), nothing);
    visit(loop.accuInit(), strength, outer);
    visitStep(loop, strength, scope);
    visit(loop.result(), strength, scope);
    if (range != null && !isReadBelow(range)) {
      add(range);
    }
  }

  /** Whether the range of a loop shows in what is read of its items, at least as strongly. */
  private boolean isReadBelow(Reference range) {
    return found.values().stream()
        .anyMatch(
            read ->
                read.text().startsWith(range.text() + "[*]")
                    && (read.strength() == Strength.HARD || range.strength() == Strength.SOFT));
  }

  /** The condition of {@code exists} and {@code all} is looked at, though it stands behind ||. */
  private void visitStep(
      CelExpr.CelComprehension loop, Strength strength, Map<String, Local> scope) {
    CelExpr step = loop.loopStep();
    if (step.getKind() == CelExpr.ExprKind.Kind.CALL) {
      CelExpr.CelCall call = step.call();
      boolean logic = call.function().equals("_||_") || call.function().equals("_&&_");
      if (logic && loop.accuVar().equals(AstIndex.qualified(call.args().get(0)))) {
        visit(call.args().get(1), strength, scope);
        return;
      }
    }
    visit(step, strength, scope);
  }

  /**
   * Returns what is read if the expression is nothing but a way from a name; null if it is more.
   */
  private @Nullable Reference path(
      CelExpr expression, Strength strength, Map<String, Local> scope) {
    switch (expression.getKind()) {
      case IDENT:
        return name(expression, strength, scope);
      case SELECT:
        CelExpr.CelSelect select = expression.select();
        Reference operand = path(select.operand(), strength, scope);
        if (operand == null) {
          return null;
        }
        Reference field = operand.to(new Step.Field(select.field()));
        return select.testOnly() ? field.withStrength(Strength.SOFT) : field;
      case CALL:
        return indexed(expression.call(), strength, scope);
      default:
        return null;
    }
  }

  private @Nullable Reference name(
      CelExpr expression, Strength strength, Map<String, Local> scope) {
    String name = expression.ident().name();
    Local local = scope.get(name);
    if (local != null) {
      return local.reference() == null
          ? null
          : strength == Strength.SOFT
              ? local.reference().withStrength(strength)
              : local.reference();
    }
    boolean type = ast.getType(expression.id()).filter(TypeType.class::isInstance).isPresent();
    String plain = name.startsWith(".") ? name.substring(1) : name;
    return type ? null : new Reference(plain, List.of(), strength);
  }

  private @Nullable Reference indexed(
      CelExpr.CelCall call, Strength strength, Map<String, Local> scope) {
    boolean optional = call.function().equals("_?._") || call.function().equals("_[?_]");
    if (isValue(call)) {
      return path(call.target().get(), strength, scope);
    }
    if (!optional && !call.function().equals("_[_]")) {
      return null;
    }
    Reference operand = path(call.args().get(0), strength, scope);
    if (operand == null) {
      return null;
    }
    Reference item = operand.to(step(call.args().get(1)));
    return optional ? item.withStrength(Strength.SOFT) : item;
  }

  private static boolean isValue(CelExpr.CelCall call) {
    return call.function().equals("value") && call.target().isPresent() && call.args().isEmpty();
  }

  private static Step step(CelExpr index) {
    if (index.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      CelConstant constant = index.constant();
      if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
        return new Step.Field(constant.stringValue());
      }
      if (constant.getKind() == CelConstant.Kind.INT64_VALUE && constant.int64Value() >= 0) {
        return new Step.Item(constant.int64Value());
      }
    }
    return new Step.Each();
  }

  /** Visits what stands in the brackets of a way. */
  private void visitIndexes(CelExpr expression, Strength strength, Map<String, Local> scope) {
    List<CelExpr> indexes = new ArrayList<>();
    CelExpr at = expression;
    while (true) {
      if (at.getKind() == CelExpr.ExprKind.Kind.SELECT) {
        at = at.select().operand();
      } else if (at.getKind() == CelExpr.ExprKind.Kind.CALL && isValue(at.call())) {
        at = at.call().target().get();
      } else if (at.getKind() == CelExpr.ExprKind.Kind.CALL) {
        indexes.add(at.call().args().get(1));
        at = at.call().args().get(0);
      } else {
        break;
      }
    }
    indexes.forEach(index -> visit(index, strength, scope));
  }
}

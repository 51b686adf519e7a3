package io.sailplan.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a parsed expression names, and its parts by number. */
final class AstIndex {
  private final Map<Long, CelExpr> byId = new HashMap<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> functions = new LinkedHashSet<>();
  private final Set<String> fields = new LinkedHashSet<>();

  AstIndex(CelAbstractSyntaxTree ast) {
    visit(ast.getExpr());
  }

  @Nullable CelExpr find(long id) {
    return byId.get(id);
  }

  /** Returns each name, and each way of fields from one: these may name types. */
  Set<String> names() {
    return names;
  }

  /** Returns each function, and each that a call on a name may mean. */
  Set<String> functions() {
    return functions;
  }

  Set<String> fields() {
    return fields;
  }

  private void visit(CelExpr expression) {
    byId.put(expression.id(), expression);
    switch (expression.getKind()) {
      case IDENT:
        names.add(expression.ident().name());
        break;
      case SELECT:
        fields.add(expression.select().field());
        String way = qualified(expression);
        if (way != null) {
          names.add(way);
        }
        visit(expression.select().operand());
        break;
      case CALL:
        call(expression.call());
        break;
      case LIST:
        expression.list().elements().forEach(this::visit);
        break;
      case MAP:
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          visit(entry.key());
          visit(entry.value());
        }
        break;
      case STRUCT:
        expression.struct().entries().forEach(entry -> visit(entry.value()));
        break;
      case COMPREHENSION:
        CelExpr.CelComprehension loop = expression.comprehension();
        visit(loop.iterRange());
        visit(loop.accuInit());
        visit(loop.loopCondition());
        visit(loop.loopStep());
        visit(loop.result());
        break;
      default:
        break;
    }
  }

  private void call(CelExpr.CelCall call) {
    functions.add(call.function());
    if (call.function().equals("_?._")) {
      CelExpr field = call.args().get(1);
      if (field.getKind() == CelExpr.ExprKind.Kind.CONSTANT
          && field.constant().getKind() == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE) {
        fields.add(field.constant().stringValue());
      }
    }
    call.target()
        .ifPresent(
            target -> {
              String way = qualified(target);
              if (way != null) {
                functions.add(way + "." + call.function());
              }
              visit(target);
            });
    call.args().forEach(this::visit);
  }

  /** Returns {@code a.b.c}; null if the expression is more than that. */
  static @Nullable String qualified(CelExpr expression) {
    switch (expression.getKind()) {
      case IDENT:
        return expression.ident().name();
      case SELECT:
        String operand = qualified(expression.select().operand());
        return operand == null || expression.select().testOnly()
            ? null
            : operand + "." + expression.select().field();
      default:
        return null;
    }
  }
}

package io.sailplan.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes nodes of a checked expression. Used once. */
final class Lowering {
  private final CelAbstractSyntaxTree ast;
  private final Map<Long, Integer> positions;
  private final Map<String, Integer> scope = new HashMap<>();
  private int locals;

  Lowering(CelAbstractSyntaxTree ast) {
    this.ast = ast;
    this.positions = ast.getSource().getPositionsMap();
  }

  Node lower() {
    return node(ast.getExpr());
  }

  int locals() {
    return locals;
  }

  private int offset(CelExpr expression) {
    return positions.getOrDefault(expression.id(), 0);
  }

  private CelType type(CelExpr expression) {
    return ast.getType(expression.id()).orElse(SimpleType.DYN);
  }

  private Coercion coercion(CelExpr expression) {
    return Coercion.to(type(expression));
  }

  private Node node(CelExpr expression) {
    switch (expression.getKind()) {
      case CONSTANT:
        return new ReadNodes.Constant(offset(expression), constant(expression.constant()));
      case IDENT:
        return name(expression);
      case SELECT:
        return select(expression);
      case CALL:
        return call(expression);
      case LIST:
        return list(expression);
      case MAP:
        return map(expression);
      case COMPREHENSION:
        return loop(expression);
      default:
        throw new IllegalStateException(
            "the type checker lets no " + expression.getKind() + " pass");
    }
  }

  private static Object constant(CelConstant constant) {
    switch (constant.getKind()) {
      case BOOLEAN_VALUE:
        return constant.booleanValue();
      case INT64_VALUE:
        return constant.int64Value();
      case UINT64_VALUE:
        return new Unsigned(constant.uint64Value().longValue());
      case DOUBLE_VALUE:
        return constant.doubleValue();
      case STRING_VALUE:
        return constant.stringValue();
      case BYTES_VALUE:
        return Bytes.of(constant.bytesValue().toByteArray());
      default:
        return NullValue.NULL;
    }
  }

  private Node name(CelExpr expression) {
    String name = expression.ident().name();
    String plain = name.startsWith(".") ? name.substring(1) : name;
    Integer slot = name.startsWith(".") ? null : scope.get(name);
    if (slot != null) {
      return new ReadNodes.Local(offset(expression), slot, coercion(expression));
    }
    if (type(expression) instanceof dev.cel.common.types.TypeType) {
      return new ReadNodes.Constant(offset(expression), new TypeValue(plain));
    }
    return new ReadNodes.Root(offset(expression), plain, coercion(expression));
  }

  private Node select(CelExpr expression) {
    CelExpr.CelSelect select = expression.select();
    Node operand = node(select.operand());
    return select.testOnly()
        ? new ReadNodes.Has(offset(expression), operand, select.field())
        : new ReadNodes.Select(offset(expression), operand, select.field(), coercion(expression));
  }

  private Node call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    List<Node> arguments = new ArrayList<>();
    call.target().ifPresent(target -> arguments.add(node(target)));
    int at = offset(expression);
    boolean member = call.target().isPresent();
    if (member && (call.function().equals("or") || call.function().equals("orValue"))) {
      return new LogicNodes.Or(
          at, arguments.get(0), node(call.args().get(0)), call.function().equals("orValue"));
    }
    call.args().forEach(argument -> arguments.add(node(argument)));
    if (!member) {
      Node own = operator(expression, call.function(), arguments);
      if (own != null) {
        return own;
      }
    }
    return new CallNode(
        at,
        call.function(),
        FunctionTable.all()
            .find(call.function(), ast.getReferenceOrThrow(expression.id()).overloadIds()),
        arguments);
  }

  private @org.jspecify.annotations.Nullable Node operator(
      CelExpr expression, String function, List<Node> arguments) {
    int at = offset(expression);
    switch (function) {
      case "_&&_":
      case "_||_":
        return new LogicNodes.Both(at, arguments.get(0), arguments.get(1), function.equals("_||_"));
      case "_?_:_":
        return new LogicNodes.Conditional(at, arguments.get(0), arguments.get(1), arguments.get(2));
      case "@not_strictly_false":
        return new LogicNodes.NotStrictlyFalse(at, arguments.get(0));
      case "@in":
        return new CallNode.In(at, arguments.get(0), arguments.get(1));
      case "_[_]":
      case "_[?_]":
        return new ReadNodes.Index(
            at, arguments.get(0), arguments.get(1), function.equals("_[?_]"), coercion(expression));
      case "_?._":
        return new ReadNodes.OptionalSelect(
            at,
            arguments.get(0),
            expression.call().args().get(1).constant().stringValue(),
            coercion(expression));
      default:
        return null;
    }
  }

  private Node list(CelExpr expression) {
    return new MakeNodes.MakeList(
        offset(expression),
        expression.list().elements().stream().map(this::node).toList(),
        new HashSet<>(expression.list().optionalIndices()));
  }

  private Node map(CelExpr expression) {
    return new MakeNodes.MakeMap(
        offset(expression),
        expression.map().entries().stream()
            .map(
                entry ->
                    new MakeNodes.Entry(
                        node(entry.key()), node(entry.value()), entry.optionalEntry()))
            .toList());
  }

  private Node loop(CelExpr expression) {
    CelExpr.CelComprehension loop = expression.comprehension();
    Node range = node(loop.iterRange());
    Node start = node(loop.accuInit());
    int gathered = locals++;
    Optional<Integer> outer = enter(loop.accuVar(), gathered);
    int item = locals++;
    Optional<Integer> outerItem = enter(loop.iterVar(), item);
    int second = loop.iterVar2().isEmpty() ? -1 : locals++;
    Optional<Integer> outerSecond = second < 0 ? Optional.empty() : enter(loop.iterVar2(), second);
    Node goesOn = node(loop.loopCondition());
    boolean gathers = start instanceof MakeNodes.MakeList list && list.isEmpty();
    Node step = step(loop.loopStep(), loop.accuVar(), gathered, gathers);
    if (second >= 0) {
      leave(loop.iterVar2(), outerSecond);
    }
    leave(loop.iterVar(), outerItem);
    Node result = node(loop.result());
    leave(loop.accuVar(), outer);
    return new LoopNode(
        offset(expression), new int[] {item, second, gathered}, range, start, goesOn, step, result);
  }

  private Optional<Integer> enter(String name, int slot) {
    return Optional.ofNullable(scope.put(name, slot));
  }

  private void leave(String name, Optional<Integer> outer) {
    if (outer.isPresent()) {
      scope.put(name, outer.get());
    } else {
      scope.remove(name);
    }
  }

  /** Lists are gathered in place, or loops over n items would copy n² of them. */
  private Node step(CelExpr expression, String gatheredName, int gathered, boolean gathers) {
    if (gathers && expression.getKind() == CelExpr.ExprKind.Kind.CALL) {
      CelExpr.CelCall call = expression.call();
      if (call.function().equals("_+_")
          && call.args().get(0).getKind() == CelExpr.ExprKind.Kind.IDENT
          && call.args().get(0).ident().name().equals(gatheredName)
          && isHidden(gatheredName)
          && node(call.args().get(1)) instanceof MakeNodes.MakeList items) {
        return new LoopNode.Append(offset(expression), gathered, items);
      }
      if (call.function().equals("_?_:_")) {
        return new LogicNodes.Conditional(
            offset(expression),
            node(call.args().get(0)),
            step(call.args().get(1), gatheredName, gathered, true),
            step(call.args().get(2), gatheredName, gathered, true));
      }
    }
    return node(expression);
  }

  /** Nobody can write the name, so nobody else holds what it stands for. */
  private static boolean isHidden(String name) {
    return name.startsWith("@");
  }
}

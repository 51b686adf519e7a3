package io.sailplan.expression;

import org.jspecify.annotations.Nullable;

/** The nodes that need not look at all of their arguments. */
final class LogicNodes {
  private LogicNodes() {}

  private static Object bool(Node node, Object value) {
    return value instanceof Boolean || value instanceof Stop
        ? value
        : node.failure("a value of the type " + Values.typeName(value) + " is not a condition");
  }

  /** {@code a && b} and {@code a || b}: one side that decides is enough, whatever the other is. */
  static final class Both extends Node {
    private final Node left;
    private final Node right;
    private final boolean decides;

    /**
     * Makes a node.
     *
     * @param decides the value that decides: false for {@code &&}
     */
    Both(int offset, Node left, Node right, boolean decides) {
      super(offset);
      this.left = left;
      this.right = right;
      this.decides = decides;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object one = bool(left, left.evaluate(frame));
      if (one.equals(decides)) {
        return one;
      }
      Object other = bool(right, right.evaluate(frame));
      if (other.equals(decides)) {
        return other;
      }
      if (one instanceof Stop stop) {
        return other instanceof Stop more ? Stop.join(stop, more) : stop;
      }
      return other;
    }
  }

  /** {@code a ? b : c}. */
  static final class Conditional extends Node {
    private final Node condition;
    private final Node yes;
    private final Node no;

    Conditional(int offset, Node condition, Node yes, Node no) {
      super(offset);
      this.condition = condition;
      this.yes = yes;
      this.no = no;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object decided = bool(condition, condition.evaluate(frame));
      return decided instanceof Boolean flag ? (flag ? yes : no).evaluate(frame) : decided;
    }
  }

  /** Whether a loop goes on: it does unless that is surely false. */
  static final class NotStrictlyFalse extends Node {
    private final Node operand;

    NotStrictlyFalse(int offset, Node operand) {
      super(offset);
      this.operand = operand;
    }

    @Override
    Object evaluate(Frame frame) {
      return !operand.evaluate(frame).equals(false);
    }
  }

  /** {@code a.or(b)} and {@code a.orValue(b)}: without a look at b where a has a value. */
  static final class Or extends Node {
    private final Node target;
    private final Node other;
    private final boolean unwraps;

    Or(int offset, Node target, Node other, boolean unwraps) {
      super(offset);
      this.target = target;
      this.other = other;
      this.unwraps = unwraps;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object value = target.evaluate(frame);
      if (value instanceof Stop) {
        return value;
      }
      if (!(value instanceof OptionalValue optional)) {
        return failure("a value of the type " + Values.typeName(value) + " is not an optional");
      }
      @Nullable Object inner = optional.value();
      return inner == null ? other.evaluate(frame) : unwraps ? inner : optional;
    }
  }
}

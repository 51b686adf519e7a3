package io.sailplan.expression;

import io.sailplan.problem.Suggestion;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes that read variables, fields and items. */
final class ReadNodes {
  private ReadNodes() {}

  /** A literal. */
  static final class Constant extends Node {
    private final Object value;

    Constant(int offset, Object value) {
      super(offset);
      this.value = value;
    }

    @Override
    Object evaluate(Frame frame) {
      return value;
    }
  }

  /** A bound name. */
  static final class Root extends Node {
    private final String name;
    private final Coercion coercion;

    Root(int offset, String name, Coercion coercion) {
      super(offset);
      this.name = name;
      this.coercion = coercion;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object value = frame.root(name);
      return value == null
          ? failure("nothing is bound to the name \"" + name + "\"")
          : coercion.apply(value, offset());
    }
  }

  /** A variable of a loop. */
  static final class Local extends Node {
    private final int slot;
    private final Coercion coercion;

    Local(int offset, int slot, Coercion coercion) {
      super(offset);
      this.slot = slot;
      this.coercion = coercion;
    }

    int slot() {
      return slot;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      return coercion.apply(frame.local(slot), offset());
    }
  }

  /** A field: {@code a.b}. */
  static final class Select extends Node {
    private final Node operand;
    private final String field;
    private final Coercion coercion;

    Select(int offset, Node operand, String field, Coercion coercion) {
      super(offset);
      this.operand = operand;
      this.field = field;
      this.coercion = coercion;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object container = operand.evaluate(frame);
      if (container instanceof OptionalValue optional) {
        return coercion.apply(optional(frame, this, optional, field), offset());
      }
      Object value = field(frame, container, field);
      return value == null ? missing(container) : coercion.apply(value, offset());
    }

    /** The keys of maps are data, so none is named but the one that was asked for. */
    private Object missing(Object container) {
      Collection<?> keys = container instanceof Map<?, ?> map ? map.keySet() : java.util.List.of();
      String hint = "If it may be missing, read it with \".?" + field + "\" and \".orValue(…)\".";
      boolean misspelt =
          Suggestion.nearest(
                  field,
                  keys.stream().filter(String.class::isInstance).map(String::valueOf).toList())
              .isPresent();
      return failure("there is no field \"" + field + "\"")
          .hint(misspelt ? "A similar one is there. " + hint : hint);
    }
  }

  /** {@code has(a.b)}: whether a field is there and not null. */
  static final class Has extends Node {
    private final Node operand;
    private final String field;

    Has(int offset, Node operand, String field) {
      super(offset);
      this.operand = operand;
      this.field = field;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object container = operand.evaluate(frame);
      if (container instanceof OptionalValue optional) {
        Object value = optional(frame, this, optional, field);
        return value instanceof OptionalValue found ? found.isPresent() : value;
      }
      Object value = field(frame, container, field);
      return value instanceof Stop ? value : value != null && value != NullValue.NULL;
    }
  }

  /** {@code a.?b}. */
  static final class OptionalSelect extends Node {
    private final Node operand;
    private final String field;
    private final Coercion coercion;

    OptionalSelect(int offset, Node operand, String field, Coercion coercion) {
      super(offset);
      this.operand = operand;
      this.field = field;
      this.coercion = coercion;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object container = operand.evaluate(frame);
      OptionalValue optional =
          container instanceof OptionalValue value ? value : new OptionalValue(container);
      if (container instanceof Stop) {
        return container;
      }
      return coercion.apply(optional(frame, this, optional, field), offset());
    }
  }

  /** {@code a[b]} and {@code a[?b]}. */
  static final class Index extends Node {
    private final Node operand;
    private final Node index;
    private final boolean optional;
    private final Coercion coercion;

    Index(int offset, Node operand, Node index, boolean optional, Coercion coercion) {
      super(offset);
      this.operand = operand;
      this.index = index;
      this.optional = optional;
      this.coercion = coercion;
    }

    @Override
    Object evaluate(Frame frame) {
      frame.spend(1);
      Object container = operand.evaluate(frame);
      Object key = frame.consume(index.evaluate(frame));
      if (container instanceof OptionalValue value) {
        if (value.value() == null) {
          return key instanceof Stop ? key : OptionalValue.NONE;
        }
        return wrap(item(frame, value.value(), key), true);
      }
      return wrap(item(frame, container, key), optional);
    }

    private Object wrap(@Nullable Object value, boolean asOptional) {
      if (value instanceof Stop) {
        return value;
      }
      if (asOptional) {
        return value == null || value == NullValue.NULL
            ? OptionalValue.NONE
            : coercion.apply(new OptionalValue(value), offset());
      }
      return value == null
          ? failure("there is no such key or position")
              .hint("If it may be missing, read it with \"[?…]\" and \".orValue(…)\".")
          : coercion.apply(value, offset());
    }
  }

  /** Returns a field of an optional, which is an optional again; null counts as missing. */
  private static Object optional(Frame frame, Node node, OptionalValue optional, String field) {
    if (optional.value() == null || optional.value() == NullValue.NULL) {
      return OptionalValue.NONE;
    }
    Object value = node.field(frame, optional.value(), field);
    if (value instanceof Stop) {
      return value;
    }
    return value == null || value == NullValue.NULL ? OptionalValue.NONE : new OptionalValue(value);
  }
}

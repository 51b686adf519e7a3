package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.shape.FieldShape;
import io.sailplan.shape.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of a value: what an expression gives, or what is expected of it. */
public final class ExpressionType {
  private static final ExpressionType ANY = new ExpressionType(Kind.ANY, null, null);
  private static final ExpressionType BOOLEAN = new ExpressionType(Kind.BOOLEAN, null, null);
  private static final ExpressionType INTEGER = new ExpressionType(Kind.INTEGER, null, null);
  private static final ExpressionType NUMBER = new ExpressionType(Kind.NUMBER, null, null);
  private static final ExpressionType STRING = new ExpressionType(Kind.STRING, null, null);
  private static final ExpressionType CONDITION = new ExpressionType(Kind.OPTIONAL, BOOLEAN, null);

  private final Kind kind;
  private final @Nullable ExpressionType element;
  private final @Nullable Shape shape;

  private ExpressionType(Kind kind, @Nullable ExpressionType element, @Nullable Shape shape) {
    this.kind = kind;
    this.element = element;
    this.shape = shape;
  }

  /** The sorts of types. */
  public enum Kind {
    /** Anything: what it is shows only when it is evaluated. */
    ANY,
    /** Null. */
    NULL,
    /** True or false. */
    BOOLEAN,
    /** A whole number. */
    INTEGER,
    /** A whole number that is not negative. */
    UNSIGNED,
    /** A number. */
    NUMBER,
    /** Text. */
    STRING,
    /** Bytes; as a value of a field, base64. */
    BYTES,
    /** A point in time. */
    TIME,
    /** A length of time. */
    DURATION,
    /** A list of {@link ExpressionType#element()}. */
    LIST,
    /** A map from text to {@link ExpressionType#element()}. */
    MAP,
    /** An object with the fields of {@link ExpressionType#shape()}. */
    OBJECT,
    /** An {@link ExpressionType#element()}, or nothing. */
    OPTIONAL,
    /** A type, or a value that cannot stand in a manifest, such as a URL. */
    OTHER
  }

  static ExpressionType of(Kind kind, @Nullable ExpressionType element) {
    return new ExpressionType(kind, element, null);
  }

  static ExpressionType object(Shape shape) {
    return new ExpressionType(Kind.OBJECT, null, shape);
  }

  /** Returns the type of anything. */
  public static ExpressionType any() {
    return ANY;
  }

  /** Returns the type of true and false. */
  public static ExpressionType bool() {
    return BOOLEAN;
  }

  /** Returns the type of conditions: true, false, or an optional of these, where none is false. */
  public static ExpressionType condition() {
    return CONDITION;
  }

  /** Returns the type of whole numbers. */
  public static ExpressionType integer() {
    return INTEGER;
  }

  /** Returns the type of numbers. */
  public static ExpressionType number() {
    return NUMBER;
  }

  /** Returns the type of text. */
  public static ExpressionType string() {
    return STRING;
  }

  /** Returns the type of lists of {@code element}. */
  public static ExpressionType listOf(ExpressionType element) {
    return new ExpressionType(Kind.LIST, requireNonNull(element, "element"), null);
  }

  /** Returns the type of maps from text to {@code element}. */
  public static ExpressionType mapOf(ExpressionType element) {
    return new ExpressionType(Kind.MAP, requireNonNull(element, "element"), null);
  }

  /** Returns the type of what a shape describes. */
  public static ExpressionType of(Shape shape) {
    switch (shape.type()) {
      case STRING:
        return new ExpressionType(Kind.STRING, null, shape);
      case BOOLEAN:
        return new ExpressionType(Kind.BOOLEAN, null, shape);
      case INT32:
      case INT64:
        return new ExpressionType(Kind.INTEGER, null, shape);
      case NUMBER:
        return new ExpressionType(Kind.NUMBER, null, shape);
      case TIME:
      case MICRO_TIME:
        return new ExpressionType(Kind.TIME, null, shape);
      case BYTES:
        return new ExpressionType(Kind.BYTES, null, shape);
      case LIST:
        return new ExpressionType(Kind.LIST, of(shape.items()), shape);
      case OBJECT:
        return shape.fields().isEmpty() && shape.values().isPresent()
            ? new ExpressionType(Kind.MAP, of(shape.values().get()), shape)
            : object(shape);
      default:
        return new ExpressionType(Kind.ANY, null, shape);
    }
  }

  /** Returns the type of what a field holds. */
  public static ExpressionType of(FieldShape field) {
    return of(field.shape());
  }

  /** Returns the sort of type. */
  public Kind kind() {
    return kind;
  }

  /** Returns the type of the items, the values, or what an optional may hold. */
  public Optional<ExpressionType> element() {
    return Optional.ofNullable(element);
  }

  /** Returns the structure behind the type, where it came from one. */
  public Optional<Shape> shape() {
    return Optional.ofNullable(shape);
  }

  /** Returns {@code list of string}, for people. */
  @Override
  public String toString() {
    switch (kind) {
      case LIST:
        return "list of " + element;
      case MAP:
        return "map of " + element;
      case OPTIONAL:
        return "optional " + element;
      case OBJECT:
        return shape == null || shape.name().isEmpty() ? "object" : shape.name();
      default:
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

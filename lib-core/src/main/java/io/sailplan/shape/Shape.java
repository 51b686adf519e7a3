package io.sailplan.shape;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a value: what it may hold and how two writers share it; immutable and
 * thread-safe.
 *
 * <p>Shapes may hold themselves (the schema in a CustomResourceDefinition does), so walk them along
 * a value, never on their own.
 */
public final class Shape {
  private static final Shape ANY = scalar(ShapeType.ANY);

  private final ShapeType type;
  private final String name;
  private final Map<String, FieldShape> fields;
  private final @Nullable ShapeReference element;
  private final ListType listType;
  private final List<String> keys;
  private final boolean atomic;
  private final boolean nullable;
  private final boolean asWritten;
  private final boolean pruned;
  private final @Nullable String fixed;
  private final boolean comparesWithBefore;
  private final @Nullable ValueRule rule;
  private final @Nullable ValueRule keyRule;

  private Shape(Builder builder) {
    this.type = builder.type;
    this.name = builder.name;
    this.fields = builder.fields;
    this.element = builder.element;
    this.listType = builder.listType;
    this.keys = builder.keys;
    this.atomic = builder.atomic;
    this.nullable = builder.nullable;
    this.asWritten = builder.asWritten;
    this.pruned = builder.pruned;
    this.fixed = builder.fixed;
    this.comparesWithBefore = builder.comparesWithBefore;
    this.rule = builder.rule;
    this.keyRule = builder.keyRule;
  }

  static Shape scalar(ShapeType type) {
    return new Builder(type).build();
  }

  /** Returns the shape of a value of which nothing is known. */
  public static Shape any() {
    return ANY;
  }

  /** Returns the sort of value. */
  public ShapeType type() {
    return type;
  }

  /** Returns the name of the type, such as {@code core.v1.Container}; empty if it has none. */
  public String name() {
    return name;
  }

  /** Returns the named fields of an object, ordered by name; empty for others. */
  public Map<String, FieldShape> fields() {
    return fields;
  }

  /** Returns the named field; null if there is none, even if the object takes other keys. */
  public @Nullable FieldShape field(String field) {
    return fields.get(field);
  }

  /**
   * Returns the structure of the value under {@code key} of an object, be it a named field or a key
   * of a map; null if the object does not take it.
   */
  public @Nullable Shape child(String key) {
    if (type == ShapeType.ANY || type == ShapeType.RAW) {
      return this;
    }
    FieldShape field = fields.get(key);
    if (field != null) {
      return field.shape();
    }
    return type == ShapeType.OBJECT && element != null ? element.get() : null;
  }

  /**
   * Returns the structure of the values of keys that are not named fields; empty if there may be
   * none.
   */
  public Optional<Shape> values() {
    return type == ShapeType.OBJECT && element != null
        ? Optional.of(element.get())
        : Optional.empty();
  }

  /**
   * Returns the structure of the items of a list, {@link #any()} for lists of which nothing is
   * known.
   */
  public Shape items() {
    return type == ShapeType.LIST && element != null
        ? element.get()
        : type == ShapeType.RAW ? this : ANY;
  }

  /** Returns how the items of a list are told apart; {@code ATOMIC} for others. */
  public ListType listType() {
    return listType;
  }

  /** Returns the fields that tell the items of a keyed list apart, in the order of the schema. */
  public List<String> keys() {
    return keys;
  }

  /** Returns whether the value is owned and replaced as one. */
  public boolean atomic() {
    return atomic
        || type == ShapeType.RAW
        || (type == ShapeType.LIST && listType == ListType.ATOMIC);
  }

  /** Returns whether null is a value of its own; only custom resources have such fields. */
  public boolean nullable() {
    return nullable;
  }

  /**
   * Returns whether values are stored as they are written, zeros and empties included, as custom
   * resources are.
   */
  public boolean asWritten() {
    return asWritten;
  }

  /**
   * Returns whether keys that are not named fields are taken, and then left out of what is stored;
   * only in custom resources.
   */
  public boolean pruned() {
    return pruned;
  }

  /** Returns what the API server demands beyond the type; null if that is not known. */
  public @Nullable ValueRule rule() {
    return rule;
  }

  /** Returns what the API server demands of the keys of a map; null if that is not known. */
  public @Nullable ValueRule keyRule() {
    return keyRule;
  }

  /**
   * Returns what the server says when a value that was there is replaced by another, which a rule
   * of the schema forbids; empty if none does.
   */
  public Optional<String> fixed() {
    return Optional.ofNullable(fixed);
  }

  /**
   * Returns whether a rule of the schema compares the value with the one before in a way that is
   * not understood.
   */
  public boolean comparesWithBefore() {
    return comparesWithBefore;
  }

  /** Returns the structure of what stands at {@code path}; empty if nothing may stand there. */
  public Optional<Shape> at(FieldPath path) {
    Shape at = this;
    for (PathElement element : path.elements()) {
      Shape next = element instanceof PathElement.Field field ? at.child(field.name()) : at.items();
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  Shape asAtomic(boolean atomic) {
    Builder copy = new Builder(type);
    copy.name = name;
    copy.fields = fields;
    copy.element = element;
    copy.listType = listType;
    copy.keys = keys;
    copy.nullable = nullable;
    copy.asWritten = asWritten;
    copy.pruned = pruned;
    copy.fixed = fixed;
    copy.comparesWithBefore = comparesWithBefore;
    copy.rule = rule;
    copy.keyRule = keyRule;
    copy.atomic = atomic;
    return copy.build();
  }

  @Override
  public String toString() {
    return name.isEmpty() ? type.toString() : name;
  }

  /** Collects the parts of a shape; what is set must not change any more. */
  static final class Builder {
    private final ShapeType type;
    private String name = "";
    private Map<String, FieldShape> fields = Map.of();
    private @Nullable ShapeReference element;
    private ListType listType = ListType.ATOMIC;
    private List<String> keys = List.of();
    private boolean atomic;
    private boolean nullable;
    private boolean asWritten;
    private boolean pruned;
    private @Nullable String fixed;
    private boolean comparesWithBefore;
    private @Nullable ValueRule rule;
    private @Nullable ValueRule keyRule;

    Builder(ShapeType type) {
      this.type = type;
    }

    Builder name(String name) {
      this.name = name;
      return this;
    }

    Builder fields(Map<String, FieldShape> fields) {
      this.fields = Collections.unmodifiableMap(fields);
      return this;
    }

    Builder element(@Nullable ShapeReference element) {
      this.element = element;
      return this;
    }

    Builder list(ListType listType, List<String> keys) {
      this.listType = listType;
      this.keys = List.copyOf(keys);
      return this;
    }

    Builder atomic(boolean atomic) {
      this.atomic = atomic;
      return this;
    }

    Builder custom(boolean nullable) {
      this.asWritten = true;
      this.nullable = nullable;
      return this;
    }

    Builder rules(@Nullable ValueRule rule, @Nullable ValueRule keyRule) {
      this.rule = rule;
      this.keyRule = keyRule;
      return this;
    }

    Builder transitions(@Nullable String fixed, boolean comparesWithBefore) {
      this.fixed = fixed;
      this.comparesWithBefore = comparesWithBefore;
      return this;
    }

    Builder pruned(boolean pruned) {
      this.pruned = pruned;
      return this;
    }

    Shape build() {
      return new Shape(this);
    }
  }
}

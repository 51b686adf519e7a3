package io.sailplan.shape;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A named field of an object; immutable and thread-safe. */
public final class FieldShape {
  private final String name;
  private final ShapeReference shape;
  private final boolean required;
  private final Presence presence;
  private final @Nullable Object keyDefault;
  private final @Nullable Object defaultValue;

  FieldShape(
      String name,
      ShapeReference shape,
      boolean required,
      Presence presence,
      @Nullable Object keyDefault,
      @Nullable Object defaultValue) {
    this.name = requireNonNull(name, "name");
    this.shape = shape;
    this.required = required;
    this.presence = presence;
    this.keyDefault = keyDefault;
    this.defaultValue = defaultValue;
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns the structure of its value. */
  public Shape shape() {
    return shape.get();
  }

  /** Returns whether the API server refuses an object without it. */
  public boolean required() {
    return required;
  }

  /** Returns what is stored when it is missing or zero. */
  public Presence presence() {
    return presence;
  }

  /**
   * Returns the value that stands for it in the key of a keyed list when an item does not have it.
   */
  public Optional<Object> keyDefault() {
    return Optional.ofNullable(keyDefault);
  }

  /**
   * Returns the constant value that the API server fills in when it is missing, a tree; defaults
   * that depend on other fields are not here.
   */
  public Optional<Object> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  @Override
  public String toString() {
    return name;
  }
}

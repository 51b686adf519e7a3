package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

/**
 * A change of a kind's schema.
 *
 * @param kind what sort of change it is
 * @param path where, as kro writes it: {@code .properties.spec.properties.image.pattern}
 * @param breaking whether instances that were right may be wrong now, or lose something
 * @param before what was there; empty if nothing was, or if it cannot be said in a line
 * @param after what is there now; empty if nothing is, or if it cannot be said in a line
 */
public record SchemaChange(Kind kind, String path, boolean breaking, String before, String after) {

  /** Checks that no part is null. */
  public SchemaChange {
    requireNonNull(kind, "kind");
    requireNonNull(path, "path");
    requireNonNull(before, "before");
    requireNonNull(after, "after");
  }

  /** The sorts of changes; those that kro knows have its names. */
  public enum Kind {
    /** A field is not there any more. */
    PROPERTY_REMOVED,
    /** A field takes another type. */
    TYPE_CHANGED,
    /** A field has to be written now. */
    REQUIRED_ADDED,
    /** A choice is gone. */
    ENUM_RESTRICTED,
    /** A pattern is another one. */
    PATTERN_CHANGED,
    /** A pattern has to be followed now. */
    PATTERN_ADDED,
    /** A required field has no default any more. */
    REQUIRED_DEFAULT_REMOVED,
    /** There is a least value now. */
    MINIMUM_ADDED,
    /** The least value is greater. */
    MINIMUM_INCREASED,
    /** There is a greatest value now. */
    MAXIMUM_ADDED,
    /** The greatest value is smaller. */
    MAXIMUM_DECREASED,
    /** There is a least length now. */
    MIN_LENGTH_ADDED,
    /** The least length is greater. */
    MIN_LENGTH_INCREASED,
    /** There is a greatest length now. */
    MAX_LENGTH_ADDED,
    /** The greatest length is smaller. */
    MAX_LENGTH_DECREASED,
    /** There is a least number of items now. */
    MIN_ITEMS_ADDED,
    /** The least number of items is greater. */
    MIN_ITEMS_INCREASED,
    /** There is a greatest number of items now. */
    MAX_ITEMS_ADDED,
    /** The greatest number of items is smaller. */
    MAX_ITEMS_DECREASED,
    /** A field is new; that is breaking if it is required and has no default. */
    PROPERTY_ADDED,
    /** A description is another one. */
    DESCRIPTION_CHANGED,
    /** A default is another one, new, or gone. */
    DEFAULT_CHANGED,
    /** A field need not be written any more. */
    REQUIRED_REMOVED,
    /** There is a further choice. */
    ENUM_EXPANDED,
    /** A pattern need not be followed any more. */
    PATTERN_REMOVED,
    /** The columns that are shown are others. */
    ADDITIONAL_PRINTER_COLUMNS_CHANGED,
    /** There is no least value any more. */
    MINIMUM_REMOVED,
    /** The least value is smaller. */
    MINIMUM_DECREASED,
    /** There is no greatest value any more. */
    MAXIMUM_REMOVED,
    /** The greatest value is greater. */
    MAXIMUM_INCREASED,
    /** There is no least length any more. */
    MIN_LENGTH_REMOVED,
    /** The least length is smaller. */
    MIN_LENGTH_DECREASED,
    /** There is no greatest length any more. */
    MAX_LENGTH_REMOVED,
    /** The greatest length is greater. */
    MAX_LENGTH_INCREASED,
    /** There is no least number of items any more. */
    MIN_ITEMS_REMOVED,
    /** The least number of items is smaller. */
    MIN_ITEMS_DECREASED,
    /** There is no greatest number of items any more. */
    MAX_ITEMS_REMOVED,
    /** The greatest number of items is greater. */
    MAX_ITEMS_INCREASED,
    /** Group, kind or scope is another one, which makes it another definition; not told by kro. */
    IDENTITY_CHANGED,
    /** Only some values are taken now where all were; not told by kro. */
    ENUM_ADDED,
    /** All values are taken now where some were; not told by kro. */
    ENUM_REMOVED,
    /** A rule has to be followed now; not told by kro. */
    VALIDATION_ADDED,
    /** A rule need not be followed any more; not told by kro. */
    VALIDATION_REMOVED,
    /** Items of a list are told apart in another way; not told by kro. */
    LIST_TYPE_CHANGED,
    /** Fields that are not named are not kept any more; not told by kro. */
    UNKNOWN_FIELDS_DROPPED,
    /** Fields that are not named are kept now; not told by kro. */
    UNKNOWN_FIELDS_KEPT;

    /** Returns whether kro tells such changes too. */
    public boolean isKnownToKro() {
      return compareTo(IDENTITY_CHANGED) < 0;
    }
  }

  /** Returns what changed as one sentence without a final full stop, in kro's words. */
  public String text() {
    return SchemaChangeText.of(this);
  }

  @Override
  public String toString() {
    return (breaking ? "breaking " : "") + kind + " " + path + ": " + text();
  }
}

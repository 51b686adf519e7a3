package io.sailplan.kro;

import java.util.Locale;

/** Says what changed, in kro's words where it has some. */
final class SchemaChangeText {
  private SchemaChangeText() {}

  static String of(SchemaChange change) {
    String last = change.path().substring(change.path().lastIndexOf('.') + 1);
    String before = change.before();
    String after = change.after();
    return switch (change.kind()) {
      case PROPERTY_REMOVED -> "Property " + last + " was removed";
      case PROPERTY_ADDED ->
          (change.breaking() ? "Required property " : "Optional property ") + last + " was added";
      case TYPE_CHANGED -> "Type changed from " + before + " to " + after;
      case REQUIRED_ADDED -> "Field " + after + " is newly required";
      case REQUIRED_REMOVED -> "Field " + before + " is no longer required";
      case REQUIRED_DEFAULT_REMOVED -> "Default value removed from required field " + before;
      case ENUM_RESTRICTED -> "Enum value " + before + " was removed";
      case ENUM_EXPANDED -> "Enum value " + after + " was added";
      case ENUM_ADDED -> "Only the values " + after + " are allowed now";
      case ENUM_REMOVED -> "Values other than " + before + " are allowed now";
      case PATTERN_CHANGED -> "Validation pattern changed from " + before + " to " + after;
      case PATTERN_ADDED -> "Validation pattern " + after + " was added";
      case PATTERN_REMOVED -> "Validation pattern " + before + " was removed";
      case DESCRIPTION_CHANGED -> "Description field was changed from " + before + " to " + after;
      case DEFAULT_CHANGED -> "Default value was changed from " + before + " to " + after;
      case ADDITIONAL_PRINTER_COLUMNS_CHANGED -> "Additional printer columns were changed";
      case IDENTITY_CHANGED -> last + " is immutable: it changed from " + before + " to " + after;
      case VALIDATION_ADDED -> "Validation rule " + after + " was added";
      case VALIDATION_REMOVED -> "Validation rule " + before + " was removed";
      case LIST_TYPE_CHANGED -> "List type changed from " + before + " to " + after;
      case UNKNOWN_FIELDS_DROPPED -> "Fields that are not named are dropped now";
      case UNKNOWN_FIELDS_KEPT -> "Fields that are not named are kept now";
      default -> constraint(change);
    };
  }

  /** Constraints are named by their kind: {@code MIN_LENGTH_INCREASED}. */
  private static String constraint(SchemaChange change) {
    String kind = change.kind().name();
    int end = kind.lastIndexOf('_');
    StringBuilder name = new StringBuilder();
    for (String word : kind.substring(0, end).split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    String what = kind.substring(end + 1).toLowerCase(Locale.ROOT);
    return switch (what) {
      case "added" -> name + " constraint " + change.after() + " was added";
      case "removed" -> name + " constraint " + change.before() + " was removed";
      default -> name + " was " + what + " from " + change.before() + " to " + change.after();
    };
  }
}

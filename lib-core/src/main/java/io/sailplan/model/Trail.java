package io.sailplan.model;

import org.jspecify.annotations.Nullable;

/** The way to a value while it is read; becomes a path only when a problem needs it. */
record Trail(@Nullable Trail parent, @Nullable String field, int index) {
  private static final Trail ROOT = new Trail(null, null, 0);
  private static final int LONG = 100;

  static Trail root() {
    return ROOT;
  }

  Trail field(String name) {
    return new Trail(this, name, 0);
  }

  Trail item(int index) {
    return new Trail(this, null, index);
  }

  /** Returns the path, see {@link PlainPath}; very long names are cut. */
  String path() {
    if (parent == null) {
      return "";
    }
    String before = parent.path();
    return field == null ? PlainPath.item(before, index) : PlainPath.field(before, cut(field));
  }

  /** Returns {@code name}, cut if it is too long to be shown. */
  static String cut(String name) {
    return name.length() <= LONG ? name : name.substring(0, LONG) + "…";
  }

  @Override
  public String toString() {
    return path();
  }
}

package io.sailplan.model;

/**
 * Lets the many objects of a cluster share the names of their fields: ten thousand of them have
 * hundreds of thousands of keys, and a few hundred names.
 *
 * <p>A table without locks that forgets: two threads may at worst not share a name. Thread-safe.
 */
final class SharedNames {
  private static final int LONGEST = 32;
  private static final String[] NAMES = new String[4096];

  private SharedNames() {}

  /** Returns an equal string, mostly the same one for equal names. */
  static String shared(String name) {
    if (name.length() > LONGEST) {
      return name;
    }
    int hash = name.hashCode();
    int place = (hash ^ hash >>> 12) & NAMES.length - 1;
    String known = NAMES[place];
    if (name.equals(known)) {
      return known;
    }
    NAMES[place] = name;
    return name;
  }
}

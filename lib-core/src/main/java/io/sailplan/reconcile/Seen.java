package io.sailplan.reconcile;

/**
 * How an object was at one time.
 *
 * @param version its resourceVersion then
 * @param digest of what matters of it; 0 if it did not exist
 */
record Seen(String version, long digest) {
  private static final long ABSENT = 0;

  static Seen absent(String version) {
    return new Seen(version, ABSENT);
  }

  boolean isAbsent() {
    return digest == ABSENT;
  }

  /** Returns whether this is known to be no later than {@code other}: watches lag behind. */
  boolean isNoLaterThan(Seen other) {
    return version.equals(other.version)
        || (isNumber(version) && isNumber(other.version) && !isGreater(version, other.version));
  }

  /** Compares numbers of any length (KEP-5504). */
  private static boolean isGreater(String one, String other) {
    return one.length() == other.length()
        ? one.compareTo(other) > 0
        : one.length() > other.length();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}

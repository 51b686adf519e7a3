package io.sailplan.plan;

/**
 * How many requests something takes.
 *
 * @param writes requests that can change something
 * @param reads requests that read an object or a list
 * @param watches objects that are watched; an adapter may serve several of them by one connection
 */
public record RequestCount(int writes, int reads, int watches) {
  /** None at all. */
  public static final RequestCount NONE = new RequestCount(0, 0, 0);

  /** Returns the sum. */
  public RequestCount plus(RequestCount other) {
    return new RequestCount(writes + other.writes, reads + other.reads, watches + other.watches);
  }

  /** Returns {@code 3 writes, 0 reads, 1 watch}. */
  @Override
  public String toString() {
    return count(writes, "write", "writes")
        + ", "
        + count(reads, "read", "reads")
        + ", "
        + count(watches, "watch", "watches");
  }

  private static String count(int number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}

package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the API server writes path elements: fields, keyed items, set items,
 * positions.
 */
final class PathOrder implements Comparator<PathElement> {
  static final PathOrder INSTANCE = new PathOrder();

  private PathOrder() {}

  @Override
  public int compare(PathElement one, PathElement other) {
    if (one instanceof PathElement.Field a && other instanceof PathElement.Field b) {
      return compareText(a.name(), b.name());
    }
    int rank = Integer.compare(rank(one), rank(other));
    if (rank != 0) {
      return rank;
    }
    if (one instanceof PathElement.Key a && other instanceof PathElement.Key b) {
      return compareKeys(a.values(), b.values());
    }
    if (one instanceof PathElement.Value a && other instanceof PathElement.Value b) {
      return compareValues(a.value(), b.value());
    }
    return Integer.compare(((PathElement.Index) one).index(), ((PathElement.Index) other).index());
  }

  private static int rank(PathElement element) {
    return element instanceof PathElement.Field
        ? 0
        : element instanceof PathElement.Key ? 1 : element instanceof PathElement.Value ? 2 : 3;
  }

  private static int compareKeys(Map<String, Object> one, Map<String, Object> other) {
    Iterator<Map.Entry<String, Object>> a = one.entrySet().iterator();
    Iterator<Map.Entry<String, Object>> b = other.entrySet().iterator();
    while (a.hasNext() && b.hasNext()) {
      Map.Entry<String, Object> x = a.next();
      Map.Entry<String, Object> y = b.next();
      int name = compareText(x.getKey(), y.getKey());
      int order = name == 0 ? compareValues(x.getValue(), y.getValue()) : name;
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(a.hasNext(), b.hasNext());
  }

  /** Numbers come first, then text, booleans, and null. */
  private static int compareValues(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return a instanceof Long x && b instanceof Long y
          ? Long.compare(x, y)
          : Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof String a && other instanceof String b) {
      return compareText(a, b);
    }
    if (one instanceof Boolean a && other instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    return Integer.compare(valueRank(one), valueRank(other));
  }

  private static int valueRank(@Nullable Object value) {
    return value instanceof Number
        ? 0
        : value instanceof String ? 1 : value instanceof Boolean ? 2 : 3;
  }

  /**
   * Go compares the bytes of UTF-8, which is the order of code points, unlike that of Java's chars.
   */
  static int compareText(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates == (a < b) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }
}

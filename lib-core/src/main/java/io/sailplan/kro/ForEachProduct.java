package io.sailplan.kro;

import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All combinations of the items of some lists, for a resource with {@code forEach}: the last list
 * runs fastest, as kro has it.
 *
 * @param items each combination: variable to item, in the order of the dimensions; empty if one of
 *     the lists is, if there is none, or if there would be too many
 * @param problem why there are none, if there would be too many
 */
public record ForEachProduct(List<Map<String, @Nullable Object>> items, Optional<Problem> problem) {
  /** How many combinations kro takes unless it is started with another bound. */
  public static final int MOST_ITEMS = 1000;

  /** Copies the list. */
  public ForEachProduct {
    items = List.copyOf(items);
  }

  /** Returns the combinations, at most as many as kro takes. */
  public static ForEachProduct of(Map<String, ? extends List<?>> lists) {
    return of(lists, MOST_ITEMS);
  }

  /**
   * Returns the combinations.
   *
   * @param lists variable to evaluated list, in the order of the dimensions
   * @param most how many combinations there may be
   * @throws IllegalArgumentException if {@code most} is negative
   */
  public static ForEachProduct of(Map<String, ? extends List<?>> lists, int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most must not be negative: " + most);
    }
    long total = 1;
    for (List<?> list : lists.values()) {
      total *= list.size();
      if (total > most) {
        return tooLarge(total, most);
      }
      if (total == 0) {
        break;
      }
    }
    if (total == 0 || lists.isEmpty()) {
      return new ForEachProduct(List.of(), Optional.empty());
    }
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    items.add(Map.of());
    for (Map.Entry<String, ? extends List<?>> list : lists.entrySet()) {
      List<Map<String, @Nullable Object>> longer = new ArrayList<>();
      for (Map<String, @Nullable Object> before : items) {
        for (Object item : list.getValue()) {
          Map<String, @Nullable Object> one = new LinkedHashMap<>(before);
          one.put(list.getKey(), Trees.copyOf(item));
          longer.add(Collections.unmodifiableMap(one));
        }
      }
      items = longer;
    }
    return new ForEachProduct(items, Optional.empty());
  }

  private static ForEachProduct tooLarge(long total, int most) {
    return new ForEachProduct(
        List.of(),
        Optional.of(
            Problem.error(
                    ProblemCode.TOO_LARGE,
                    "collection size of "
                        + total
                        + " is over the maximum collection size of "
                        + most)
                .hint("Shorten the lists, or split the resource.")));
  }
}

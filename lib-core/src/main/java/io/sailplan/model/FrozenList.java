package io.sailplan.model;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A list of a tree, which nobody can change. */
final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] items;

  /** Takes the array as its own. */
  FrozenList(@Nullable Object... items) {
    this.items = items;
  }

  @Override
  public @Nullable Object get(int index) {
    return items[index];
  }

  @Override
  public int size() {
    return items.length;
  }
}

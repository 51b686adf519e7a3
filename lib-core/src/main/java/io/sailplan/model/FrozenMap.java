package io.sailplan.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of a tree, which nobody can change. Objects of Kubernetes have few fields: these lie
 * side by side, which takes a fraction of a hash table's memory and, up to a handful, less time.
 */
final class FrozenMap extends AbstractMap<String, @Nullable Object> {
  /** With more fields than this, a table of their places is quicker than looking at each. */
  private static final int FEW = 8;

  private final String[] keys;
  private final @Nullable Object[] values;
  private final Map<String, Integer> places;

  /** Takes both arrays as its own; no key may stand there twice. */
  FrozenMap(String[] keys, @Nullable Object[] values) {
    this.keys = keys;
    this.values = values;
    this.places = keys.length <= FEW ? Map.of() : places(keys);
  }

  private static Map<String, Integer> places(String... keys) {
    Map<String, Integer> places = new HashMap<>(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      places.put(keys[i], i);
    }
    return places;
  }

  private int find(@Nullable Object key) {
    if (keys.length > FEW) {
      return places.getOrDefault(key, -1);
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    int place = find(key);
    return place < 0 ? null : values[place];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return find(key) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {
    @Override
    public int size() {
      return keys.length;
    }

    @Override
    public Iterator<Entry<String, @Nullable Object>> iterator() {
      return new Entering();
    }
  }

  private final class Entering implements Iterator<Entry<String, @Nullable Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < keys.length;
    }

    @Override
    public Entry<String, @Nullable Object> next() {
      if (next >= keys.length) {
        throw new NoSuchElementException();
      }
      Entry<String, @Nullable Object> entry = new SimpleImmutableEntry<>(keys[next], values[next]);
      next++;
      return entry;
    }
  }
}

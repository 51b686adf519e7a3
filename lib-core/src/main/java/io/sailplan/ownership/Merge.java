package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import io.sailplan.shape.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a written value over a live one; nothing is ever removed (structured-merge-diff,
 * typed/merge.go).
 */
final class Merge {
  private Merge() {}

  /** The merged value, or {@link Values#ABSENT} if nothing is left of it. */
  static @Nullable Object of(@Nullable Object live, @Nullable Object written, Shape shape) {
    if (live == written || live == Values.ABSENT) {
      return written;
    }
    if (written == Values.ABSENT) {
      return live;
    }
    Values.Form form = Values.form(shape, written);
    boolean one =
        form == Values.Form.SCALAR
            || (form == Values.Form.LIST ? Values.atomicList(shape) : shape.atomic())
            || (Values.bare(form, live) && Values.bare(form, written));
    if (one) {
      return written;
    }
    return form == Values.Form.MAP
        ? maps(Values.map(live), Values.map(written), shape)
        : new Lists(Values.list(live), Values.list(written), shape).merged();
  }

  private static Object maps(
      Map<String, @Nullable Object> live, Map<String, @Nullable Object> written, Shape shape) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    live.forEach(
        (key, value) -> {
          Object other = written.get(key);
          boolean absent = other == null && !written.containsKey(key);
          put(merged, key, absent ? value : of(value, other, Values.child(shape, key)));
        });
    written.forEach(
        (key, value) -> {
          if (!live.containsKey(key)) {
            put(merged, key, of(Values.ABSENT, value, Values.child(shape, key)));
          }
        });
    return merged.isEmpty() ? Values.ABSENT : merged;
  }

  private static void put(Map<String, @Nullable Object> map, String key, @Nullable Object value) {
    if (value != Values.ABSENT) {
      map.put(key, value);
    }
  }

  /**
   * Two keyed lists or sets. Live items that were not written stay, before the next shared item;
   * shared items take the written order; new items come before the next shared one.
   */
  private static final class Lists {
    private final List<@Nullable Object> live;
    private final List<@Nullable Object> written;
    private final Shape shape;
    private final List<PathElement> liveElements;
    private final List<PathElement> writtenElements;
    private final Map<PathElement, @Nullable Object> liveItems = new HashMap<>();
    private final Map<PathElement, @Nullable Object> writtenItems = new HashMap<>();
    private final Deque<PathElement> shared = new ArrayDeque<>();
    private final Set<PathElement> done = new HashSet<>();
    private final List<@Nullable Object> merged = new ArrayList<>();

    Lists(List<@Nullable Object> live, List<@Nullable Object> written, Shape shape) {
      this.shape = shape;
      this.live = new ArrayList<>(live.size());
      this.written = new ArrayList<>(written.size());
      liveElements = index(live, this.live, liveItems);
      writtenElements = index(written, this.written, writtenItems);
      for (PathElement element : writtenElements) {
        if (liveItems.containsKey(element)) {
          shared.add(element);
        }
      }
    }

    private List<PathElement> index(
        List<@Nullable Object> from,
        List<@Nullable Object> kept,
        Map<PathElement, @Nullable Object> items) {
      List<PathElement> elements = new ArrayList<>(from.size());
      for (Object item : from) {
        PathElement element = Values.element(shape, item);
        if (element != null) {
          elements.add(element);
          kept.add(item);
          items.put(element, items.containsKey(element) ? null : item); // twins are not merged with
        }
      }
      return elements;
    }

    Object merged() {
      int l = 0;
      int r = 0;
      PathElement next = shared.poll();
      while (l < live.size() || r < written.size()) {
        if (l < live.size() && r < written.size()) {
          PathElement element = liveElements.get(l);
          if (element.equals(writtenElements.get(r))) {
            take(element, writtenItems.get(element));
            l++;
            r++;
            next = shared.poll();
            continue;
          }
          if (writtenItems.containsKey(element) && next != null && !next.equals(element)) {
            l++; // shared, but its turn comes later
            continue;
          }
        }
        if (l < live.size()) {
          PathElement element = liveElements.get(l);
          if (!writtenItems.containsKey(element)) {
            add(of(live.get(l), Values.ABSENT, shape.items()));
            l++;
            continue;
          }
          if (done.contains(element)) {
            l++;
          }
        }
        if (r < written.size()) {
          PathElement element = writtenElements.get(r);
          take(element, writtenItems.get(element));
          r++;
          if (element.equals(next)) {
            next = shared.poll();
          }
        }
      }
      return merged.isEmpty() ? Values.ABSENT : merged;
    }

    private void take(PathElement element, @Nullable Object item) {
      done.add(element);
      Object old = liveItems.containsKey(element) ? liveItems.get(element) : Values.ABSENT;
      add(of(old, item, shape.items()));
    }

    private void add(@Nullable Object item) {
      if (item != Values.ABSENT) {
        merged.add(item);
      }
    }
  }
}

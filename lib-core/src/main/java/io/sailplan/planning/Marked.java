package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts marks into a tree that is no manifest any more. */
final class Marked {
  private Marked() {}

  /** Returns the tree with these values in place of what stands there. */
  static @Nullable Object mark(@Nullable Object tree, Map<FieldPath, Filling> marks) {
    Object marked = tree;
    for (Map.Entry<FieldPath, Filling> mark : marks.entrySet()) {
      marked = set(marked, mark.getKey().elements(), mark.getValue().value());
    }
    return marked;
  }

  private static @Nullable Object set(
      @Nullable Object tree, List<PathElement> path, @Nullable Object value) {
    if (path.isEmpty()) {
      return value;
    }
    List<PathElement> rest = path.subList(1, path.size());
    if (path.get(0) instanceof PathElement.Field field) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(tree));
      copy.put(field.name(), set(copy.get(field.name()), rest, value));
      return copy;
    }
    if (path.get(0) instanceof PathElement.Index index && tree instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      if (index.index() < copy.size()) {
        copy.set(index.index(), set(copy.get(index.index()), rest, value));
      }
      return copy;
    }
    return tree;
  }
}

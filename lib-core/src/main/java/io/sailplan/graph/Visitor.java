package io.sailplan.graph;

import io.sailplan.model.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is shown the items of a list, each with its path. */
interface Visitor {
  void visit(Object item, String path);

  /** Shows the visitor what the list in {@code field} of {@code parent} holds; nulls left out. */
  static void each(@Nullable Object parent, String field, String path, Visitor visitor) {
    List<@Nullable Object> items = Trees.list(Trees.get(parent, field));
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (item != null) {
        visitor.visit(item, (path.isEmpty() ? field : path + "." + field) + "[" + i + "]");
      }
    }
  }
}

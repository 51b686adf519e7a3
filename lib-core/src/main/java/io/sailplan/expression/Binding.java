package io.sailplan.expression;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for.
 *
 * @param tree the tree
 * @param marks what is marked in it
 * @param plain whether it surely holds no {@link Unknown}
 */
record Binding(@Nullable Object tree, Marks marks, boolean plain) {

  static Binding of(@Nullable Object tree, Marks marks) {
    return new Binding(tree, marks, Trees.isCopy(tree));
  }

  Binding at(FieldPath path) {
    Marks below = marks;
    for (PathElement element : path.elements()) {
      below =
          element instanceof PathElement.Field field
              ? below.child(field.name())
              : element instanceof PathElement.Index index ? below.child(index.index()) : below;
    }
    return new Binding(path.find(tree).orElse(null), below, plain);
  }
}

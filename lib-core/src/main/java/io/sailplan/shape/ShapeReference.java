package io.sailplan.shape;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A shape that is looked up when first asked for, so that shapes may hold themselves. */
final class ShapeReference {
  private final Supplier<Shape> source;
  private volatile @Nullable Shape shape;

  private ShapeReference(Supplier<Shape> source, @Nullable Shape shape) {
    this.source = source;
    this.shape = shape;
  }

  static ShapeReference of(Shape shape) {
    return new ShapeReference(() -> shape, shape);
  }

  static ShapeReference lazy(Supplier<Shape> source) {
    return new ShapeReference(source, null);
  }

  Shape get() {
    Shape found = shape;
    if (found == null) {
      found = source.get();
      shape = found; // two threads may both look it up: they find the same
    }
    return found;
  }
}

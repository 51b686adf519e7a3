package io.sailplan.planning;

import io.sailplan.model.Application;
import io.sailplan.model.Input;
import io.sailplan.model.ObjectKey;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;

/** Objects outside of the application that its expressions read. */
final class Externals {
  private Externals() {}

  /** Returns the identity of one: without a namespace, it is at home where the application is. */
  static ObjectKey key(Input.External external, Application application, ShapeCatalog catalog) {
    boolean namespaced = catalog.find(external.kind()).map(KindShape::namespaced).orElse(true);
    String home = external.namespace().isEmpty() ? application.namespace() : external.namespace();
    return new ObjectKey(
        external.kind().group(), external.kind().kind(), namespaced ? home : "", external.name());
  }
}

package io.sailplan.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the server takes in any field: all kinds of which the others do not speak. */
abstract class MutableContract extends ImmutableClusterContract {

  @TestFactory
  Stream<DynamicTest> nothing_of_this_kind_is_fixed() {
    return rows(
        MutableKind.all(),
        MutableKind::name,
        (kind, name) -> {
          Subject subject = of(kind.yaml());
          kind.changes().forEach(subject::can);
        });
  }
}

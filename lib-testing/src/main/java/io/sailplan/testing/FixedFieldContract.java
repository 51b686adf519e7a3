package io.sailplan.testing;

import io.sailplan.model.ObjectKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What of each kind is fixed once an object exists, and nothing else. */
abstract class FixedFieldContract extends ImmutableClusterContract {

  @TestFactory
  Stream<DynamicTest> just_this_of_an_object_is_fixed() {
    return rules(
        Stream.of(StorageRules.all(), TrafficRules.all(), ContentRules.all())
            .flatMap(List::stream)
            .toList());
  }

  @TestFactory
  Stream<DynamicTest> nothing_of_this_kind_is_fixed() {
    return rules(MutableRules.all());
  }

  private Stream<DynamicTest> rules(List<KindRules> all) {
    return rows(
        all,
        KindRules::name,
        (rules, name) -> {
          ObjectKey key = manifest(rules.yaml()).key();
          awaitGone(key); // another case may have used the name
          Subject subject = of(rules.yaml());
          for (KindRules.Change change : rules.changes()) {
            if (change.field().isEmpty()) {
              subject.can(change.from(), change.to());
            } else {
              subject.cannot(change.from(), change.to(), change.field(), change.words());
            }
          }
          delete(key);
        });
  }
}

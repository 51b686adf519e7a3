package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * What may become of an object, and what may not.
 *
 * @param name the kind, and how it is with the object
 * @param yaml the object; {@code $ns} stands for the namespace of the sentence
 * @param changes what is tried
 */
record KindRules(String name, String yaml, List<Change> changes) {

  /**
   * A change of the text.
   *
   * @param from what is replaced
   * @param to by what
   * @param field the field that the server names; empty if it takes the change
   * @param words what it says, at least
   */
  record Change(String from, String to, String field, String words) {}

  static KindRules of(String name, String yaml) {
    return new KindRules(name, yaml, List.of());
  }

  KindRules can(String from, String to) {
    return with(new Change(from, to, "", ""));
  }

  KindRules cannot(String from, String to, String field, String words) {
    return with(new Change(from, to, field, words));
  }

  private KindRules with(Change change) {
    return new KindRules(name, yaml, Stream.concat(changes.stream(), Stream.of(change)).toList());
  }
}

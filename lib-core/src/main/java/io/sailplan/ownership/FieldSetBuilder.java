package io.sailplan.ownership;

import io.sailplan.model.PathElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects paths in any order. */
final class FieldSetBuilder {
  private final Map<PathElement, FieldSetBuilder> children = new TreeMap<>(PathOrder.INSTANCE);
  private boolean member;

  void add(List<PathElement> path) {
    if (path.isEmpty()) {
      return; // the whole object is never tracked
    }
    FieldSetBuilder at = this;
    for (PathElement element : path) {
      at = at.children.computeIfAbsent(element, unused -> new FieldSetBuilder());
    }
    at.member = true;
  }

  FieldSet build() {
    List<FieldSet.Entry> entries = new ArrayList<>(children.size());
    children.forEach(
        (element, child) -> entries.add(new FieldSet.Entry(element, child.member, child.build())));
    return FieldSet.ofEntries(entries);
  }
}

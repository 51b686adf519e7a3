package io.sailplan.reconcile;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** Sets of reasons, in the order in which these are declared. */
final class Reasons {
  private Reasons() {}

  static Set<LookReason> copy(Set<LookReason> reasons) {
    return Collections.unmodifiableSet(new TreeSet<>(reasons));
  }
}

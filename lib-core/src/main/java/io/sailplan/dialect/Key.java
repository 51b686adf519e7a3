package io.sailplan.dialect;

import java.util.List;
import java.util.stream.Stream;

/**
 * A key of an annotation, or a label, that another tool reads.
 *
 * @param dialect whose it is
 * @param name the key; a {@code *} at its start or end stands for anything
 * @param use what is done with it
 * @param instead of what is not carried over: what happens instead, and what to do; else empty
 */
record Key(Dialect dialect, String name, Use use, String instead) {

  /** What is done with a key. */
  enum Use {
    /** Says what waits for what. */
    ORDER,
    /** Makes an object a hook, or says how a hook runs. */
    HOOK,
    /** Protects from removal. */
    PROTECTION,
    /** Says whether and how an object is written. */
    WRITING,
    /** Says what is waited for, and how long. */
    WAITING,
    /** Asks for what is done, or not done, anyway. */
    NOTHING,
    /** Asks for what is not done: the author is warned. */
    NOT_CARRIED_OVER
  }

  static Key of(Dialect dialect, String name, Use use) {
    return new Key(dialect, name, use, "");
  }

  /** Returns a key of which the author is only told that nothing follows from it. */
  static Key notCarriedOver(Dialect dialect, String name, String instead) {
    return new Key(dialect, name, Use.NOT_CARRIED_OVER, instead);
  }

  boolean matches(String key) {
    if (name.startsWith("*")) {
      return key.endsWith(name.substring(1));
    }
    return name.endsWith("*")
        ? key.startsWith(name.substring(0, name.length() - 1))
        : key.equals(name);
  }

  /** Returns the keys of all dialects, in their order. */
  static List<Key> all() {
    return Stream.of(
            CliUtils.KEYS,
            Kapp.KEYS,
            Argo.KEYS,
            Helm.KEYS,
            Flux.KEYS,
            ApplySets.KEYS,
            Nelm.KEYS,
            Pulumi.KEYS)
        .flatMap(List::stream)
        .toList();
  }
}

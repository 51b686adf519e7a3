package io.sailplan.dialect;

import java.util.List;

/** Reads the annotations of one tool. */
interface DialectReader {

  /** Reads what one resource says of itself. */
  void read(Item item);

  /**
   * Reads what resources say of each other; called once all were read.
   *
   * @param items the resources that are deployed, hooks included, ordered by id
   */
  default void relate(List<Item> items, Findings findings) {}
}

package io.sailplan.expression;

import java.util.List;

/** A form that text may have, by its name. */
record NamedFormat(String name, Check check) implements Extra {

  /** Says what is wrong with a text; nothing if it is right. */
  @FunctionalInterface
  interface Check {
    List<String> of(String text);
  }

  @Override
  public String typeName() {
    return Types.FORMAT.name();
  }
}

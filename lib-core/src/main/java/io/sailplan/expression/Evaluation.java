package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What came of an expression. */
public sealed interface Evaluation {

  /** Returns whether something secret was read; what came of it must not be shown then. */
  boolean tainted();

  /**
   * A value.
   *
   * @param tree the value as {@link Trees} holds it
   * @param tainted whether something secret was read
   */
  record Value(@Nullable Object tree, boolean tainted) implements Evaluation {

    /** Returns the value, unless it is tainted. */
    @Override
    public String toString() {
      return "Value[" + (tainted ? "secret" : tree) + "]";
    }
  }

  /**
   * It cannot be told yet: what was touched is not known, or is missing below something {@linkplain
   * Bindings.Builder#open open}.
   *
   * @param waitsFor what has to be known, in order; never empty
   * @param tainted whether something secret was read
   */
  record Deferred(SortedSet<Unknown> waitsFor, boolean tainted) implements Evaluation {

    /** Copies the set. */
    public Deferred {
      waitsFor = Collections.unmodifiableSortedSet(new TreeSet<>(waitsFor));
    }

    static Deferred of(Set<Unknown> waitsFor, boolean tainted) {
      return new Deferred(new TreeSet<>(waitsFor), tainted);
    }
  }

  /**
   * An optional without a value.
   *
   * @param tainted whether something secret was read
   */
  record Absent(boolean tainted) implements Evaluation {}

  /**
   * {@code omit()}: the field is to be left out.
   *
   * @param tainted whether something secret was read
   */
  record Omitted(boolean tainted) implements Evaluation {}

  /**
   * It will never have a value, whatever is still to come.
   *
   * @param problem why, at its place; it quotes no value
   * @param tainted whether something secret was read
   */
  record Failed(Problem problem, boolean tainted) implements Evaluation {

    /** Checks that there is a problem. */
    public Failed {
      requireNonNull(problem, "problem");
    }
  }
}

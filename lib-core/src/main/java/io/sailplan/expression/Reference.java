package io.sailplan.expression;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that an expression reads.
 *
 * @param root the name that it starts from
 * @param steps the way from there; empty for the whole
 * @param strength whether the expression always needs it
 */
public record Reference(String root, List<Step> steps, Strength strength)
    implements Comparable<Reference> {

  /** Copies the steps. */
  public Reference {
    requireNonNull(root, "root");
    steps = List.copyOf(steps);
    requireNonNull(strength, "strength");
  }

  /** How much an expression needs what it reads. */
  public enum Strength {
    /** It has no value without it. */
    HARD,
    /** It may do without: it is optional, or read only in a branch that need not be taken. */
    SOFT
  }

  /** One step of the way. */
  public sealed interface Step {
    /**
     * A field of an object.
     *
     * @param name its name
     */
    record Field(String name) implements Step {
      @Override
      public String toString() {
        return "." + name;
      }
    }

    /**
     * An item of a list.
     *
     * @param index its position, counted from 0
     */
    record Item(long index) implements Step {
      @Override
      public String toString() {
        return "[" + index + "]";
      }
    }

    /** Any item of a list, or any value of a map. */
    record Each() implements Step {
      @Override
      public String toString() {
        return "[*]";
      }
    }
  }

  /** Returns the way as far as it leads through fields and known positions. */
  public FieldPath path() {
    FieldPath path = FieldPath.root();
    for (Step step : steps) {
      if (step instanceof Step.Field field) {
        path = path.child(field.name());
      } else if (step instanceof Step.Item item && item.index() <= Integer.MAX_VALUE) {
        path = path.child(new io.sailplan.model.PathElement.Index((int) item.index()));
      } else {
        break;
      }
    }
    return path;
  }

  /** Returns whether it leads to the field at {@code fields} or into it. */
  public boolean readsBelow(String... fields) {
    return path().startsWith(FieldPath.of(fields));
  }

  Reference withStrength(Strength strength) {
    return new Reference(root, steps, strength);
  }

  Reference to(Step step) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(step);
    return new Reference(root, longer, strength);
  }

  /** Orders by text, hard before soft. */
  @Override
  public int compareTo(Reference other) {
    int byText = text().compareTo(other.text());
    return byText != 0 ? byText : strength.compareTo(other.strength);
  }

  String text() {
    return root + steps.stream().map(Step::toString).collect(Collectors.joining());
  }

  /** Returns {@code db.status.conditions[*].type}, and {@code (soft)} behind it if it is. */
  @Override
  public String toString() {
    return text() + (strength == Strength.SOFT ? " (soft)" : "");
  }
}

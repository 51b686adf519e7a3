package io.sailplan.shape;

import io.sailplan.model.Json;
import io.sailplan.shape.Misfit.Sort;
import java.util.List;

/**
 * What the values of a field of a built-in kind have to be, as learned from a real API server.
 *
 * @param outer what every place of the field demands: other values are refused
 * @param inner what no place refuses: these values are taken
 * @param needed whether the field must not be missing
 */
record LearnedRule(Demand outer, Demand inner, boolean needed) implements ValueRule {

  /** Reads {@code OUTER}, or {@code OUTER / INNER} where they differ, and {@code needed}. */
  static LearnedRule parse(String text) {
    boolean needed = text.endsWith(" needed");
    String[] halves = (needed ? text.substring(0, text.length() - 7) : text).split(" / ");
    Demand outer = Demand.parse(halves[0]);
    return new LearnedRule(outer, halves.length == 1 ? outer : Demand.parse(halves[1]), needed);
  }

  @Override
  public List<Misfit> misfits(Object value) {
    if (outer.has(value)) {
      return List.of();
    }
    if (value.equals("")) {
      return List.of(
          new Misfit(Sort.INVALID, "\"\"", "must not be empty", "Write " + outer.wanted() + "."));
    }
    return List.of(
        outer instanceof Demand.OneOf choice
            ? Misfit.notSupported(value, choice.words())
            : new Misfit(
                Sort.INVALID,
                Json.write(value),
                "must be " + outer.wanted(),
                "Write " + outer.wanted() + "."));
  }

  @Override
  public Verdict judge(Object value) {
    return inner.has(value) ? Verdict.TAKEN : outer.has(value) ? Verdict.UNKNOWN : Verdict.REFUSED;
  }
}

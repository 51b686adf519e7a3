package io.sailplan.shape;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Json;
import io.sailplan.problem.Suggestion;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One demand of the API server that a value does not meet.
 *
 * @param sort what sort of demand
 * @param found what does not fit, as JSON: the value, or how many items or fields it has
 * @param demand what the server says is wanted, without the value; the values that are allowed,
 *     each in quotes
 * @param hint what to do about it; a sentence
 */
public record Misfit(Sort sort, String found, String demand, String hint) {

  /** The sorts of demands, as the API server tells them apart. */
  public enum Sort {
    /** A value out of range, of the wrong form, or too small. */
    INVALID,
    /** A string that is not of the format. */
    FORMAT,
    /** Not one of the values that are allowed. */
    NOT_SUPPORTED,
    /** Too many characters. */
    TOO_LONG,
    /** Too many items or fields. */
    TOO_MANY,
    /** A field that must not be missing. */
    REQUIRED,
    /** The object as a whole does not fit an alternative. */
    SCHEMA
  }

  /** Checks that no part is null. */
  public Misfit {
    requireNonNull(sort, "sort");
    requireNonNull(found, "found");
    requireNonNull(demand, "demand");
    requireNonNull(hint, "hint");
  }

  /** Returns that {@code value} is none of the words that are allowed, and which one is near. */
  static Misfit notSupported(Object value, List<String> words) {
    String near = value instanceof String text ? Suggestion.didYouMean(text, words) : "";
    return new Misfit(
        Sort.NOT_SUPPORTED,
        Json.write(value),
        words.stream().map(Json::write).collect(Collectors.joining(", ")),
        near.isEmpty() ? "Choose one of them." : near);
  }
}

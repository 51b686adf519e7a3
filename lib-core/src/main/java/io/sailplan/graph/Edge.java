package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One resource needs another.
 *
 * @param from the id of the resource that needs
 * @param to the id of the resource that is needed
 * @param strength how much
 * @param provenances why; at least one, sorted, without repetition
 */
public record Edge(String from, String to, Strength strength, List<Provenance> provenances)
    implements Comparable<Edge> {
  private static final Comparator<Edge> ORDER =
      Comparator.comparing(Edge::from)
          .thenComparing(Edge::to)
          .thenComparing(Edge::strength)
          .thenComparing(Edge::text);

  /**
   * Sorts the provenances.
   *
   * @throws IllegalArgumentException if {@code provenances} is empty
   */
  public Edge {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(strength, "strength");
    if (provenances.isEmpty()) {
      throw new IllegalArgumentException("provenances must not be empty");
    }
    provenances = sorted(provenances);
  }

  /** Returns an edge with one reason. */
  public static Edge of(String from, String to, Strength strength, Provenance provenance) {
    return new Edge(from, to, strength, List.of(provenance));
  }

  /** Returns whether {@link #strength} is {@link Strength#HARD}. */
  public boolean isHard() {
    return strength == Strength.HARD;
  }

  /** Returns all reasons, separated by {@code ", "}. */
  public String text() {
    return provenances.stream().map(Provenance::text).collect(Collectors.joining(", "));
  }

  /** Orders by the ids, then by strength and reasons. */
  @Override
  public int compareTo(Edge other) {
    return ORDER.compare(this, other);
  }

  /** Returns {@code Deployment/api → Secret/db (spec.template.spec.volumes[0].secret)}. */
  @Override
  public String toString() {
    return from + (isHard() ? " → " : " ⇢ ") + to + " (" + text() + ")";
  }

  private static List<Provenance> sorted(Collection<Provenance> provenances) {
    return provenances.size() == 1
        ? List.copyOf(provenances)
        : List.copyOf(new TreeSet<>(provenances));
  }
}

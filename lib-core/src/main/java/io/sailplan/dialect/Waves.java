package io.sailplan.dialect;

import io.sailplan.graph.Provenance;
import io.sailplan.graph.Strength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers that put resources in waves: all of a lower one before any of a higher one. By milestones
 * between them there are two edges for each resource, however many there are. They are soft: where
 * Kubernetes itself needs the other order, that counts, and the author is told.
 */
final class Waves {
  private final Dialect dialect;
  private final String word;
  private final String key;
  private final TreeMap<Integer, List<Item>> waves = new TreeMap<>();

  /**
   * Returns waves without resources.
   *
   * @param word what people call one, such as {@code wave}
   * @param key the annotation that numbers them
   */
  Waves(Dialect dialect, String word, String key) {
    this.dialect = dialect;
    this.word = word;
    this.key = key;
  }

  void add(int number, Item item) {
    waves.computeIfAbsent(number, wave -> new ArrayList<>()).add(item);
  }

  void relate(Findings findings) {
    String reached = "";
    int highest = waves.isEmpty() ? 0 : waves.lastKey();
    for (Map.Entry<Integer, List<Item>> wave : waves.entrySet()) {
      int number = wave.getKey();
      String milestone =
          number == highest ? "" : findings.milestone(dialect.title() + " " + word + " " + number);
      for (Item item : wave.getValue()) {
        if (!reached.isEmpty()) {
          findings.edge(item.id(), reached, Strength.SOFT, provenance(item, number));
        }
        if (!milestone.isEmpty()) {
          findings.edge(milestone, item.id(), Strength.SOFT, provenance(item, number));
        }
      }
      if (!milestone.isEmpty() && !reached.isEmpty()) {
        findings.edge(
            milestone,
            reached,
            Strength.SOFT,
            Provenance.annotation(key + " (" + dialect.title() + ")"));
      }
      reached = milestone;
    }
  }

  private Provenance provenance(Item item, int number) {
    return item.annotations().containsKey(key)
        ? item.provenance(dialect, key)
        : Provenance.annotation(key + ", " + number + " if not set (" + dialect.title() + ")");
  }
}

package io.sailplan.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers the reasons for which changes are not certain, and counts how sure a plan is. */
final class Doubts {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private int proven;
  private int confirmed;
  private int assumed;
  private int later;
  private int unknown;

  private Doubts() {}

  static Doubts of(Plan plan) {
    Doubts doubts = new Doubts();
    for (Step step : plan.steps()) {
      Steps.changes(step).forEach(change -> doubts.count(change.certainty()));
    }
    return doubts;
  }

  private void count(Certainty certainty) {
    if (certainty instanceof Certainty.Assumed doubt) {
      assumed++;
      numbers.putIfAbsent(doubt.reason(), numbers.size() + 1);
    } else if (certainty instanceof Certainty.Proven) {
      proven++;
    } else if (certainty instanceof Certainty.Confirmed) {
      confirmed++;
    } else if (certainty instanceof Certainty.Deferred) {
      later++;
    } else {
      unknown++;
    }
  }

  List<String> reasons() {
    return List.copyOf(numbers.keySet());
  }

  /** Returns the number that a change carries; where all are assumed for one reason, none does. */
  int number(FieldChange change) {
    boolean one = numbers.size() == 1 && proven + confirmed == 0;
    return !one && change.certainty() instanceof Certainty.Assumed doubt
        ? numbers.getOrDefault(doubt.reason(), 0)
        : 0;
  }

  String sureness() {
    int all = proven + confirmed + assumed + later + unknown;
    List<String> parts = new ArrayList<>();
    add(parts, proven, "proven");
    add(parts, confirmed, "confirmed by the server");
    add(parts, assumed, "assumed");
    add(parts, later, "known later");
    add(parts, unknown, "unknown");
    return all == 0
        ? ""
        : "Of "
            + all
            + (all == 1 ? " field change: " : " field changes: ")
            + String.join(", ", parts)
            + ".";
  }

  private static void add(List<String> parts, int count, String text) {
    if (count > 0) {
      parts.add(count + " " + text);
    }
  }
}

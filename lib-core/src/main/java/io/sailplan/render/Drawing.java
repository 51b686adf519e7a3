package io.sailplan.render;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The graph of a plan as it is drawn: a box for each step, the wait for it in the same box, and
 * only the lines that no longer way says as well.
 */
final class Drawing {
  private final List<Box> boxes;
  private final int untold;

  private Drawing(List<Box> boxes, int untold) {
    this.boxes = boxes;
    this.untold = untold;
  }

  /**
   * A step.
   *
   * @param kind its kind
   * @param label what it is about
   * @param deed what it does
   * @param column how many others come before it on the longest way
   * @param before the boxes that it waits for, by their place in the list
   */
  record Box(StepKind kind, String label, String deed, int column, List<Integer> before) {}

  /** Draws at most so many boxes. */
  static Drawing of(Plan plan, int most) {
    Map<String, String> boxOf = new HashMap<>(); // which box a step is drawn in
    Map<String, List<Step>> boxes = new LinkedHashMap<>();
    for (Step step : plan.steps()) {
      if (step.kind() == StepKind.UNCHANGED) {
        continue;
      }
      String box = step.id();
      if (isWait(step) && step.after().size() == 1) {
        String write = boxOf.getOrDefault(step.after().get(0), "");
        List<Step> written = boxes.getOrDefault(write, List.of());
        boolean same =
            !written.isEmpty()
                && written.get(0).target().resource().equals(step.target().resource());
        box = same ? write : box;
      }
      boxOf.put(step.id(), box);
      boxes.computeIfAbsent(box, any -> new ArrayList<>()).add(step);
    }
    Map<String, Integer> places = new HashMap<>();
    List<Box> drawn = new ArrayList<>();
    List<Set<Integer>> reached = new ArrayList<>();
    for (Map.Entry<String, List<Step>> entry : boxes.entrySet()) {
      if (drawn.size() < most) {
        Step first = entry.getValue().get(0);
        List<Integer> before = before(first, boxOf, places, reached);
        int column =
            before.stream().mapToInt(place -> drawn.get(place).column() + 1).max().orElse(0);
        Set<Integer> all = new TreeSet<>(before);
        before.forEach(place -> all.addAll(reached.get(place)));
        reached.add(all);
        places.put(entry.getKey(), drawn.size());
        String label = first.kind() == StepKind.GATE ? first.id() : first.target().resource();
        drawn.add(new Box(first.kind(), label, deed(entry.getValue()), column, before));
      }
    }
    return new Drawing(List.copyOf(drawn), boxes.size() - drawn.size());
  }

  List<Box> boxes() {
    return boxes;
  }

  /** Returns how many boxes there was no room for. */
  int untold() {
    return untold;
  }

  /** Returns the boxes of each column, so that lines are short; by their places. */
  List<List<Integer>> columns() {
    TreeMap<Integer, List<Integer>> columns = new TreeMap<>();
    Map<Integer, Double> heights = new HashMap<>();
    for (int place = 0; place < boxes.size(); place++) {
      columns.computeIfAbsent(boxes.get(place).column(), any -> new ArrayList<>()).add(place);
    }
    for (List<Integer> column : columns.values()) {
      Map<Integer, Double> wishes = new HashMap<>();
      for (int place : column) {
        wishes.put(
            place,
            boxes.get(place).before().stream()
                .mapToDouble(before -> heights.getOrDefault(before, 0.0))
                .average()
                .orElse(0));
      }
      column.sort(
          (one, other) -> {
            int order =
                Double.compare(wishes.getOrDefault(one, 0.0), wishes.getOrDefault(other, 0.0));
            return order == 0 ? Integer.compare(one, other) : order;
          });
      for (int row = 0; row < column.size(); row++) {
        heights.put(column.get(row), (double) row);
      }
    }
    return List.copyOf(columns.values());
  }

  /** A line is left out where another way leads along it. */
  private static List<Integer> before(
      Step step,
      Map<String, String> boxOf,
      Map<String, Integer> places,
      List<Set<Integer>> reached) {
    TreeSet<Integer> before = new TreeSet<>();
    for (String after : step.after()) {
      Integer place = places.get(boxOf.get(after));
      if (place != null) {
        before.add(place);
      }
    }
    return before.stream()
        .filter(place -> before.stream().noneMatch(other -> reached.get(other).contains(place)))
        .toList();
  }

  private static boolean isWait(Step step) {
    return step.kind() == StepKind.AWAIT_READY || step.kind() == StepKind.AWAIT_GONE;
  }

  private static String deed(List<Step> steps) {
    List<String> deeds = new ArrayList<>();
    for (Step step : steps) {
      deeds.add(
          switch (step.kind()) {
            case CREATE -> "create";
            case APPLY, PATCH -> "change";
            case DELETE -> "delete";
            case AWAIT_READY -> "ready";
            case AWAIT_GONE -> "gone";
            case UNCHANGED -> "leave alone";
            case GATE -> "gate";
          });
    }
    return String.join(", ", deeds);
  }
}

package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run, in the order of the plan, and which of those that have not begun are worth a
 * look: all at first, later those whose last predecessor has ended, or one of whose predecessors
 * has ended badly. To look at all of them at each event would take time by the square of their
 * number.
 */
final class Agenda {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, List<Entry>> after = new HashMap<>();
  private final TreeSet<Entry> open = new TreeSet<>();
  private final TreeSet<Entry> ready = new TreeSet<>();
  private int ended;

  private static final class Entry implements Comparable<Entry> {
    private final int place;
    private final StepRun run;
    private int before;
    private boolean begun;

    Entry(int place, StepRun run) {
      this.place = place;
      this.run = run;
      this.before = run.step().after().size();
    }

    @Override
    public int compareTo(Entry other) {
      return Integer.compare(place, other.place);
    }
  }

  /** What came of a look at a step. */
  enum Look {
    /** It has begun, or ended without beginning. */
    BEGUN,
    /** Something that it comes after has not ended. */
    NOT_YET,
    /** It could begin, but no more requests may be in flight. */
    NO_ROOM
  }

  /** Looks at a step, and begins it if it can. */
  interface Beginner {
    Look look(StepRun step);
  }

  Agenda(Plan plan, RunContext context) {
    for (Step step : plan.steps()) {
      Entry entry = new Entry(entries.size(), new StepRun(step, context, this::ended));
      entries.put(step.id(), entry);
      open.add(entry);
      for (String id : step.after()) {
        after.computeIfAbsent(id, any -> new ArrayList<>()).add(entry);
      }
    }
  }

  /** Returns the step of this id. */
  StepRun step(String id) {
    return requireNonNull(entries.get(id)).run;
  }

  /** Returns all steps, in the order of the plan. */
  List<StepRun> steps() {
    return entries.values().stream().map(entry -> entry.run).toList();
  }

  boolean isDone() {
    return ended == entries.size();
  }

  /** Returns the steps that have not begun, in the order of the plan. */
  List<StepRun> unstarted() {
    return entries.values().stream()
        .filter(entry -> !entry.begun && !entry.run.isEnded())
        .map(entry -> entry.run)
        .toList();
  }

  /** Begins what can be, in the order of the plan; returns whether anything was. */
  boolean begin(Requests requests, Beginner beginner) {
    boolean moved = false;
    for (Entry next = next(requests); next != null; next = next(requests)) {
      if (next.begun || next.run.isEnded()) {
        continue;
      }
      switch (beginner.look(next.run)) {
        case BEGUN:
          next.begun = true;
          moved = true;
          break;
        case NO_ROOM:
          ready.add(next);
          break;
        default:
          break; // it is looked at again when more has ended
      }
    }
    return moved;
  }

  private @Nullable Entry next(Requests requests) {
    boolean early =
        !ready.isEmpty()
            && requests.hasRoom()
            && (open.isEmpty() || ready.first().compareTo(open.first()) < 0);
    return early ? ready.pollFirst() : open.pollFirst();
  }

  private void ended(StepRun run) {
    ended++;
    boolean calls = !run.isGood() || run.outcome().status() == StepStatus.NOT_NEEDED;
    for (Entry entry : after.getOrDefault(run.step().id(), List.of())) {
      entry.before--;
      if (calls || entry.before == 0) {
        open.add(entry);
      }
    }
  }
}

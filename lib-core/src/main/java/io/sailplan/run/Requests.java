package io.sailplan.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The requests of a run: so many in flight at the most, the others wait in their order. */
final class Requests {
  private final int concurrency;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final Map<Long, Entry> inFlight = new LinkedHashMap<>();
  private long last;

  private record Entry(StepRun owner, Request request, Consumer<Reply> then) {}

  Requests(int concurrency) {
    this.concurrency = concurrency;
  }

  void add(StepRun owner, Request request, Consumer<Reply> then) {
    waiting.add(new Entry(owner, request, then));
  }

  boolean hasRoom() {
    return inFlight.size() + waiting.size() < concurrency;
  }

  boolean hasWriteInFlight(StepRun owner) {
    return inFlight.values().stream()
        .anyMatch(entry -> entry.owner == owner && entry.request.isWrite());
  }

  boolean hasInFlight(StepRun owner) {
    return inFlight.values().stream().anyMatch(entry -> entry.owner == owner);
  }

  /**
   * Forgets what {@code owner} has not sent yet, and whatever will be answered. What is in flight
   * still counts.
   */
  void drop(StepRun owner) {
    dropWaiting(owner);
    inFlight.replaceAll(
        (number, entry) ->
            entry.owner == owner ? new Entry(owner, entry.request, Requests::ignore) : entry);
  }

  void dropWaiting(StepRun owner) {
    waiting.removeIf(entry -> entry.owner == owner);
  }

  /** Hands on what may be sent now. */
  void send(Consumer<RunAction.Send> to) {
    while (inFlight.size() < concurrency) {
      Entry entry = waiting.poll();
      if (entry == null) {
        return;
      }
      last++;
      inFlight.put(last, entry);
      entry.owner.sent(entry.request);
      to.accept(new RunAction.Send(last, entry.request));
    }
  }

  /**
   * Tells the step that waits for it.
   *
   * @throws IllegalArgumentException naming {@code request}, if there was none of this number
   */
  void ended(long request, Reply reply) {
    if (request < 1 || request > last) {
      throw new IllegalArgumentException("request was never sent: " + request);
    }
    Entry entry = inFlight.remove(request);
    if (entry != null) {
      entry.then.accept(reply);
    }
  }

  private static void ignore(Reply reply) {
    // whoever asked has ended
  }
}

package io.sailplan.run;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.readiness.ContainerName;
import io.sailplan.readiness.Diagnosis;
import io.sailplan.readiness.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds out why an object is not ready: looks at its pods and events, on request at their logs, for
 * a short time only. What cannot be looked at is named, and does no harm.
 */
final class Examination {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_LOGS = 3;
  private static final GroupKind EVENT = new GroupKind("", "Event");

  private final StepRun step;
  private final LiveObject target;
  private final Verdict verdict;
  private final Consumer<String> then;
  private final List<LiveObject> related = new ArrayList<>();
  private final Map<ContainerName, String> logs = new TreeMap<>();
  private final TreeSet<String> refused = new TreeSet<>();
  private int open;
  private boolean done;

  private Examination(StepRun step, LiveObject target, Verdict verdict, Consumer<String> then) {
    this.step = step;
    this.target = target;
    this.verdict = verdict;
    this.then = then;
  }

  /**
   * Begins.
   *
   * @param then is told, once, what was found, in indented lines, each after a line break; empty if
   *     nothing was
   */
  static Examination begin(
      StepRun step, LiveObject target, Verdict verdict, Consumer<String> then) {
    Examination examination = new Examination(step, target, verdict, then);
    step.at(Spans.after(step.run().now(), LONGEST), examination::finish);
    examination.look();
    return examination;
  }

  /** Ends with what is known by now. */
  void finish() {
    if (!done) {
      done = true;
      then.accept(findings());
    }
  }

  private void look() {
    List<Look> needs = Diagnosis.needs(target);
    open = needs.size();
    for (Look need : needs) {
      if (need instanceof Look.AtObject object) {
        step.send(
            new Request.Get(object.key()),
            reply -> seen(reply, object.key().kind() + " " + object.key().name(), true));
      } else if (need instanceof Look.AtList list) {
        Map<String, String> fields =
            list.groupKind().equals(EVENT) ? Map.of("type", "Warning") : Map.of();
        step.send(
            new Request.ListObjects(list.groupKind(), list.namespace(), list.labels(), fields),
            reply -> seen(reply, list.groupKind().kind() + "s", false));
      }
    }
    if (open == 0) {
      readLogs();
    }
  }

  private void seen(Reply reply, String what, boolean single) {
    Response answer = reply.response();
    if (answer == null) {
      refused.add(what + " (" + Wording.shortened(reply.lost()) + ")");
    } else if (answer.isSuccess() && answer.body() != null) {
      related.addAll(single ? List.of(answer.object()) : answer.objects());
    } else if (answer.status() != 404) {
      refused.add(
          what + " (" + Wording.error(answer, target.key(), step.run().masker()::mask) + ")");
    }
    open--;
    if (open == 0) {
      readLogs();
    }
  }

  private void readLogs() {
    int lines = step.run().options().logLines();
    if (lines == 0) {
      finish();
      return;
    }
    List<ContainerName> wanted =
        Diagnosis.logsWanted(target, related).stream().limit(MOST_LOGS).toList();
    open = wanted.size();
    for (ContainerName container : wanted) {
      step.send(
          new Request.Logs(
              container.namespace(),
              container.pod(),
              container.container(),
              lines,
              container.previous()),
          reply -> read(container, reply));
    }
    if (wanted.isEmpty()) {
      finish();
    }
  }

  private void read(ContainerName container, Reply reply) {
    Response answer = reply.response();
    if (answer != null && answer.isSuccess()) {
      logs.put(container, answer.text());
    }
    open--;
    if (open == 0) {
      finish();
    }
  }

  private String findings() {
    StringBuilder text = new StringBuilder();
    Diagnosis.explain(target, verdict, related, logs, step.run().masker()::mask)
        .text()
        .lines()
        .skip(1) // the headline, which the step says in its own words
        .forEach(line -> text.append('\n').append(line));
    if (!refused.isEmpty()) {
      text.append("\n  Not looked at: ").append(String.join("; ", refused)).append('.');
    }
    return text.toString();
  }
}

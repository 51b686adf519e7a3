package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Waits until an object is gone. */
final class AwaitGoneTask extends WaitTask {
  private final Step.AwaitGone await;

  AwaitGoneTask(StepRun step, Step.AwaitGone await) {
    super(step);
    this.await = await;
  }

  @Override
  public void begin() {
    watch();
  }

  @Override
  public void observed(LiveObject live) {
    if (Freshness.isOlder(live, written())) {
      return;
    }
    if (!await.uid().isEmpty() && !live.uid().equals(await.uid())) {
      step()
          .succeed(
              step().name() + " is gone; another object of the same name is there, and stays.");
      return;
    }
    step().saw(live);
    step().waiting(state(live));
  }

  @Override
  void gone() {
    step().succeed("");
  }

  @Override
  public void close(Closing why) {
    if (why.status() == StepStatus.CANCELLED) {
      step().end(StepStatus.CANCELLED, "The run was cancelled while it waited.");
    } else {
      step()
          .end(
              why.status(),
              step().name()
                  + " was not gone within "
                  + Spans.text(await.deadline())
                  + ": "
                  + step().seen().map(AwaitGoneTask::state).orElse("it was never seen"));
    }
  }

  private static String state(LiveObject live) {
    if (!live.isTerminating()) {
      return "it is not being deleted";
    }
    Manifest manifest = live.manifest();
    List<String> held = new ArrayList<>(live.finalizers());
    if (live.key().kind().equals("Namespace")) {
      Trees.list(manifest.get("spec", "finalizers")).stream().map(Trees::string).forEach(held::add);
    }
    StringBuilder text = new StringBuilder("it is being deleted");
    if (!held.isEmpty()) {
      text.append(", held by ").append(String.join(", ", held));
    }
    blockers(manifest).forEach(message -> text.append("\n  ").append(message));
    return text.toString();
  }

  /** A namespace says in its conditions what is still in it. */
  private static Stream<String> blockers(Manifest manifest) {
    return Trees.list(manifest.get("status", "conditions")).stream()
        .filter(condition -> "True".equals(Trees.get(condition, "status")))
        .filter(condition -> Trees.string(Trees.get(condition, "type")).startsWith("Namespace"))
        .map(condition -> Trees.string(Trees.get(condition, "message")))
        .filter(message -> !message.isEmpty())
        .sorted();
  }
}

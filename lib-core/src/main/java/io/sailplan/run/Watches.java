package io.sailplan.run;

import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who watches which object. Several steps share one watch; only the latest news of an object is
 * kept, so that a step that comes later hears it, too.
 */
final class Watches {
  private final Map<ObjectKey, Watched> watched = new TreeMap<>();

  private static final class Watched {
    private final List<StepRun> steps = new ArrayList<>();
    private @Nullable RunEvent news;
  }

  /** Returns the latest news of the object; null if none has come yet. */
  @Nullable RunEvent add(
      StepRun step, ObjectKey key, Map<String, String> labels, Consumer<RunAction> out) {
    Watched object = watched.get(key);
    if (object == null) {
      object = new Watched();
      watched.put(key, object);
      out.accept(new RunAction.Watch(key, labels));
    }
    object.steps.add(step);
    return object.news;
  }

  void remove(StepRun step, ObjectKey key, Consumer<RunAction> out) {
    Watched object = watched.get(key);
    if (object != null && object.steps.remove(step) && object.steps.isEmpty()) {
      watched.remove(key);
      out.accept(new RunAction.Unwatch(key));
    }
  }

  /** Tells all steps that watch the object; one that nobody watches any more is ignored. */
  void tell(ObjectKey key, RunEvent news) {
    Watched object = watched.get(key);
    if (object != null) {
      object.news = news;
      for (StepRun step : List.copyOf(object.steps)) {
        step.hear(news);
      }
    }
  }
}

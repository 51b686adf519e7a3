package io.sailplan.run;

import io.sailplan.expression.Bindings;
import io.sailplan.expression.Compilation;
import io.sailplan.expression.Evaluation;
import io.sailplan.expression.ExpressionEnvironment;
import io.sailplan.expression.ExpressionType;
import io.sailplan.expression.Template;
import io.sailplan.expression.Unknown;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.SecretContent;
import io.sailplan.ownership.Canonical;
import io.sailplan.plan.Fillings;
import io.sailplan.plan.Payload;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what only the run can tell, then goes on as the task that sends it. What is not there
 * yet is waited for, until the step's deadline.
 */
final class TemplateTask implements StepTask {
  private final StepRun step;
  private final Payload.Template template;
  private final Function<Manifest, StepTask> then;
  private final Map<ObjectKey, LiveObject> objects = new HashMap<>();
  private final Set<ObjectKey> asked = new HashSet<>();
  private final ExpressionEnvironment names;
  private int open;
  private String missing = "";
  private @Nullable StepTask next;

  TemplateTask(StepRun step, Payload.Template template, Function<Manifest, StepTask> then) {
    this.step = step;
    this.template = template;
    this.then = then;
    ExpressionEnvironment.Builder builder = ExpressionEnvironment.builder();
    template.inputs().keySet().forEach(builder::variable);
    lists()
        .forEach(
            (name, sources) ->
                builder.variable(
                    name,
                    shape(sources.get(0))
                        .map(shape -> ExpressionType.listOf(ExpressionType.of(shape)))
                        .orElse(ExpressionType.any())));
    template
        .objects()
        .forEach(
            (name, source) -> {
              if (!name.contains("[")) {
                shape(source)
                    .ifPresentOrElse(
                        shape -> builder.resource(name, shape), () -> builder.variable(name));
              }
            });
    this.names = builder.build();
  }

  /** What bytes and times are, only the structure of a kind tells. */
  private Optional<Shape> shape(Payload.Source source) {
    return ShapeCatalog.builtIn().find(source.kind()).map(KindShape::shape);
  }

  @Override
  public void begin() {
    for (Payload.Source source : template.objects().values()) {
      Optional<LiveObject> known = step.run().latest(source.key());
      if (known.isPresent()) {
        objects.put(source.key(), known.get());
      } else if (asked.add(source.key())) {
        open++;
        get(source);
      }
    }
    fill();
  }

  private void get(Payload.Source source) {
    step.send(new Request.Get(source.key(), source.kind().version()), reply -> got(source, reply));
  }

  private void got(Payload.Source source, Reply reply) {
    Response answer = reply.response();
    if (answer != null && answer.isSuccess() && answer.body() != null) {
      open--;
      learn(answer.object());
      fill();
      return;
    }
    if (answer != null && answer.status() == 404) {
      open--;
      fill();
    } else if (answer == null) {
      step.retry(
          "the answer was lost: " + Wording.shortened(reply.lost()), null, () -> get(source));
    } else {
      Failure failure = step.failure(answer);
      if (failure.kind() == Failure.Kind.RETRY || failure.kind() == Failure.Kind.UNSURE) {
        step.retry(failure.text(), answer.retryAfter(), () -> get(source));
      } else {
        step.end(
            StepStatus.FAILED,
            step.name()
                + ": what it reads cannot be read: "
                + failure.text()
                + Wording.hint(answer));
      }
    }
  }

  private void learn(LiveObject live) {
    step.run().saw(live);
    step.run().masker().learn(live.manifest());
    objects.put(live.key(), live);
  }

  private void fill() {
    if (open > 0 || next != null || step.isEnded()) {
      return;
    }
    Bindings bindings = bindings(false);
    Bindings open = bindings(true);
    Map<FieldPath, Optional<Object>> values = new TreeMap<>();
    SortedSet<Unknown> waiting = new TreeSet<>();
    for (Payload.Field field : template.fields()) {
      Compilation compilation = names.compile(Template.parse(field.text()), ExpressionType.any());
      Evaluation evaluation =
          compilation.expression().isEmpty()
              ? new Evaluation.Failed(compilation.problems().get(0), false)
              : compilation.expression().get().evaluate(bindings, open);
      if (evaluation instanceof Evaluation.Failed failed) {
        step.end(
            StepStatus.FAILED,
            step.name() + ", " + field.path() + ": " + failed.problem().message());
        return;
      }
      if (evaluation instanceof Evaluation.Deferred deferred) {
        waiting.addAll(deferred.waitsFor());
      } else if (evaluation instanceof Evaluation.Value value) {
        if (value.tainted()) {
          step.run().masker().learnAll(value.tree());
        }
        values.put(field.path(), Optional.ofNullable(value.tree()));
      } else {
        values.put(field.path(), Optional.empty());
      }
    }
    if (waiting.isEmpty()) {
      send(values);
    } else {
      await(waiting);
    }
  }

  private void send(Map<FieldPath, Optional<Object>> values) {
    step.unwatch();
    step.calmDown();
    Manifest filled = Fillings.fill(template.manifest(), values);
    StepTask task =
        then.apply(
            ShapeCatalog.builtIn()
                .find(filled)
                .map(shape -> Canonical.canonical(filled, shape))
                .orElse(filled));
    next = task;
    task.begin();
  }

  private void await(SortedSet<Unknown> waiting) {
    missing = waiting.stream().map(Unknown::toString).collect(Collectors.joining(", "));
    step.waiting("it needs " + missing);
    step.error("it needs " + missing + ", which is not there");
    for (Payload.Source source : template.objects().values()) {
      step.watch(
          source.key(),
          step.run().members().contains(source.key()) ? step.run().members().label() : Map.of());
    }
  }

  @Override
  public void observed(LiveObject live) {
    StepTask task = next;
    if (task != null) {
      task.observed(live);
      return;
    }
    LiveObject known = step.run().latest(live.key()).orElse(null);
    if (!Freshness.isOlder(live, known)) {
      learn(live);
      fill();
    }
  }

  @Override
  public void vanished(RunEvent.Vanished vanished) {
    if (next != null) {
      next.vanished(vanished);
    }
  }

  @Override
  public void close(Closing why) {
    if (next != null) {
      next.close(why);
    } else if (why.status() == StepStatus.TIMED_OUT) {
      step.end(
          StepStatus.TIMED_OUT,
          step.name()
              + " was not written within "
              + Spans.text(step.step().deadline())
              + (missing.isEmpty() ? "." : ": it needs " + missing + ", which is not there."));
    } else {
      step.end(why.status(), "The run was cancelled before it was written.");
    }
  }

  // What the names stand for

  private Bindings bindings(boolean open) {
    Bindings.Builder bindings = Bindings.builder();
    template.inputs().forEach(bindings::bind);
    lists()
        .forEach(
            (name, sources) -> {
              List<@Nullable Object> all = new ArrayList<>();
              boolean secret = false;
              for (Payload.Source source : sources) {
                LiveObject object = objects.get(source.key());
                all.add(object == null ? Unknown.of(name) : object.manifest().tree());
                secret |= SecretContent.isSecret(source.kind().groupKind());
              }
              bindings.bind(name, all);
              if (open) {
                bindings.open(name, FieldPath.root());
              }
              if (secret) {
                bindings.secret(name, FieldPath.root());
              }
            });
    template
        .objects()
        .forEach(
            (name, source) -> {
              LiveObject object = objects.get(source.key());
              if (name.contains("[")) {
                return;
              }
              if (object == null) {
                bindings.bind(name, Unknown.of(name));
                return;
              }
              bindings.bind(name, object.manifest());
              if (open) {
                bindings.open(name, FieldPath.root());
              }
            });
    return bindings.build();
  }

  private Map<String, List<Payload.Source>> lists() {
    Map<String, List<Payload.Source>> lists = new TreeMap<>();
    for (int i = 0; ; i++) {
      boolean more = false;
      for (Map.Entry<String, Payload.Source> entry : template.objects().entrySet()) {
        String suffix = "[" + i + "]";
        if (entry.getKey().endsWith(suffix)) {
          String name = entry.getKey().substring(0, entry.getKey().length() - suffix.length());
          lists.computeIfAbsent(name, any -> new ArrayList<>()).add(entry.getValue());
          more = true;
        }
      }
      if (!more) {
        return lists;
      }
    }
  }
}

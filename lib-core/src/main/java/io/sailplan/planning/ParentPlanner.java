package io.sailplan.planning;

import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.ownership.Fingerprint;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Precondition;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.plan.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans what happens to an application's parent. */
final class ParentPlanner {
  private static final Certainty RECORD =
      new Certainty.Assumed("nobody else writes the record of this application");

  private final World world;
  private final Parent parent;

  ParentPlanner(World world, Parent parent) {
    this.world = world;
    this.parent = parent;
  }

  /**
   * What is written to the index.
   *
   * @param first what announces members before the first one is made; empty if all are announced
   * @param last what is written once everything else is done; empty if nothing is
   */
  record Writes(Optional<Draft> first, Optional<Draft.Write> last) {}

  /**
   * Returns what is written so that it covers, at every moment, all places where members are.
   *
   * @param all where members are at one time or another
   * @param latest where they are in the end
   */
  Writes index(Index all, Index latest, List<Refusal> refusals) {
    if (parent.isForeign()) {
      refusals.add(foreign());
      return new Writes(Optional.empty(), Optional.empty());
    }
    if (latest.covers(all)) {
      return new Writes(draft(latest, refusals), Optional.empty());
    }
    Optional<Draft> first =
        parent.live().isPresent() && parent.index().covers(all)
            ? Optional.empty()
            : draft(all, refusals);
    if (first.isPresent()) {
      return new Writes(first, Optional.of(narrowAfter(all, latest)));
    }
    return new Writes(first, draft(latest, refusals).map(Draft::write));
  }

  private Optional<Draft> draft(Index index, List<Refusal> refusals) {
    return new ResourcePlanner(world, parent)
        .draftOwn(
            Resource.of(parent.declare(index)),
            parent.target(),
            "it holds the record of what belongs to the application",
            refusals)
        .filter(draft -> draft.write() != null);
  }

  /** It is written twice: the second time as the first one will have left it. */
  private Draft.Write narrowAfter(Index all, Index latest) {
    Prediction prediction = new Prediction(world);
    LiveObject live = parent.live().orElse(null);
    Manifest payload = prediction.canonical(parent.declare(latest));
    Optional<LiveObject> then = prediction.after(live, prediction.canonical(parent.declare(all)));
    Precondition precondition =
        live == null || then.isEmpty()
            ? new Precondition.SameObject(live == null ? "" : live.uid())
            : new Precondition.Unchanged(
                live.uid(),
                live.resourceVersion(),
                Fingerprint.of(then.get(), payload, world.membership().fieldManager()));
    List<FieldChange> changes =
        then.map(object -> prediction.changed(payload, object, parent.target()).changes())
            .orElse(List.of());
    return new Draft.Write(new Payload.Literal(payload), changes, Optional.of(precondition), false);
  }

  /** Returns the last step of a plan that prunes: nothing is left where it need not look. */
  Step narrow(Draft.Write write, Collection<String> after) {
    return new Step.Apply(
        "narrow " + parent.target().resource(),
        parent.target(),
        "no member is left where it does not look any more",
        List.copyOf(after),
        world.policy().deadlines().write(),
        write.payload(),
        write.changes(),
        write.precondition().orElseThrow(),
        write.force());
  }

  /**
   * Returns the step that remembers the success of a Job that removes itself, unless it is
   * remembered already.
   */
  Optional<Step> remember(
      Resource resource,
      ObjectKey key,
      @Nullable Draft draft,
      List<String> parentSteps,
      List<String> done) {
    if (!RunOnce.removesItself(resource.manifest())) {
      return Optional.empty();
    }
    String name = Parent.doneKey(key);
    String digest = Parent.digest(resource.manifest());
    boolean exists = world.snapshot().find(key).isPresent();
    boolean willHaveSucceeded = draft != null && (draft.await() || exists);
    if (!willHaveSucceeded || parent.done(name).equals(digest)) {
      return Optional.empty();
    }
    List<String> after = new ArrayList<>(new TreeSet<>(done));
    after.addAll(parentSteps);
    return Optional.of(
        patch(
            "record " + resource.id(),
            "it removes itself, so its success is remembered here: it is not run again",
            after,
            List.of(PatchOperation.add("/data/" + PatchOperation.escape(name), digest)),
            List.of(change(name, parent.done(name), digest))));
  }

  /** Returns the step that forgets the Jobs that the application does not declare any more. */
  Optional<Step> forget(ResourceGraph graph, List<String> parentSteps) {
    Set<String> declared =
        graph.resources().stream()
            .filter(resource -> RunOnce.removesItself(resource.manifest()))
            .map(resource -> Parent.doneKey(graph.key(resource.id())))
            .collect(Collectors.toSet());
    List<PatchOperation> operations = new ArrayList<>();
    List<FieldChange> changes = new ArrayList<>();
    for (String name : parent.doneKeys()) {
      if (!declared.contains(name)) {
        operations.add(PatchOperation.remove("/data/" + PatchOperation.escape(name)));
        changes.add(change(name, parent.done(name), ""));
      }
    }
    return operations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            patch(
                "forget " + parent.target().resource(),
                "the application does not declare these Jobs any more",
                parentSteps,
                operations,
                changes));
  }

  private Step.Patch patch(
      String id,
      String reason,
      List<String> after,
      List<PatchOperation> operations,
      List<FieldChange> changes) {
    return new Step.Patch(
        id,
        parent.target(),
        reason,
        after,
        world.policy().deadlines().write(),
        operations,
        new Precondition.SameObject(parent.live().map(LiveObject::uid).orElse("")),
        changes);
  }

  private static FieldChange change(String name, String before, String after) {
    return new FieldChange(
        FieldPath.of("data", name),
        before.isEmpty() ? null : before,
        after.isEmpty() ? null : after,
        RECORD,
        false);
  }

  private Refusal foreign() {
    String tool = parent.tool();
    return new Refusal(
        Refusal.Code.FOREIGN_PARENT,
        parent.target().resource(),
        world.membership().parent()
            + " exists, and is "
            + (tool.isEmpty() || tool.equals(Parent.TOOL)
                ? "not the parent of this application"
                : "kept by \"" + tool + "\""),
        List.of(
            new Remedy("rename", "Give the application another name, or another home namespace."),
            new Remedy("remove", "Delete that object if nothing needs it any more.")));
  }
}

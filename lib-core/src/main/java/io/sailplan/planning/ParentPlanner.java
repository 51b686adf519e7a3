package io.sailplan.planning;

import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.FieldPath;
import io.sailplan.model.LiveObject;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Certainty;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.PatchOperation;
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
   * Returns the draft of its index for these members: what is new is announced before the first
   * member is made.
   */
  Optional<Draft> draft(Collection<ObjectKey> members, List<Refusal> refusals) {
    if (parent.isForeign()) {
      refusals.add(foreign());
      return Optional.empty();
    }
    Resource resource = Resource.of(parent.declare(members));
    return new ResourcePlanner(world, parent)
        .draftOwn(
            resource,
            parent.target(),
            "it holds the record of what belongs to the application",
            refusals)
        .filter(draft -> draft.write() != null);
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

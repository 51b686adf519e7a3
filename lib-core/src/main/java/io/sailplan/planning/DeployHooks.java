package io.sailplan.planning;

import io.sailplan.dialect.Hook;
import io.sailplan.dialect.Hook.Event;
import io.sailplan.dialect.Protection;
import io.sailplan.graph.ExternalReference;
import io.sailplan.graph.ResourceGraph;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Step;
import io.sailplan.policy.Policy;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hooks of a deployment. They run if it writes anything, or if they are not those with which
 * the last deployment came to its end: so an unchanged application runs none, and what has failed
 * runs again.
 */
final class DeployHooks {
  private static final Set<Event> EVENTS =
      EnumSet.of(
          Event.PRE_INSTALL, Event.POST_INSTALL, Event.PRE_UPGRADE, Event.POST_UPGRADE, Event.SYNC);
  private static final int FEW = 8;

  private final World world;
  private final Declared declared;
  private final HookRecord record;
  private final HookDrafts drafter;
  private final Map<String, HookDraft> drafts = new TreeMap<>();
  private final boolean installs;
  private final String digest;
  private boolean runs;

  DeployHooks(World world, Declared declared, Parent parent) {
    this.world = world;
    this.declared = declared;
    this.record = new HookRecord(parent);
    this.drafter = new HookDrafts(world, declared);
    String found = record.found();
    this.installs = found.equals(HookRecord.INSTALL) || (found.isEmpty() && !exists());
    List<Manifest> manifests =
        declared.conventions().hooks().stream()
            .filter(hook -> hook.events().stream().anyMatch(EVENTS::contains))
            .map(hook -> declared.resource(hook).manifest())
            .toList();
    this.digest = manifests.isEmpty() ? "" : HookRecord.digest(manifests);
  }

  /**
   * Drafts the hooks that run.
   *
   * @param changes whether anything is written but by hooks
   */
  void draft(boolean changes, List<Refusal> refusals) {
    List<Hook> hooks = declared.conventions().hooks();
    runs = hooks.stream().anyMatch(this::isDue) && (changes || !digest.equals(record.found()));
    for (Hook hook : hooks) {
      boolean rescues = hook.events().contains(Event.FAILURE) && (runs || changes);
      if ((runs && isDue(hook)) || rescues) {
        drafter.draft(hook, refusals).ifPresent(draft -> drafts.put(hook.resource(), draft));
      }
    }
  }

  /** Returns warnings of hooks that need what is only made after them, or not at all. */
  List<Problem> warnings() {
    List<Problem> warnings = new ArrayList<>();
    ResourceGraph members = declared.members().graph().orElseThrow();
    Set<ObjectKey> beside = declared.hookKeys();
    for (ExternalReference reference : declared.hooks().orThrow().externalReferences()) {
      ObjectKey key = reference.key();
      if (!reference.optional() && !beside.contains(key) && world.isKnownAbsent(key)) {
        Hook hook = declared.hook(reference.from()).orElseThrow();
        String why = reference.provenance().text();
        if (members.id(key).isEmpty()) {
          warnings.add(dangling(hook, key, why));
        } else if (hook.events().contains(Event.PRE_INSTALL)) {
          warnings.add(early(hook, members.id(key).orElseThrow(), why));
        }
      }
    }
    for (Hook hook : declared.conventions().hooks()) {
      ObjectKey namespace = World.namespace(declared.key(hook).namespace());
      if (hook.events().contains(Event.PRE_INSTALL)
          && members.id(namespace).isPresent()
          && world.isKnownAbsent(namespace)) {
        warnings.add(early(hook, members.id(namespace).orElseThrow(), "metadata.namespace"));
      }
    }
    return warnings;
  }

  private Problem dangling(Hook hook, ObjectKey key, String why) {
    return Problem.warning(
            ProblemCode.DANGLING_REFERENCE,
            hook.resource()
                + " refers to "
                + key
                + " ("
                + why
                + (world.isObserved()
                    ? "), which does not exist"
                    : "), which is not part of the application"))
        .at(declared.resource(hook).source().find(""))
        .hint("Add it to the application, or make sure that something else creates it.");
  }

  private Problem early(Hook hook, String member, String why) {
    return Problem.warning(
            ProblemCode.CONTRADICTION,
            hook.resource() + " runs before " + member + " is made, which it needs (" + why + ")")
        .at(declared.resource(hook).source().find(""))
        .hint("Make that a hook of a lower weight, or run the hook afterwards.");
  }

  /** Adds what runs before the members, and returns the steps that they have to wait for. */
  Collection<String> before(Assembly assembly, Collection<String> first) {
    if (!runs) {
      if (!isUnfinishedInstall()) {
        return first;
      }
      return begin(assembly, first);
    }
    return hooks(assembly)
        .run(due(installs ? Event.PRE_INSTALL : Event.PRE_UPGRADE), begin(assembly, first));
  }

  /** Adds a hook that runs among the members, and returns the steps after which it is done. */
  void amongMembers(Hook hook, Assembly assembly, Collection<String> before) {
    HookDraft draft = runs ? drafts.get(hook.resource()) : null;
    if (draft == null) {
      assembly.add(kept(hook));
    } else {
      assembly.ends(hook.resource(), hooks(assembly).runAmongMembers(draft, before));
    }
  }

  /**
   * Adds what runs after the members, what is remembered, and what is done about failures.
   *
   * @param ready the steps after which all members are ready
   */
  void after(Assembly assembly, Collection<String> ready) {
    Collection<String> end = ready;
    if (runs) {
      end = gated(assembly, ready);
      for (HookDraft draft : due(Event.SYNC)) {
        hooks(assembly).cleanUp(draft, assembly.last(draft.target().resource()), end);
      }
      end = hooks(assembly).run(due(installs ? Event.POST_INSTALL : Event.POST_UPGRADE), end);
    }
    if (runs || isUnfinishedInstall()) {
      assembly.add(
          record.write(
              "end hooks",
              digest,
              "the hooks have run, and do not run again until something changes",
              end,
              world.policy().deadlines().write()));
    } else if (digest.isEmpty() && !record.found().isEmpty()) {
      assembly.add(
          record.write(
              "forget hooks",
              "",
              "the application does not declare hooks any more",
              List.of(),
              world.policy().deadlines().write()));
    }
    rescue(assembly);
    for (Hook hook : declared.conventions().hooks()) {
      if (!drafts.containsKey(hook.resource()) && !hook.isAmongMembers()) {
        assembly.add(kept(hook));
      }
    }
  }

  private void rescue(Assembly assembly) {
    List<HookDraft> rescuers = due(Event.FAILURE);
    if (rescuers.isEmpty()) {
      return;
    }
    String gate = "if the deployment fails";
    assembly.add(
        new Step.Gate(
            gate,
            record.parent().target(),
            gate,
            assembly.steps().stream()
                .filter(step -> step.kind().isWork())
                .map(Step::id)
                .sorted()
                .toList(),
            Step.Gate.Opens.ANY_FAILED));
    hooks(assembly).run(rescuers, List.of(gate));
  }

  private HookSteps hooks(Assembly assembly) {
    return assembly.hooks(world);
  }

  /** Remembers that a deployment with hooks has begun: if it does not end, they run again. */
  private Collection<String> begin(Assembly assembly, Collection<String> first) {
    String event = installs ? HookRecord.INSTALL : HookRecord.UPGRADE;
    if (record.found().equals(event)) {
      return first;
    }
    Step.Patch patch =
        record.write(
            "begin hooks",
            event,
            "until all hooks have run, it is remembered that they have to",
            first,
            world.policy().deadlines().write());
    assembly.add(patch);
    return List.of(patch.id());
  }

  /** Hooks for later deployments only: that they need not run now has to be remembered as well. */
  private boolean isUnfinishedInstall() {
    return installs && !digest.isEmpty() && !digest.equals(record.found());
  }

  private Collection<String> gated(Assembly assembly, Collection<String> ready) {
    if (ready.size() <= FEW) {
      return ready;
    }
    String gate = "members ready";
    assembly.add(
        new Step.Gate(
            gate,
            record.parent().target(),
            "all members are ready",
            List.copyOf(new TreeSet<>(ready)),
            Step.Gate.Opens.ALL_SUCCEEDED));
    return List.of(gate);
  }

  /**
   * Returns whether the application is there: anything of it that a deletion would not have left.
   * What is adopted counts as well.
   */
  private boolean exists() {
    ResourceGraph members = declared.members().orThrow();
    return world.snapshot().objects().stream()
        .filter(object -> !object.isTerminating())
        .filter(
            object ->
                world.membership().contains(object)
                    || members
                        .id(object.key())
                        .filter(id -> declared.hook(id).isEmpty())
                        .isPresent())
        .filter(object -> !Policy.PROTECTED.contains(object.key().kind()))
        .anyMatch(
            object ->
                Protection.find(object, Protection.Removal.DELETE, world.policy().dialects())
                    .isEmpty());
  }

  private boolean isDue(Hook hook) {
    return hook.events().contains(Event.SYNC)
        || hook.events().contains(installs ? Event.PRE_INSTALL : Event.PRE_UPGRADE)
        || hook.events().contains(installs ? Event.POST_INSTALL : Event.POST_UPGRADE);
  }

  private List<HookDraft> due(Event event) {
    return drafts.values().stream().filter(draft -> draft.hook().events().contains(event)).toList();
  }

  private Step.Unchanged kept(Hook hook) {
    return new Step.Unchanged(
        "keep " + hook.resource(),
        drafter.target(hook),
        (isDue(hook)
                ? "it is a hook that has run, and nothing changes: "
                : "it is a hook of another moment: ")
            + hook.text(),
        List.of(),
        false);
  }
}

package io.sailplan.policy;

import static java.util.Objects.requireNonNull;

import io.sailplan.dialect.Dialect;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a caller allows, and how long things may take. The standard policy loses nothing that cannot
 * be brought back.
 *
 * @param adoption whether objects that exist already may be adopted
 * @param takenOver the field managers whose fields the application takes over with an object that
 *     it adopts, so that what it does not declare goes; ordered
 * @param forceConflicts whether fields may be taken from other field managers
 * @param pruning whether members that are not declared any more are deleted, and how many at once
 * @param recreatable the kinds whose objects may be deleted and made anew where a change of a field
 *     that cannot be changed asks for it; ordered
 * @param deletable the protected kinds ({@link #PROTECTED}) that may be deleted all the same;
 *     ordered
 * @param dialects the tools whose annotations are heeded; ordered
 * @param deadlines how long things may take
 */
public record Policy(
    Adoption adoption,
    Set<String> takenOver,
    boolean forceConflicts,
    Pruning pruning,
    Set<String> recreatable,
    Set<String> deletable,
    Set<Dialect> dialects,
    Deadlines deadlines) {

  /**
   * The kinds that are never deleted unless they are named: with them goes what cannot be brought
   * back.
   */
  public static final List<String> PROTECTED =
      List.of("CustomResourceDefinition", "Namespace", "PersistentVolume", "PersistentVolumeClaim");

  /**
   * The field managers of tools that deploy whole objects: whatever they have written, they have
   * declared. People who edit, and controllers, are not among them.
   */
  public static final List<String> DEPLOYERS =
      List.of("helm", "kubectl-client-side-apply", "kubectl-create", "kubectl-replace");

  /**
   * Copies the kinds and names.
   *
   * @throws IllegalArgumentException naming {@code deletable}, if it names a kind that is not
   *     protected
   */
  public Policy {
    requireNonNull(adoption, "adoption");
    takenOver = Collections.unmodifiableSortedSet(new TreeSet<>(takenOver));
    requireNonNull(pruning, "pruning");
    recreatable = Collections.unmodifiableSortedSet(new TreeSet<>(recreatable));
    deletable = Collections.unmodifiableSortedSet(new TreeSet<>(deletable));
    for (String kind : deletable) {
      if (!PROTECTED.contains(kind)) {
        throw new IllegalArgumentException("deletable: " + kind + " is not one of " + PROTECTED);
      }
    }
    dialects = Collections.unmodifiableSortedSet(new TreeSet<>(dialects));
    requireNonNull(deadlines, "deadlines");
  }

  /**
   * Returns the policy that loses nothing: members only, the fields of tools that deploy taken over
   * with what is adopted, no force, pruning within bounds, nothing recreated, nothing protected
   * deleted. The annotations of every known tool are heeded.
   */
  public static Policy standard() {
    return new Policy(
        Adoption.MEMBERS_ONLY,
        Set.copyOf(DEPLOYERS),
        false,
        Pruning.standard(),
        Set.of(),
        Set.of(),
        EnumSet.allOf(Dialect.class),
        Deadlines.standard());
  }

  /** Returns this policy with another adoption. */
  public Policy adopting(Adoption adoption) {
    return new Policy(
        adoption, takenOver, forceConflicts, pruning, recreatable, deletable, dialects, deadlines);
  }

  /**
   * Returns this policy, taking over the fields of these managers as well, when an object is
   * adopted.
   */
  public Policy takingOver(String... managers) {
    return new Policy(
        adoption,
        with(takenOver, managers),
        forceConflicts,
        pruning,
        recreatable,
        deletable,
        dialects,
        deadlines);
  }

  /** Returns this policy, leaving to others whatever they own when an object is adopted. */
  public Policy takingOverNothing() {
    return new Policy(
        adoption, Set.of(), forceConflicts, pruning, recreatable, deletable, dialects, deadlines);
  }

  /** Returns this policy, taking fields from other managers where they conflict. */
  public Policy forcing() {
    return new Policy(
        adoption, takenOver, true, pruning, recreatable, deletable, dialects, deadlines);
  }

  /** Returns this policy with other bounds of pruning. */
  public Policy pruning(Pruning pruning) {
    return new Policy(
        adoption, takenOver, forceConflicts, pruning, recreatable, deletable, dialects, deadlines);
  }

  /** Returns this policy, allowed to recreate objects of these kinds as well. */
  public Policy recreating(String... kinds) {
    return new Policy(
        adoption,
        takenOver,
        forceConflicts,
        pruning,
        with(recreatable, kinds),
        deletable,
        dialects,
        deadlines);
  }

  /** Returns this policy, allowed to delete these protected kinds as well. */
  public Policy deleting(String... kinds) {
    return new Policy(
        adoption,
        takenOver,
        forceConflicts,
        pruning,
        recreatable,
        with(deletable, kinds),
        dialects,
        deadlines);
  }

  /** Returns this policy, heeding the annotations of these tools and of no others. */
  public Policy heeding(Dialect... dialects) {
    return new Policy(
        adoption,
        takenOver,
        forceConflicts,
        pruning,
        recreatable,
        deletable,
        Set.of(dialects),
        deadlines);
  }

  /** Returns this policy with other deadlines. */
  public Policy within(Deadlines deadlines) {
    return new Policy(
        adoption, takenOver, forceConflicts, pruning, recreatable, deletable, dialects, deadlines);
  }

  /** Returns this policy with another deadline for readiness. */
  public Policy readyWithin(Duration deadline) {
    return within(new Deadlines(deadline, deadlines.gone(), deadlines.write(), deadlines.quiet()));
  }

  /** Returns this policy with another deadline for objects to vanish. */
  public Policy goneWithin(Duration deadline) {
    return within(new Deadlines(deadlines.ready(), deadline, deadlines.write(), deadlines.quiet()));
  }

  /** Returns this policy with another deadline for writes. */
  public Policy writtenWithin(Duration deadline) {
    return within(new Deadlines(deadlines.ready(), deadlines.gone(), deadline, deadlines.quiet()));
  }

  /** Returns this policy with another quiet period. */
  public Policy quietFor(Duration period) {
    return within(new Deadlines(deadlines.ready(), deadlines.gone(), deadlines.write(), period));
  }

  /** Returns whether objects of this kind may be deleted. */
  public boolean mayDelete(String kind) {
    return !PROTECTED.contains(kind) || deletable.contains(kind);
  }

  /** Returns whether objects of this kind may be deleted and made anew. */
  public boolean mayRecreate(String kind) {
    return recreatable.contains(kind);
  }

  private static Set<String> with(Set<String> kinds, String... more) {
    Set<String> all = new TreeSet<>(kinds);
    all.addAll(List.of(more));
    return all;
  }
}

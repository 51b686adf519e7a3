package io.sailplan.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a caller allows, and how long things may take. The standard policy loses nothing that cannot
 * be brought back.
 *
 * @param adoption whether objects that exist already may be adopted
 * @param forceConflicts whether fields may be taken from other field managers
 * @param deletable the protected kinds ({@link #PROTECTED}) that may be deleted all the same;
 *     ordered
 * @param readyDeadline how long a resource may take to become ready
 * @param goneDeadline how long an object may take to vanish after its deletion
 * @param writeDeadline how long a write may take, retries included
 * @param quietPeriod how long a custom resource that says nothing of its state is waited for
 */
public record Policy(
    Adoption adoption,
    boolean forceConflicts,
    Set<String> deletable,
    Duration readyDeadline,
    Duration goneDeadline,
    Duration writeDeadline,
    Duration quietPeriod) {

  /**
   * The kinds that are never deleted unless they are named: with them goes what cannot be brought
   * back.
   */
  public static final List<String> PROTECTED =
      List.of("CustomResourceDefinition", "Namespace", "PersistentVolume", "PersistentVolumeClaim");

  /**
   * Copies the kinds.
   *
   * @throws IllegalArgumentException naming {@code deletable}, if it names a kind that is not
   *     protected; naming the duration, if one is negative
   */
  public Policy {
    requireNonNull(adoption, "adoption");
    deletable = Collections.unmodifiableSortedSet(new TreeSet<>(deletable));
    for (String kind : deletable) {
      if (!PROTECTED.contains(kind)) {
        throw new IllegalArgumentException("deletable: " + kind + " is not one of " + PROTECTED);
      }
    }
    checkDuration("readyDeadline", readyDeadline);
    checkDuration("goneDeadline", goneDeadline);
    checkDuration("writeDeadline", writeDeadline);
    checkDuration("quietPeriod", quietPeriod);
  }

  /**
   * Returns the policy that loses nothing: members only, no force, nothing protected deleted; five
   * minutes to be ready.
   */
  public static Policy standard() {
    return new Policy(
        Adoption.MEMBERS_ONLY,
        false,
        Set.of(),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofSeconds(5));
  }

  /** Returns this policy with another adoption. */
  public Policy adopting(Adoption adoption) {
    return new Policy(
        adoption,
        forceConflicts,
        deletable,
        readyDeadline,
        goneDeadline,
        writeDeadline,
        quietPeriod);
  }

  /** Returns this policy, taking fields from other managers where they conflict. */
  public Policy forcing() {
    return new Policy(
        adoption, true, deletable, readyDeadline, goneDeadline, writeDeadline, quietPeriod);
  }

  /** Returns this policy, allowed to delete these protected kinds as well. */
  public Policy deleting(String... kinds) {
    Set<String> all = new TreeSet<>(deletable);
    all.addAll(List.of(kinds));
    return new Policy(
        adoption, forceConflicts, all, readyDeadline, goneDeadline, writeDeadline, quietPeriod);
  }

  /** Returns this policy with another deadline for readiness. */
  public Policy readyWithin(Duration deadline) {
    return new Policy(
        adoption, forceConflicts, deletable, deadline, goneDeadline, writeDeadline, quietPeriod);
  }

  /** Returns this policy with another deadline for objects to vanish. */
  public Policy goneWithin(Duration deadline) {
    return new Policy(
        adoption, forceConflicts, deletable, readyDeadline, deadline, writeDeadline, quietPeriod);
  }

  /** Returns this policy with another deadline for writes. */
  public Policy writtenWithin(Duration deadline) {
    return new Policy(
        adoption, forceConflicts, deletable, readyDeadline, goneDeadline, deadline, quietPeriod);
  }

  /** Returns this policy with another quiet period. */
  public Policy quietFor(Duration period) {
    return new Policy(
        adoption, forceConflicts, deletable, readyDeadline, goneDeadline, writeDeadline, period);
  }

  /** Returns whether objects of this kind may be deleted. */
  public boolean mayDelete(String kind) {
    return !PROTECTED.contains(kind) || deletable.contains(kind);
  }

  private static void checkDuration(String name, Duration duration) {
    if (requireNonNull(duration, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + duration);
    }
  }
}

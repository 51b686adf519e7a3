package io.sailplan.planning;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.OwnerReference;
import io.sailplan.ownership.ManagedEntry;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.ownership.ManagedOperation;
import java.util.List;
import java.util.Optional;

/**
 * To whom an object that exists belongs, as far as it tells.
 *
 * @param sort what sort of owner it has
 * @param owner the owner, as a part of a sentence; empty for {@link Sort#US} and {@link
 *     Sort#NOBODY}
 */
record Belonging(Sort sort, String owner) {
  private static final String MANAGER = "sailplan/";

  /** The sorts of owners. */
  enum Sort {
    /** It is a member of the application that is planned. */
    US,
    /** It carries no mark that is known. */
    NOBODY,
    /** It is a member of another application, or of what another tool keeps together. */
    OTHERS,
    /** A member of this application that another one has taken. */
    TAKEN,
    /** A controller makes it what it is. */
    CONTROLLER
  }

  /** Where a tool writes to whom an object belongs. */
  private record Mark(boolean label, String name, String space, String text) {
    Optional<Belonging> find(Manifest manifest) {
      var map = label ? manifest.labels() : manifest.annotations();
      String name = map.get(name());
      if (name == null || name.isEmpty()) {
        return Optional.empty();
      }
      int colon = name.indexOf(':'); // Argo CD adds which object it is
      String shown = colon < 0 ? name : name.substring(0, colon);
      String namespace = map.getOrDefault(space(), "");
      return Optional.of(
          new Belonging(
              Sort.OTHERS, text + " " + (namespace.isEmpty() ? shown : namespace + "/" + shown)));
    }
  }

  private static final List<Mark> MARKS =
      List.of(
          new Mark(
              false,
              "meta.helm.sh/release-name",
              "meta.helm.sh/release-namespace",
              "the Helm release"),
          new Mark(true, "kapp.k14s.io/app", "", "the kapp application labelled"),
          new Mark(false, "argocd.argoproj.io/tracking-id", "", "the Argo CD application"),
          flux("kustomize", "the Flux Kustomization"),
          flux("helm", "the Flux HelmRelease"),
          new Mark(false, "config.k8s.io/owning-inventory", "", "the cli-utils inventory"));

  /** Returns to whom {@code live} belongs, seen from an application. */
  static Belonging of(LiveObject live, Membership membership) {
    boolean member = membership.contains(live);
    Optional<OwnerReference> controller =
        live.owners().stream().filter(OwnerReference::controller).findFirst();
    if (controller.isPresent() && !(member && isApplied(live, membership))) {
      OwnerReference owner = controller.get();
      return new Belonging(Sort.CONTROLLER, owner.kind() + "/" + owner.name());
    }
    if (member) {
      return new Belonging(Sort.US, "");
    }
    String set = live.manifest().labels().getOrDefault(Membership.PART_OF, "");
    if (!set.isEmpty()) {
      return new Belonging(
          isApplied(live, membership) ? Sort.TAKEN : Sort.OTHERS, application(live, set));
    }
    return MARKS.stream()
        .flatMap(mark -> mark.find(live.manifest()).stream())
        .findFirst()
        .orElse(new Belonging(Sort.NOBODY, ""));
  }

  /** Returns whether the label of membership names another application. */
  static boolean isMarkedByOthers(LiveObject live, Membership membership) {
    return !live.manifest().labels().getOrDefault(Membership.PART_OF, "").isEmpty()
        && !membership.contains(live);
  }

  /** The label holds a digest; who applies the object tells of what. */
  private static String application(LiveObject live, String set) {
    return managers(live).stream()
        .filter(manager -> manager.startsWith(MANAGER))
        .map(manager -> manager.substring(MANAGER.length()).split("/", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> new Membership(parts[0], parts[1]))
        .filter(other -> other.id().equals(set))
        .map(other -> "the application " + other)
        .findFirst()
        .orElse("the ApplySet " + set);
  }

  private static boolean isApplied(LiveObject live, Membership membership) {
    return managers(live).contains(membership.fieldManager());
  }

  private static List<String> managers(LiveObject live) {
    return ManagedFields.of(live.manifest()).entries().stream()
        .filter(entry -> entry.operation() == ManagedOperation.APPLY)
        .map(ManagedEntry::manager)
        .toList();
  }

  private static Mark flux(String controller, String text) {
    String prefix = controller + ".toolkit.fluxcd.io/";
    return new Mark(true, prefix + "name", prefix + "namespace", text);
  }
}

package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Lookup;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.ownership.PodAdmission;
import io.sailplan.ownership.PodAdmission.Admitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What admission makes of a new Pod, as far as the objects are known that it consults.
 *
 * @param completed the pod as it will be stored
 * @param refusals why it is refused; empty if it is not
 * @param doubts why it may become another one, parts of sentences
 */
record NewPod(Manifest completed, List<String> refusals, List<String> doubts) {

  static ObjectKey account(String namespace, String name) {
    GroupKind kind = Consulted.SERVICE_ACCOUNT;
    return new ObjectKey(kind.group(), kind.kind(), namespace, name);
  }

  static ObjectKey runtimeClass(String name) {
    GroupKind kind = Consulted.RUNTIME_CLASS;
    return new ObjectKey(kind.group(), kind.kind(), "", name);
  }

  /**
   * Predicts what becomes of a pod.
   *
   * @param sent what is sent
   * @param stored what would be stored without plugins
   */
  static NewPod of(Manifest sent, Manifest stored, World world) {
    Search search = new Search(world, sent.namespace());
    Manifest account = search.one(account(sent.namespace(), PodAdmission.account(sent)));
    Manifest runtime =
        PodAdmission.runtimeClass(sent)
            .filter(name -> !name.isEmpty())
            .map(name -> search.one(runtimeClass(name)))
            .orElse(null);
    List<Manifest> priorities = search.all(Consulted.PRIORITY_CLASS, "");
    List<Manifest> limits = search.all(Consulted.LIMITS, sent.namespace());
    if (limits.stream().filter(PodAdmission::completes).count() > 1) {
      search.doubts.add("several LimitRanges may complete it, in an order that is not known");
    }
    if (PodAdmission.isMirror(sent)) {
      search.doubts.add("plugins treat it as a pod that a node has made by itself");
    }
    if (account != null
        && "true".equals(account.annotations().get("kubernetes.io/enforce-mountable-secrets"))) {
      search.doubts.add(
          "its ServiceAccount " + account.name() + " lets pods have only some secrets");
    }
    Admitted admitted =
        PodAdmission.admit(
            sent, stored, new PodAdmission.Around(account, limits, priorities, runtime), "");
    if (search.doubts.isEmpty()) { // of what was not looked at it is not known that it is missing
      admitted.missing().forEach(why -> search.doubts.add("the server refuses it for now: " + why));
    }
    return new NewPod(
        admitted.pod(), search.doubts.isEmpty() ? admitted.errors() : List.of(), search.doubts);
  }

  /** Looks for what there will be when the pod is made. */
  private record Search(World world, String namespace, List<String> doubts) {
    Search(World world, String namespace) {
      this(world, namespace, new ArrayList<>());
    }

    /** What the pod names is there before it. */
    @Nullable Manifest one(ObjectKey key) {
      Lookup lookup = world.lookup(key);
      boolean declared = world.declared(key).isPresent();
      if (!declared && lookup instanceof Lookup.NotLookedAt blind) {
        doubts.add("the " + key.kind() + " " + key.name() + " is not known: " + blind.reason());
      }
      Optional<Manifest> after = world.afterwards(key);
      if (declared && after.isEmpty()) {
        doubts.add("what becomes of the " + key.kind() + " " + key.name() + " is not known");
      }
      if (!declared && after.isEmpty() && key.equals(account(namespace, "default"))) {
        doubts.add("the ServiceAccount default is made by a controller");
      }
      return after.orElse(null);
    }

    /** The pod does not wait for the others. */
    List<Manifest> all(GroupKind kind, String home) {
      world
          .unseen(kind, home)
          .ifPresent(
              why -> doubts.add("whether a " + kind.kind() + " changes it is not known: " + why));
      List<Manifest> all = new ArrayList<>();
      for (LiveObject object : world.snapshot().objects()) {
        if (object.key().groupKind().equals(kind) && object.key().namespace().equals(home)) {
          all.add(object.manifest());
        }
      }
      for (Manifest declared : world.all(kind)) {
        ObjectKey key = declared.key().inNamespace(home);
        boolean here = declared.namespace().isEmpty() || declared.namespace().equals(home);
        if (here && world.declared(key).isPresent()) {
          declare(key, all);
        }
      }
      return all;
    }

    private void declare(ObjectKey key, List<Manifest> all) {
      Manifest live =
          all.stream().filter(one -> one.name().equals(key.name())).findFirst().orElse(null);
      Manifest after = world.afterwards(key).orElse(null);
      if (after == null || live == null || !sameRules(live, after)) {
        doubts.add("the " + key.kind() + " " + key.name() + " is changed by this plan");
      }
      if (live == null && after != null) {
        all.add(after);
      }
    }

    private static boolean sameRules(Manifest one, Manifest other) {
      return Objects.equals(one.without("metadata"), other.without("metadata"));
    }
  }
}

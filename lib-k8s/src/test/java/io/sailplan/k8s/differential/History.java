package io.sailplan.k8s.differential;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Canonical;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Lets an object come into being and live, by the hands of several managers. */
final class History {
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String CLIENT = "kubectl-client-side-apply";

  private final Server server;
  private final Random random;
  private final Mutations mutations;
  private final KindShape shape;
  private final Membership membership;
  private final Manifest base;

  /** What we have declared so far; the starting object until we have. */
  private Manifest declared;

  History(
      Server server,
      Random random,
      Mutations mutations,
      KindShape shape,
      Membership membership,
      Manifest start) {
    this.server = server;
    this.random = random;
    this.mutations = mutations;
    this.shape = shape;
    this.membership = membership;
    this.base = start;
    this.declared = start.without("status");
  }

  /**
   * Makes the object and edits it; it may stay absent.
   *
   * @return what went wrong with the starting object itself; empty if nothing did
   */
  String live() {
    int origin = random.nextInt(10);
    if (origin == 0) {
      return "";
    }
    Manifest first = mutations.mutate(base, shape, random.nextInt(3));
    Response made = make(origin, first);
    if (!made.isSuccess()) {
      made = make(origin, base);
    }
    if (!made.isSuccess()) {
      return made.status() + " " + made.message();
    }
    int edits = random.nextInt(5);
    for (int i = 0; i < edits; i++) {
      edit();
    }
    return "";
  }

  /** What is to be declared now. */
  Manifest desired() {
    Manifest from = random.nextInt(3) == 0 ? base.without("status") : declared;
    int[] changes = {0, 1, 1, 1, 2, 2, 3, 5};
    return mutations.mutate(from, shape, changes[random.nextInt(changes.length)]);
  }

  private Response make(int origin, Manifest object) {
    switch (origin) {
      case 1:
      case 2:
      case 3:
      case 4:
        return ours(object);
      case 5:
      case 6:
        return server.post(shape, object, "creator");
      case 7:
        return server.post(shape, withLastApplied(object), CLIENT);
      default:
        return server.apply(shape, object, "argocd-controller", true);
    }
  }

  private void edit() {
    switch (random.nextInt(9)) {
      case 0:
      case 1:
        ours(mutations.mutate(declared, shape, 1 + random.nextInt(3)));
        break;
      case 2:
      case 3:
        server.apply(
            shape,
            part(mutations.mutate(base.without("status"), shape, 1 + random.nextInt(2))),
            List.of("argocd-controller", "flux", "helm").get(random.nextInt(3)),
            random.nextBoolean());
        break;
      case 4:
        changed().ifPresent(next -> server.put(shape, next, "updater-" + random.nextInt(4)));
        break;
      case 5:
        changed().ifPresent(next -> merge(next, "kubectl-edit"));
        break;
      case 6:
        changed().ifPresent(next -> merge(withLastApplied(next), CLIENT));
        break;
      case 7:
        status();
        break;
      default:
        scale();
    }
  }

  private Response ours(Manifest object) {
    Manifest sent = Canonical.canonical(membership.mark(object.without("status")), shape);
    Response answer = server.apply(shape, sent, membership.fieldManager(), random.nextInt(4) > 0);
    if (answer.isSuccess()) {
      declared = object.without("status");
    }
    return answer;
  }

  /** The object as it is, with a change. */
  private Optional<Manifest> changed() {
    return server
        .find(shape, base)
        .map(live -> live.without("metadata", "managedFields"))
        .map(live -> mutations.mutate(live, shape, 1 + random.nextInt(2)));
  }

  /** Some of the fields of {@code whole}: what a manager applies who does not own the object. */
  private Manifest part(Manifest whole) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    whole.tree().forEach((field, value) -> tree.put(field, part(field, value)));
    return Manifest.of(tree);
  }

  private @Nullable Object part(String field, @Nullable Object value) {
    if (!(value instanceof Map) || field.equals("metadata")) {
      return value;
    }
    Map<String, @Nullable Object> left = new LinkedHashMap<>();
    Trees.object(value)
        .forEach(
            (key, child) -> {
              if (random.nextInt(3) > 0) {
                left.put(key, child);
              }
            });
    return left;
  }

  /** Merges in what differs at the top, and one level below. */
  private void merge(Manifest next, String manager) {
    Manifest live = server.find(shape, base).orElse(next);
    Map<String, @Nullable Object> patch = new LinkedHashMap<>();
    next.tree()
        .forEach(
            (field, value) -> {
              Map<String, @Nullable Object> inner = new LinkedHashMap<>();
              Map<String, @Nullable Object> before = Trees.object(live.get(field));
              Trees.object(value)
                  .forEach(
                      (key, child) -> {
                        if (!Objects.equals(child, before.get(key))) {
                          inner.put(key, child);
                        }
                      });
              if (!inner.isEmpty()) {
                patch.put(field, inner);
              }
            });
    server.patch(shape, base, "", Manifest.of(patch), manager);
  }

  private void status() {
    if (base.get("status") != null && shape.status()) {
      Manifest next = mutations.mutate(base, shape, 0);
      Map<String, @Nullable Object> patch = new LinkedHashMap<>();
      patch.put("status", next.get("status"));
      String manager = random.nextBoolean() ? "controller" : "other-controller";
      server.patch(shape, base, "status", Manifest.of(patch), manager);
    }
  }

  private void scale() {
    if (shape.resource().scale()) {
      Manifest patch = Manifest.of(Map.of("spec", Map.of("replicas", (long) random.nextInt(3))));
      server.patch(shape, base, "scale", patch, "hpa-controller");
    }
  }

  /** As kubectl notes what it has sent. */
  private static Manifest withLastApplied(Manifest object) {
    Manifest sent = object.without("metadata", "annotations", LAST_APPLIED).without("status");
    return object.with(sent.toJson(), "metadata", "annotations", LAST_APPLIED);
  }
}

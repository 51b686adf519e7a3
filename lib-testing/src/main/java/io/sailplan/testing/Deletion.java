package io.sailplan.testing;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.Propagation;
import io.sailplan.run.Response;
import io.sailplan.shape.KindShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes objects: at once, or by marking them until their finalizers are gone. */
final class Deletion {
  private static final long GRACE = 30;

  private final World world;

  Deletion(World world) {
    this.world = world;
  }

  Response delete(
      ObjectKey key, String uid, String resourceVersion, Propagation propagation, boolean now) {
    KindShape shape = world.kinds().preferred(key.groupKind());
    Manifest live = world.store().get(key);
    if (live == null) {
      throw Answers.notFound(shape.resource(), key.name());
    }
    checkPreconditions(shape, live, uid, resourceVersion);
    List<String> finalizers = finalizers(live, propagation);
    long grace = now ? 0 : grace(live);
    boolean waits = !finalizers.isEmpty() || grace > 0 || isFilled(live);
    if (!waits) {
      world.store().remove(key);
      return Response.of(200, success(shape, live));
    }
    if (Owners.isTerminating(live) && !now) {
      return Response.of(200, live);
    }
    Manifest marked = mark(live, finalizers, grace);
    if (finalizers.isEmpty() && grace == 0 && !isFilled(marked)) {
      world.store().remove(key);
      return Response.of(200, success(shape, live));
    }
    return Response.of(200, marked.equals(live) ? live : world.store().put(key, marked));
  }

  private Manifest mark(Manifest live, List<String> finalizers, long grace) {
    Manifest next =
        Tree.set(live, finalizers.isEmpty() ? null : finalizers, "metadata", "finalizers");
    if (!Owners.isTerminating(live)) {
      next = next.with(Tree.time(world.now().plusSeconds(grace)), "metadata", "deletionTimestamp");
      long generation = live.integer(0, "metadata", "generation");
      boolean definition = live.kind().equals("CustomResourceDefinition");
      if (generation > 0 && !definition) {
        next = next.with(generation + 1, "metadata", "generation");
      }
    }
    if (!live.kind().equals("CustomResourceDefinition") && !live.kind().equals("Namespace")) {
      next = next.with(grace, "metadata", "deletionGracePeriodSeconds");
    }
    return live.kind().equals("Namespace") ? next.with("Terminating", "status", "phase") : next;
  }

  private static List<String> finalizers(Manifest live, Propagation propagation) {
    List<String> finalizers = new ArrayList<>(LiveObject.of(live).finalizers());
    boolean definition =
        live.kind().equals("CustomResourceDefinition") && !Owners.isTerminating(live);
    if (definition && !finalizers.contains(DefinitionController.CLEANUP)) {
      finalizers.add(DefinitionController.CLEANUP);
    }
    finalizers.remove(GarbageCollector.FOREGROUND);
    finalizers.remove(GarbageCollector.ORPHAN);
    if (propagation == Propagation.FOREGROUND) {
      finalizers.add(GarbageCollector.FOREGROUND);
    } else if (propagation == Propagation.ORPHAN) {
      finalizers.add(GarbageCollector.ORPHAN);
    }
    return finalizers;
  }

  /** Pods that run on a node are ended first. */
  private static long grace(Manifest live) {
    String phase = live.string("status", "phase");
    boolean runs =
        live.kind().equals("Pod")
            && !live.string("spec", "nodeName").isEmpty()
            && !phase.equals("Succeeded")
            && !phase.equals("Failed");
    if (!runs) {
      return 0;
    }
    return Owners.isTerminating(live)
        ? live.integer(0, "metadata", "deletionGracePeriodSeconds")
        : live.integer(GRACE, "spec", "terminationGracePeriodSeconds");
  }

  /** A namespace stays until its content is gone. */
  private static boolean isFilled(Manifest live) {
    return live.kind().equals("Namespace")
        && live.key().group().isEmpty()
        && !Trees.list(live.get("spec", "finalizers")).isEmpty();
  }

  private static void checkPreconditions(
      KindShape shape, Manifest live, String uid, String resourceVersion) {
    if (!uid.isEmpty() && !uid.equals(Owners.uid(live))) {
      throw Answers.precondition(
          shape.resource(),
          live.name(),
          "the UID in the precondition ("
              + uid
              + ") does not match the UID in record ("
              + Owners.uid(live)
              + "). The object might have been deleted and then recreated");
    }
    String current = live.string("metadata", "resourceVersion");
    if (!resourceVersion.isEmpty() && !resourceVersion.equals(current)) {
      throw Answers.precondition(
          shape.resource(),
          live.name(),
          "the ResourceVersion in the precondition ("
              + resourceVersion
              + ") does not match the ResourceVersion in record ("
              + current
              + "). The object might have been modified");
    }
  }

  private static Manifest success(KindShape shape, Manifest live) {
    String group = shape.kind().group();
    Map<String, @Nullable Object> details =
        Tree.of(
            "name", live.name(),
            "group", group.isEmpty() ? null : group,
            "kind", shape.resource().plural(),
            "uid", Owners.uid(live));
    return Manifest.of(
        Tree.of(
            "kind", "Status",
            "apiVersion", "v1",
            "metadata", Map.of(),
            "status", "Success",
            "details", details));
  }
}

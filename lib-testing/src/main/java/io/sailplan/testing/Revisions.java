package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** ControllerRevisions: the templates that a StatefulSet or DaemonSet had. */
final class Revisions {
  private final ControllerClient client;
  private final Manifest owner;

  Revisions(ControllerClient client, Manifest owner) {
    this.client = client;
    this.owner = owner;
  }

  /** Returns the revision of the present template; makes it, or makes it the newest. */
  Manifest current() {
    Map<String, @Nullable Object> template =
        new LinkedHashMap<>(Trees.object(owner.get("spec", "template")));
    template.put("$patch", "replace");
    Map<String, @Nullable Object> data = Tree.of("spec", Tree.of("template", template));
    List<Manifest> all = client.owned(Kind.CONTROLLER_REVISION, owner);
    long newest = all.stream().mapToLong(Revisions::number).max().orElse(0);
    for (Manifest revision : all) {
      if (Objects.equals(revision.get("data"), Trees.copyOf(data))) {
        return number(revision) == newest
            ? revision
            : client.update(revision.with(newest + 1, "revision"));
      }
    }
    String hash = PodTemplates.hash(owner.get("spec", "template"));
    boolean daemon = owner.kind().equals("DaemonSet");
    Map<String, @Nullable Object> labels =
        new LinkedHashMap<>(Trees.object(owner.get("spec", "selector", "matchLabels")));
    labels.put(daemon ? "controller-revision-hash" : "controller.kubernetes.io/hash", hash);
    return client.create(
        Manifest.of(
            Tree.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "ControllerRevision",
                "metadata",
                Tree.of(
                    "name",
                    owner.name() + "-" + hash,
                    "namespace",
                    owner.namespace(),
                    "labels",
                    labels,
                    "ownerReferences",
                    List.of(Owners.reference(owner))),
                "data",
                data,
                "revision",
                newest + 1)));
  }

  /** Deletes the oldest revisions that no pod needs, beyond the history limit. */
  void cleanUp(List<Manifest> pods, String... needed) {
    List<Manifest> unused =
        client.owned(Kind.CONTROLLER_REVISION, owner).stream()
            .filter(revision -> !List.of(needed).contains(revision.name()))
            .filter(revision -> pods.stream().noneMatch(pod -> isOf(pod, revision)))
            .sorted(Comparator.comparing(Revisions::number))
            .toList();
    long surplus = unused.size() - owner.integer(10, "spec", "revisionHistoryLimit");
    for (int i = 0; i < surplus; i++) {
      client.delete(unused.get(i));
    }
  }

  /** Returns whether the pod was made from the revision. */
  static boolean isOf(Manifest pod, Manifest revision) {
    String hash = pod.labels().getOrDefault("controller-revision-hash", "");
    return hash.equals(revision.name())
        || hash.equals(revision.labels().get("controller-revision-hash"));
  }

  private static long number(Manifest revision) {
    return revision.integer(0, "revision");
  }
}

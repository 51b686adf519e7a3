package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.ownership.PodAdmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Admits new pods, or refuses them, by the objects that there are. */
final class NewPods {
  private final World world;

  NewPods(World world) {
    this.world = world;
  }

  Manifest admitted(Manifest sent, Manifest stored) {
    Store store = world.store();
    Optional<String> runtime = PodAdmission.runtimeClass(sent);
    PodAdmission.Admitted pod =
        PodAdmission.admit(
            sent,
            stored,
            new PodAdmission.Around(
                store.get(
                    new ObjectKey(
                        "", "ServiceAccount", sent.namespace(), PodAdmission.account(sent))),
                store.list(Kind.LIMIT_RANGE, sent.namespace()),
                store.list(Kind.PRIORITY_CLASS, ""),
                runtime
                    .map(name -> new ObjectKey("node.k8s.io", "RuntimeClass", "", name))
                    .map(store::get)
                    .orElse(null)),
            world.uids().suffix());
    List<String> refused = new ArrayList<>(pod.missing());
    refused.addAll(pod.errors());
    if (!refused.isEmpty()) {
      throw Answers.forbidden(
          world.kinds().preferred(Kind.POD).resource(), sent.name(), refused.get(0), List.of());
    }
    return pod.pod();
  }
}

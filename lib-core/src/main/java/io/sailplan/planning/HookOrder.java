package io.sailplan.planning;

import io.sailplan.dialect.Dialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * In which order the hooks of one moment run: by weight or wave, then by kind, then by name. Helm
 * runs one after the other; Argo CD runs those of one wave and kind together.
 */
final class HookOrder {
  /** What others commonly need comes before them; kinds that are not listed come last. */
  private static final List<String> KINDS =
      List.of(
          "PriorityClass",
          "Namespace",
          "NetworkPolicy",
          "ResourceQuota",
          "LimitRange",
          "PodDisruptionBudget",
          "ServiceAccount",
          "Secret",
          "ConfigMap",
          "StorageClass",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "CustomResourceDefinition",
          "ClusterRole",
          "ClusterRoleBinding",
          "Role",
          "RoleBinding",
          "Service",
          "DaemonSet",
          "Pod",
          "ReplicationController",
          "ReplicaSet",
          "Deployment",
          "HorizontalPodAutoscaler",
          "StatefulSet",
          "Job",
          "CronJob",
          "IngressClass",
          "Ingress",
          "APIService",
          "MutatingWebhookConfiguration",
          "ValidatingWebhookConfiguration");

  private static final Comparator<HookDraft> ORDER =
      Comparator.<HookDraft>comparingInt(draft -> draft.hook().weight())
          .thenComparingInt(HookOrder::rank)
          .thenComparing(draft -> draft.target().kind().kind())
          .thenComparing(draft -> draft.target().name())
          .thenComparing(draft -> draft.target().resource());

  private HookOrder() {}

  /** Returns groups, each of which starts when all of the one before it have succeeded. */
  static List<List<HookDraft>> groups(Collection<HookDraft> drafts) {
    List<List<HookDraft>> groups = new ArrayList<>();
    HookDraft last = null;
    for (HookDraft draft : drafts.stream().sorted(ORDER).toList()) {
      if (last == null || !together(last, draft)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(draft);
      last = draft;
    }
    return groups;
  }

  private static boolean together(HookDraft one, HookDraft other) {
    return one.hook().dialect() == Dialect.ARGO
        && other.hook().dialect() == Dialect.ARGO
        && one.hook().weight() == other.hook().weight()
        && one.target().kind().kind().equals(other.target().kind().kind());
  }

  private static int rank(HookDraft draft) {
    int index = KINDS.indexOf(draft.target().kind().kind());
    return index < 0 ? KINDS.size() : index;
  }
}

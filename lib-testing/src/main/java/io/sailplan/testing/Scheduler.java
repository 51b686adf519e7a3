package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Assigns pods to nodes: by selector, requests, claims, and then to the one with fewest pods. */
final class Scheduler extends Controller {
  private static final String SOURCE = "default-scheduler";

  private final PodRules rules;

  Scheduler(ControllerClient client, PodRules rules) {
    super(client, Kind.POD);
    this.rules = rules;
  }

  @Override
  void changed(Store.Change change) {
    if (change.key().groupKind().equals(Kind.POD)) {
      Manifest pod = change.after();
      if (pod != null && pod.string("spec", "nodeName").isEmpty()) {
        enqueue(change.key());
      } else if (pod == null) {
        retryAll(); // there may be room now
      }
    } else if (List.of(Kind.NODE, Kind.CLAIM, Kind.STORAGE_CLASS)
        .contains(change.key().groupKind())) {
      retryAll();
    }
  }

  void retryAll() {
    for (Manifest pod : client.list(Kind.POD, "")) {
      if (pod.string("spec", "nodeName").isEmpty()) {
        enqueue(pod.key());
      }
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest pod = client.get(key);
    if (pod == null
        || !pod.string("spec", "nodeName").isEmpty()
        || Owners.isTerminating(pod)
        || !Trees.list(pod.get("spec", "schedulingGates")).isEmpty()) {
      return;
    }
    PodBehaviour behaviour = rules.of(pod);
    if (behaviour.sort() == PodBehaviour.Sort.UNSCHEDULABLE) {
      refuse(pod, everyNode(behaviour.detail()));
      return;
    }
    String claims = missingClaims(pod);
    if (!claims.isEmpty()) {
      refuse(pod, claims);
      return;
    }
    Map<String, Integer> reasons = new LinkedHashMap<>();
    List<Manifest> nodes =
        client.list(Kind.NODE, "").stream().filter(node -> fits(pod, node, reasons)).toList();
    if (nodes.isEmpty()) {
      refuse(pod, why(reasons));
    } else {
      assign(pod, nodes);
    }
  }

  /** Whether the node selector and the required node affinity of a pod spec select the node. */
  static boolean matches(@Nullable Object spec, Manifest node) {
    Map<String, Object> selector = new TreeMap<>();
    Trees.object(Trees.get(spec, "nodeSelector"))
        .forEach((k, v) -> selector.put(k, String.valueOf(v)));
    if (!node.labels().entrySet().containsAll(selector.entrySet())) {
      return false;
    }
    List<@Nullable Object> terms =
        Trees.list(
            Trees.get(
                spec,
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms"));
    return terms.isEmpty() || terms.stream().anyMatch(term -> selects(term, node));
  }

  private static boolean selects(@Nullable Object term, Manifest node) {
    for (Object field : Trees.list(Trees.get(term, "matchFields"))) {
      if (!Trees.list(Trees.get(field, "values")).contains(node.name())) {
        return false;
      }
    }
    return Selectors.selects(
        Tree.of("matchExpressions", Trees.get(term, "matchExpressions")), node.labels());
  }

  private boolean fits(Manifest pod, Manifest node, Map<String, Integer> reasons) {
    if (Boolean.TRUE.equals(node.get("spec", "unschedulable"))) {
      reasons.merge("node(s) were unschedulable", 1, Integer::sum);
      return false;
    }
    if (!matches(pod.get("spec"), node)) {
      reasons.merge("node(s) didn't match Pod's node affinity/selector", 1, Integer::sum);
      return false;
    }
    boolean fits = true;
    for (String resource : List.of("cpu", "memory")) {
      BigDecimal used = requests(pod, resource);
      if (used.signum() > 0) {
        for (Manifest other : client.list(Kind.POD, "")) {
          if (node.name().equals(other.string("spec", "nodeName"))
              && PodTemplates.isActive(other)) {
            used = used.add(requests(other, resource));
          }
        }
        Object room = node.get("status", "allocatable", resource);
        if (room != null && used.compareTo(Quantity.parse(room)) > 0) {
          reasons.merge("Insufficient " + resource, 1, Integer::sum);
          fits = false;
        }
      }
    }
    return fits;
  }

  private static BigDecimal requests(Manifest pod, String resource) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map<String, @Nullable Object> container : Tree.objects(pod, "spec", "containers")) {
      Object request = Trees.get(container, "resources", "requests", resource);
      sum = request == null ? sum : sum.add(Quantity.parse(request));
    }
    return sum;
  }

  /** Returns what the scheduler says of claims that are missing or unbound; empty if none is. */
  private String missingClaims(Manifest pod) {
    for (Map<String, @Nullable Object> volume : Tree.objects(pod, "spec", "volumes")) {
      String name = Trees.string(Trees.get(volume, "persistentVolumeClaim", "claimName"));
      if (name.isEmpty()) {
        continue;
      }
      Manifest claim =
          client.get(new ObjectKey("", "PersistentVolumeClaim", pod.namespace(), name));
      if (claim == null) {
        return nodes() + "persistentvolumeclaim \"" + name + "\" not found. not found";
      }
      if (!claim.string("status", "phase").equals("Bound")
          && !ClaimController.waitsForConsumer(client, claim)) {
        return nodes() + "pod has unbound immediate PersistentVolumeClaims. not found";
      }
    }
    return "";
  }

  private void assign(Manifest pod, List<Manifest> nodes) {
    Map<String, Long> load = new TreeMap<>();
    for (Manifest other : client.list(Kind.POD, "")) {
      load.merge(other.string("spec", "nodeName"), 1L, Long::sum);
    }
    Manifest node =
        nodes.stream()
            .min(
                Comparator.<Manifest>comparingLong(n -> load.getOrDefault(n.name(), 0L))
                    .thenComparing(Manifest::name))
            .orElseThrow();
    ClaimController.selectNode(client, pod, node.name());
    Conditions conditions = Conditions.of(pod, client.now());
    conditions.set("PodScheduled", "True", "", "");
    client.bind(pod, node.name(), conditions.tree());
    client.event(
        pod,
        "Normal",
        "Scheduled",
        "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + node.name(),
        SOURCE);
  }

  private void refuse(Manifest pod, String message) {
    Conditions conditions = Conditions.of(pod, client.now());
    if (conditions.find("PodScheduled") == null
        || !message.equals(Trees.string(Trees.get(conditions.find("PodScheduled"), "message")))) {
      conditions.set("PodScheduled", "False", "Unschedulable", message);
      Map<String, @Nullable Object> status = Tree.mutableObject(Trees.object(pod.get("status")));
      status.put("phase", "Pending");
      status.put("conditions", conditions.tree());
      client.event(pod, "Warning", "FailedScheduling", message, SOURCE);
      client.updateStatusAs(pod, status, "kube-scheduler");
    }
  }

  private String everyNode(String reason) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    reasons.put(reason, client.list(Kind.NODE, "").size());
    return why(reasons);
  }

  private String why(Map<String, Integer> reasons) {
    int nodes = client.list(Kind.NODE, "").size();
    if (nodes == 0) {
      return "no nodes available to schedule pods";
    }
    StringBuilder text = new StringBuilder(nodes());
    String separator = "";
    for (Map.Entry<String, Integer> reason : new TreeMap<>(reasons).entrySet()) {
      text.append(separator).append(reason.getValue()).append(' ').append(reason.getKey());
      separator = ", ";
    }
    return text.append(". no new claims to deallocate, preemption: 0/")
        .append(nodes)
        .append(" nodes are available: ")
        .append(nodes)
        .append(" Preemption is not helpful for scheduling.")
        .toString();
  }

  private String nodes() {
    return "0/" + client.list(Kind.NODE, "").size() + " nodes are available: ";
  }
}

package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the admission plugins that an API server has by default make of a new Pod, in their order:
 * LimitRanger, ServiceAccount, Priority, DefaultTolerationSeconds and RuntimeClass. Source:
 * plugin/pkg/admission of Kubernetes 1.36, confirmed by trial. A pure function; thread-safe.
 */
public final class PodAdmission {
  private static final String LIMITS = "kubernetes.io/limit-ranger";
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final Manifest sent;
  private final Around around;
  private final Map<String, @Nullable Object> spec;
  private final List<String> missing = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  /**
   * What there is beside the pod.
   *
   * @param account the ServiceAccount that the pod names, or {@code default}; null if there is none
   * @param limits the LimitRanges of the namespace
   * @param priorities all PriorityClasses
   * @param runtime the RuntimeClass that the pod names; null if there is none
   */
  public record Around(
      @Nullable Manifest account,
      List<Manifest> limits,
      List<Manifest> priorities,
      @Nullable Manifest runtime) {
    /** Copies the lists. */
    public Around {
      limits = List.copyOf(limits);
      priorities = List.copyOf(priorities);
    }
  }

  /**
   * What becomes of the pod. What is wrong is said in the server's words; it says only what it
   * finds first.
   *
   * @param pod the pod as it is stored
   * @param missing what the pod names and does not exist, for which it is forbidden
   * @param errors for what else it is forbidden
   */
  public record Admitted(Manifest pod, List<String> missing, List<String> errors) {
    /** Copies the lists. */
    public Admitted {
      requireNonNull(pod, "pod");
      missing = List.copyOf(missing);
      errors = List.copyOf(errors);
    }
  }

  private PodAdmission(Manifest sent, Manifest stored, Around around) {
    this.sent = sent;
    this.around = around;
    this.spec = new LinkedHashMap<>(Trees.object(stored.get("spec")));
  }

  /** Returns the name of the ServiceAccount that a pod runs as. */
  public static String account(Manifest pod) {
    String name = pod.string("spec", "serviceAccountName");
    name = name.isEmpty() ? pod.string("spec", "serviceAccount") : name;
    return name.isEmpty() ? "default" : name;
  }

  /** Returns the name of the RuntimeClass that a pod names; empty if it names none. */
  public static Optional<String> runtimeClass(Manifest pod) {
    return pod.get("spec", "runtimeClassName") == null
        ? Optional.empty()
        : Optional.of(pod.string("spec", "runtimeClassName"));
  }

  /** Returns whether a LimitRange completes containers; of several the order is not known. */
  public static boolean completes(Manifest limitRange) {
    return PodLimits.fills(limitRange);
  }

  /** Returns whether the plugins treat a pod as one that a node has made by itself. */
  public static boolean isMirror(Manifest pod) {
    return pod.annotations().containsKey(MIRROR);
  }

  /**
   * Admits a pod.
   *
   * @param sent the pod as the client sent it
   * @param stored the pod as it would be stored without plugins
   * @param around what there is beside it
   * @param suffix what the name of the volume with the token ends with; empty if it is not known:
   *     then that volume and its mounts are left out
   */
  public static Admitted admit(Manifest sent, Manifest stored, Around around, String suffix) {
    return new PodAdmission(sent, stored, around).admitted(stored, suffix);
  }

  private Admitted admitted(Manifest stored, String suffix) {
    List<String> told = new ArrayList<>();
    around.limits().forEach(range -> PodLimits.fill(spec, range).ifPresent(told::add));
    account(suffix);
    priority();
    runtime();
    for (Manifest range : around.limits()) {
      List<String> wrong = PodLimits.errors(spec, range);
      if (!wrong.isEmpty()) {
        errors.add(wrong.size() == 1 ? wrong.get(0) : wrong.toString());
      }
    }
    Manifest pod = stored.with(spec, "spec").with(PodCreation.quality(spec), "status", "qosClass");
    return new Admitted(
        told.isEmpty()
            ? pod
            : pod.with(told.get(told.size() - 1), "metadata", "annotations", LIMITS),
        missing,
        errors);
  }

  private void account(String suffix) {
    String name = account(sent);
    spec.put("serviceAccountName", name);
    spec.put("serviceAccount", name);
    Manifest account = around.account();
    if (account == null) {
      missing.add(
          "error looking up service account "
              + sent.namespace()
              + "/"
              + name
              + ": serviceaccount \""
              + name
              + "\" not found");
      return;
    }
    if (mounts(account)) {
      TokenMount.mount(spec, suffix);
    }
    List<@Nullable Object> secrets = Trees.list(account.get("imagePullSecrets"));
    if (Trees.list(spec.get("imagePullSecrets")).isEmpty() && !secrets.isEmpty()) {
      spec.put("imagePullSecrets", secrets);
    }
  }

  /** What the pod says counts first, then what the account says. */
  private boolean mounts(Manifest account) {
    Object own = spec.get("automountServiceAccountToken");
    return !Boolean.FALSE.equals(own == null ? account.get("automountServiceAccountToken") : own);
  }

  private void priority() {
    String name = sent.string("spec", "priorityClassName");
    Optional<Manifest> known =
        name.isEmpty()
            ? around.priorities().stream()
                .filter(one -> Boolean.TRUE.equals(one.get("globalDefault")))
                .min(Comparator.comparing(one -> one.integer(0, "value")))
            : around.priorities().stream().filter(one -> one.name().equals(name)).findFirst();
    if (known.isEmpty() && !name.isEmpty()) {
      missing.add("no PriorityClass with name " + name + " was found");
      return;
    }
    long priority = known.map(one -> one.integer(0, "value")).orElse(0L);
    String preemption =
        known
            .map(one -> one.string("preemptionPolicy"))
            .filter(policy -> !policy.isEmpty())
            .orElse("PreemptLowerPriority");
    known.ifPresent(one -> spec.put("priorityClassName", one.name()));
    Object asked = sent.get("spec", "priority");
    if (asked != null && !Objects.equals(asked, priority)) {
      errors.add(
          "the integer value of priority ("
              + asked
              + ") must not be provided in pod spec; priority admission controller computed "
              + priority
              + " from the given PriorityClass name");
    }
    Object policy = sent.get("spec", "preemptionPolicy");
    if (policy != null && !policy.equals(preemption)) {
      errors.add(
          "the string value of PreemptionPolicy ("
              + policy
              + ") must not be provided in pod spec; priority admission controller computed "
              + preemption
              + " from the given PriorityClass name");
    }
    spec.put("priority", priority);
    spec.put("preemptionPolicy", preemption);
  }

  private void runtime() {
    Manifest runtime = around.runtime();
    Optional<String> name = runtimeClass(sent);
    if (runtime == null && name.isPresent()) {
      missing.add("pod rejected: RuntimeClass \"" + name.get() + "\" not found");
      return;
    }
    Object overhead = runtime == null ? null : runtime.get("overhead");
    Object own = spec.get("overhead");
    if (overhead == null) {
      if (own != null) {
        errors.add(
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
      }
    } else {
      Map<String, @Nullable Object> fixed = Trees.object(Trees.get(overhead, "podFixed"));
      if (!Trees.object(own).isEmpty() && !Values.equal(own, fixed)) {
        errors.add("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
      }
      if (!fixed.isEmpty()) {
        spec.put("overhead", fixed);
      }
    }
    if (runtime != null && runtime.get("scheduling") != null) {
      nodes(Trees.object(runtime.get("scheduling")));
    }
  }

  private void nodes(Map<String, @Nullable Object> scheduling) {
    Map<String, @Nullable Object> selector =
        new LinkedHashMap<>(Trees.object(spec.get("nodeSelector")));
    Trees.object(scheduling.get("nodeSelector"))
        .forEach(
            (label, value) -> {
              Object own = selector.putIfAbsent(label, value);
              if (own != null && !own.equals(value)) {
                errors.add(
                    "conflict: runtimeClass.scheduling.nodeSelector["
                        + label
                        + "] = "
                        + value
                        + "; pod.spec.nodeSelector["
                        + label
                        + "] = "
                        + own);
              }
            });
    if (!selector.isEmpty()) {
      spec.put("nodeSelector", selector);
    }
    spec.put(
        "tolerations",
        Tolerations.merged(
            Trees.list(spec.get("tolerations")), Trees.list(scheduling.get("tolerations"))));
  }
}

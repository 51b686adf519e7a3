package io.sailplan.planning;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The levels of the admission plugin PodSecurity, as far as a pod meets them in every version of
 * them: what is allowed only since some version counts as not met.
 */
enum PodStandard {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  private static final String LABEL = "pod-security.kubernetes.io/enforce";
  private static final Set<String> CAPABILITIES =
      Set.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final Set<String> SYSCTLS =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ping_group_range",
          "net.ipv4.tcp_syncookies");
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final List<String> PROFILES = List.of("RuntimeDefault", "Localhost");
  private static final List<String> OLD_PROFILES =
      List.of(
          "container.apparmor.security.beta.kubernetes.io/",
          "container.seccomp.security.alpha.kubernetes.io/",
          "seccomp.security.alpha.kubernetes.io/");

  /**
   * Returns the level that has to be met in a namespace; the strictest one if its labels do not
   * tell: a server may have a default of its own.
   */
  static PodStandard of(Map<String, String> labelsOfNamespace) {
    String level = labelsOfNamespace.getOrDefault(LABEL, "");
    for (PodStandard standard : values()) {
      if (standard.name().toLowerCase(Locale.ROOT).equals(level)) {
        return standard;
      }
    }
    return RESTRICTED;
  }

  boolean isMetBy(Manifest pod) {
    return switch (this) {
      case PRIVILEGED -> true;
      case BASELINE -> isBaseline(pod);
      case RESTRICTED -> isBaseline(pod) && isRestricted(pod);
    };
  }

  private static boolean isBaseline(Manifest pod) {
    boolean noted =
        pod.annotations().keySet().stream()
            .anyMatch(key -> OLD_PROFILES.stream().anyMatch(key::startsWith));
    Object context = pod.get("spec", "securityContext");
    return !noted
        && List.of("hostNetwork", "hostPID", "hostIPC").stream()
            .noneMatch(field -> Boolean.TRUE.equals(pod.get("spec", field)))
        && Trees.list(pod.get("spec", "volumes")).stream()
            .allMatch(volume -> Trees.get(volume, "hostPath") == null)
        && Trees.list(Trees.get(context, "sysctls")).stream()
            .allMatch(sysctl -> SYSCTLS.contains(Trees.string(Trees.get(sysctl, "name"))))
        && isModest(context)
        && containers(pod).stream().allMatch(PodStandard::isModest);
  }

  private static boolean isModest(Map<String, @Nullable Object> container) {
    Object context = container.get("securityContext");
    Object mount = Trees.get(context, "procMount");
    return isModest(context)
        && !Boolean.TRUE.equals(Trees.get(context, "privileged"))
        && (mount == null || mount.equals("Default"))
        && CAPABILITIES.containsAll(Trees.list(Trees.get(context, "capabilities", "add")))
        && Trees.list(container.get("ports")).stream()
            .allMatch(port -> isZero(Trees.get(port, "hostPort")))
        && asked(container).stream().noneMatch(PodStandard::namesHost);
  }

  /** What pods and containers have in common. */
  private static boolean isModest(@Nullable Object context) {
    Object armor = Trees.get(context, "appArmorProfile", "type");
    return Trees.get(context, "seLinuxOptions") == null
        && !Boolean.TRUE.equals(Trees.get(context, "windowsOptions", "hostProcess"))
        && !"Unconfined".equals(Trees.get(context, "seccompProfile", "type"))
        && (armor == null || PROFILES.contains(armor));
  }

  private static List<@Nullable Object> asked(Map<String, @Nullable Object> container) {
    List<@Nullable Object> asked = new ArrayList<>();
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      asked.add(container.get(probe));
    }
    for (String moment : List.of("postStart", "preStop")) {
      asked.add(Trees.get(container.get("lifecycle"), moment));
    }
    return asked;
  }

  private static boolean namesHost(@Nullable Object handler) {
    return List.of("httpGet", "tcpSocket").stream()
        .anyMatch(how -> !Trees.string(Trees.get(handler, how, "host")).isEmpty());
  }

  private static boolean isRestricted(Manifest pod) {
    Object context = pod.get("spec", "securityContext");
    boolean everyVolume =
        Trees.list(pod.get("spec", "volumes")).stream()
            .allMatch(volume -> Trees.object(volume).keySet().stream().anyMatch(VOLUMES::contains));
    boolean root =
        Boolean.FALSE.equals(Trees.get(context, "runAsNonRoot"))
            || Objects.equals(Trees.get(context, "runAsUser"), 0L);
    return everyVolume
        && !root
        && containers(pod).stream()
            .allMatch(container -> isRestricted(container.get("securityContext"), context));
  }

  private static boolean isRestricted(@Nullable Object own, @Nullable Object ofPod) {
    Object user = Trees.get(own, "runAsNonRoot");
    Object profile = Trees.get(own, "seccompProfile", "type");
    return Boolean.FALSE.equals(Trees.get(own, "allowPrivilegeEscalation"))
        && Trees.list(Trees.get(own, "capabilities", "drop")).contains("ALL")
        && List.of("NET_BIND_SERVICE")
            .containsAll(Trees.list(Trees.get(own, "capabilities", "add")))
        && Boolean.TRUE.equals(user == null ? Trees.get(ofPod, "runAsNonRoot") : user)
        && !Objects.equals(Trees.get(own, "runAsUser"), 0L)
        && PROFILES.contains(
            Trees.string(profile == null ? Trees.get(ofPod, "seccompProfile", "type") : profile));
  }

  private static List<Map<String, @Nullable Object>> containers(Manifest pod) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      Trees.list(pod.get("spec", list)).forEach(container -> all.add(Trees.object(container)));
    }
    return all;
  }

  private static boolean isZero(@Nullable Object number) {
    return number == null || number.equals(0L);
  }
}

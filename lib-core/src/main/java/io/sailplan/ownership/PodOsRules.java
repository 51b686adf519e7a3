package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.List;

/** What a pod says of the operating system it is for, it has to keep to. */
final class PodOsRules {
  private static final List<String> NOT_ON_WINDOWS =
      List.of("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources");
  private static final List<String> OF_PODS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final List<String> OF_CONTAINERS =
      List.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private PodOsRules() {}

  static void check(At pod, List<At> containers) {
    String os = pod.child("os").text("name");
    if (os.equals("linux")) {
      without(pod.child("securityContext"), List.of("windowsOptions"), os);
      containers.forEach(
          container -> without(container.child("securityContext"), List.of("windowsOptions"), os));
    } else if (os.equals("windows")) {
      without(pod, NOT_ON_WINDOWS, os);
      without(pod.child("securityContext"), OF_PODS, os);
      containers.forEach(
          container -> without(container.child("securityContext"), OF_CONTAINERS, os));
    }
  }

  private static void without(At object, List<String> fields, String os) {
    for (String field : object.present(fields)) {
      boolean off = Boolean.FALSE.equals(object.get(field)) && field.startsWith("host");
      if (!off || field.equals("hostUsers")) {
        object.wrong(field, " cannot be in a pod for " + os, "Remove it.");
      }
    }
  }
}

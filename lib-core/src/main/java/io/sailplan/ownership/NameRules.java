package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.ProblemCode;
import io.sailplan.shape.KindShape;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that Kubernetes takes: of objects by kind, of labels and of annotations. Source:
 * apimachinery, pkg/util/validation, and the validation of each kind.
 */
final class NameRules {
  private static final String LABEL_PATTERN = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern LABEL = Pattern.compile(LABEL_PATTERN);
  private static final Pattern SUBDOMAIN =
      Pattern.compile(LABEL_PATTERN + "(\\." + LABEL_PATTERN + ")*");
  private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
  private static final Set<String> RBAC =
      Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_SUBDOMAIN = 253;
  private static final int LONGEST_CRON_JOB = 52;
  private static final int LONGEST_ANNOTATIONS = 262144;

  private NameRules() {}

  static void check(Manifest manifest, KindShape shape, ProblemPlaces problems) {
    if (manifest.get("metadata", "name") instanceof String name && !name.contains("${")) {
      String wrong = object(name, shape); // what to use instead
      if (!wrong.isEmpty()) {
        problems.add(
            ProblemCode.INVALID_NAME, ".metadata.name", "the name is \"" + name + "\"", wrong);
      }
    }
    if (manifest.get("metadata", "namespace") instanceof String name
        && !name.contains("${")
        && !isLabel(name)) {
      problems.add(
          ProblemCode.INVALID_NAME,
          ".metadata.namespace",
          "the namespace is \"" + name + "\"",
          LABEL_WANTED);
    }
    labels(Trees.object(manifest.get("metadata", "labels")), problems);
    annotations(Trees.object(manifest.get("metadata", "annotations")), problems);
  }

  private static final String LABEL_WANTED =
      "Use at most 63 lower-case letters, digits and \"-\", with a letter or digit at both ends.";
  private static final String SUBDOMAIN_WANTED =
      "Use at most 253 lower-case letters, digits, \"-\" and \".\", with a letter or digit at both ends.";

  private static String object(String name, KindShape shape) {
    String group = shape.kind().group();
    String kind = shape.kind().kind();
    if (group.equals("rbac.authorization.k8s.io") && RBAC.contains(kind)) {
      boolean bad =
          name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%");
      return bad ? "Use anything but \".\" and \"..\", without \"/\" and \"%\"." : "";
    }
    if (group.isEmpty() && kind.equals("Namespace")) {
      return isLabel(name) ? "" : LABEL_WANTED;
    }
    if (group.isEmpty() && kind.equals("Service")) {
      return name.length() <= LONGEST_LABEL && SERVICE.matcher(name).matches()
          ? ""
          : LABEL_WANTED + " Begin with a letter.";
    }
    if (group.equals("batch") && kind.equals("CronJob") && name.length() > LONGEST_CRON_JOB) {
      return "Use at most " + LONGEST_CRON_JOB + " characters: its Jobs get longer names.";
    }
    return name.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(name).matches()
        ? ""
        : SUBDOMAIN_WANTED;
  }

  static boolean isSubdomain(String name) {
    return name.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(name).matches();
  }

  private static boolean isLabel(String name) {
    return name.length() <= LONGEST_LABEL && LABEL.matcher(name).matches();
  }

  private static void labels(Map<String, @Nullable Object> labels, ProblemPlaces problems) {
    labels.forEach(
        (key, value) -> {
          String path = PlainPath.field(".metadata.labels", key);
          key(key, path, "label", problems);
          String text = Trees.string(value);
          boolean good =
              text.isEmpty() || (text.length() <= LONGEST_LABEL && WORD.matcher(text).matches());
          if (!good && !text.contains("${")) {
            problems.add(
                ProblemCode.INVALID_VALUE,
                path,
                "the value of the label " + key + " is \"" + text + "\"",
                "Use at most 63 letters, digits, \"-\", \"_\" and \".\", with a letter or digit at both ends.");
          }
        });
  }

  private static void annotations(
      Map<String, @Nullable Object> annotations, ProblemPlaces problems) {
    long size = 0;
    for (Map.Entry<String, @Nullable Object> entry : annotations.entrySet()) {
      size += entry.getKey().length() + Trees.string(entry.getValue()).length();
      key(
          entry.getKey().toLowerCase(java.util.Locale.ROOT),
          PlainPath.field(".metadata.annotations", entry.getKey()),
          "annotation",
          problems);
    }
    if (size > LONGEST_ANNOTATIONS) {
      problems.add(
          ProblemCode.TOO_LARGE,
          ".metadata.annotations",
          "the annotations together have " + size + " characters",
          "Keep them below 256 KiB; put larger data into a ConfigMap.");
    }
  }

  private static void key(String key, String path, String sort, ProblemPlaces problems) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    String name = key.substring(slash + 1);
    boolean goodPrefix =
        slash < 0 || (prefix.length() <= LONGEST_SUBDOMAIN && SUBDOMAIN.matcher(prefix).matches());
    boolean goodName = name.length() <= LONGEST_LABEL && WORD.matcher(name).matches();
    if ((!goodPrefix || !goodName) && !key.contains("${")) {
      problems.add(
          ProblemCode.INVALID_NAME,
          path,
          "the key of the " + sort + " is \"" + key + "\"",
          "Use at most 63 letters, digits, \"-\", \"_\" and \".\", optionally after a DNS name and \"/\".");
    }
  }
}

package io.sailplan.testing;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.testing.Answers.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server checks of an object by itself; the commonest mistakes, in the server's words. */
final class Validation {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
  private static final String SUBDOMAIN_RULE =
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex"
          + " used for validation is"
          + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  private static final String LABEL_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private final Manifest object;
  private final List<Cause> causes = new ArrayList<>();

  private Validation(Manifest object) {
    this.object = object;
  }

  static List<Cause> causes(Manifest object) {
    Validation check = new Validation(object);
    check.metadata();
    switch (object.kind()) {
      case "Deployment", "ReplicaSet" -> check.workload("Always");
      case "StatefulSet", "DaemonSet" -> check.workload("Always");
      case "Job" -> {
        check.selected();
        check.job("spec", object.get("spec"));
      }
      case "CronJob" -> check.cronJob();
      case "Pod" -> check.podSpec("spec", object.get("spec"));
      case "Service" -> check.service();
      case "PersistentVolumeClaim" -> check.claim();
      case "CustomResourceDefinition" -> check.definition();
      default -> {}
    }
    return check.causes;
  }

  private void metadata() {
    boolean lenient = object.key().group().equals("rbac.authorization.k8s.io");
    if (object.name().isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
    } else if (!lenient
        && (object.name().length() > 253 || !SUBDOMAIN.matcher(object.name()).matches())) {
      causes.add(Cause.invalid("metadata.name", Json.write(object.name()), SUBDOMAIN_RULE));
    }
    for (String value : object.labels().values()) {
      if (value.length() > 63) {
        causes.add(
            Cause.invalid("metadata.labels", Json.write(value), "must be no more than 63 bytes"));
      } else if (!LABEL_VALUE.matcher(value).matches()) {
        causes.add(Cause.invalid("metadata.labels", Json.write(value), LABEL_RULE));
      }
    }
  }

  /** Limits of a rolling update stand beside no other strategy. */
  private void strategy() {
    if (object.string("spec", "strategy", "type").equals("Recreate")
        && object.get("spec", "strategy", "rollingUpdate") != null) {
      causes.add(
          Cause.forbidden(
              "spec.strategy.rollingUpdate",
              "may not be specified when strategy `type` is 'Recreate'"));
    }
    Object limits = object.get("spec", "updateStrategy", "rollingUpdate");
    if (object.kind().equals("StatefulSet")
        && object.string("spec", "updateStrategy", "type").equals("OnDelete")
        && limits != null) {
      causes.add(
          Cause.invalid(
              "spec.updateStrategy.rollingUpdate",
              Json.write(limits),
              "only allowed for updateStrategy 'RollingUpdate'"));
    }
  }

  private void workload(String policy) {
    strategy();
    share("spec", "strategy", "rollingUpdate", "maxSurge");
    share("spec", "strategy", "rollingUpdate", "maxUnavailable");
    notNegative("spec.replicas", object.get("spec", "replicas"));
    Object selector = object.get("spec", "selector");
    if (selector == null) {
      causes.add(Cause.required("spec.selector", ""));
    } else if (Selectors.isEmpty(selector)) {
      causes.add(
          Cause.invalid(
              "spec.selector", Json.write(selector), "empty selector is invalid for deployment"));
    }
    Map<String, String> labels =
        Trees.strings(object.get("spec", "template", "metadata", "labels"));
    if (selector != null && !Selectors.selects(selector, labels)) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              Json.write(labels),
              "`selector` does not match template `labels`"));
    }
    podSpec("spec.template.spec", object.get("spec", "template", "spec"));
    String restart = object.string("spec", "template", "spec", "restartPolicy");
    if (!restart.isEmpty() && !restart.equals(policy)) {
      causes.add(
          Cause.unsupported("spec.template.spec.restartPolicy", Json.write(restart), policy));
    }
  }

  /** The pods of a Job carry the labels by which it finds them. */
  private void selected() {
    Object selector = object.get("spec", "selector");
    Map<String, String> labels =
        Trees.strings(object.get("spec", "template", "metadata", "labels"));
    if (selector != null && !Selectors.selects(selector, labels)) {
      causes.add(
          Cause.invalid(
              "spec.template.metadata.labels",
              Json.write(labels),
              "`selector` does not match template `labels`"));
    }
  }

  private void job(String path, @Nullable Object spec) {
    notNegative(path + ".parallelism", Trees.get(spec, "parallelism"));
    notNegative(path + ".completions", Trees.get(spec, "completions"));
    notNegative(path + ".backoffLimit", Trees.get(spec, "backoffLimit"));
    podSpec(path + ".template.spec", Trees.get(spec, "template", "spec"));
    String restart = Trees.string(Trees.get(spec, "template", "spec", "restartPolicy"));
    String place = path + ".template.spec.restartPolicy";
    if (restart.isEmpty() || restart.equals("Always")) {
      causes.add(
          restart.isEmpty()
              ? Cause.required(place, "valid values: \"OnFailure\", \"Never\"")
              : Cause.unsupported(place, Json.write(restart), "OnFailure", "Never"));
    }
  }

  private void cronJob() {
    if (object.string("spec", "schedule").isEmpty()) {
      causes.add(Cause.required("spec.schedule", ""));
    }
    job("spec.jobTemplate.spec", object.get("spec", "jobTemplate", "spec"));
  }

  private void podSpec(String path, @Nullable Object spec) {
    List<@Nullable Object> containers = Trees.list(Trees.get(spec, "containers"));
    if (containers.isEmpty()) {
      causes.add(Cause.required(path + ".containers", ""));
    }
    TreeSet<String> volumes = new TreeSet<>();
    for (Object volume : Trees.list(Trees.get(spec, "volumes"))) {
      volumes.add(Trees.string(Trees.get(volume, "name")));
    }
    if (object.kind().equals("StatefulSet")) {
      for (Map<String, @Nullable Object> claim :
          Tree.objects(object, "spec", "volumeClaimTemplates")) {
        volumes.add(Trees.string(Trees.get(claim, "metadata", "name")));
      }
    }
    for (String list : List.of("initContainers", "containers")) {
      int index = 0;
      TreeSet<String> names = new TreeSet<>();
      for (Object container : Trees.list(Trees.get(spec, list))) {
        container(path + "." + list + "[" + index + "]", container, names, volumes);
        index++;
      }
    }
  }

  private void container(
      String path, @Nullable Object container, Set<String> names, Set<String> volumes) {
    String name = Trees.string(Trees.get(container, "name"));
    if (name.isEmpty()) {
      causes.add(Cause.required(path + ".name", ""));
    } else if (!names.add(name)) {
      causes.add(
          new Cause("FieldValueDuplicate", path + ".name", "Duplicate value: " + Json.write(name)));
    }
    if (Trees.string(Trees.get(container, "image")).isEmpty()) {
      causes.add(Cause.required(path + ".image", ""));
    }
    int index = 0;
    for (Object mount : Trees.list(Trees.get(container, "volumeMounts"))) {
      String volume = Trees.string(Trees.get(mount, "name"));
      if (!volumes.contains(volume)) {
        causes.add(Cause.notFound(path + ".volumeMounts[" + index + "].name", Json.write(volume)));
      }
      index++;
    }
    limits(path + ".resources", Trees.get(container, "resources"));
  }

  /** A request must not exceed its limit. */
  private void limits(String path, @Nullable Object resources) {
    Map<String, @Nullable Object> limits = Trees.object(Trees.get(resources, "limits"));
    Trees.object(Trees.get(resources, "requests"))
        .forEach(
            (resource, request) -> {
              Object limit = limits.get(resource);
              if (limit != null
                  && request != null
                  && Quantity.parse(request).compareTo(Quantity.parse(limit)) > 0) {
                causes.add(
                    Cause.invalid(
                        path + ".requests",
                        Json.write(request),
                        "must be less than or equal to " + resource + " limit of " + limit));
              }
            });
  }

  private void service() {
    if (!object.key().group().isEmpty()) {
      return;
    }
    boolean headless = object.string("spec", "clusterIP").equals("None");
    List<Map<String, @Nullable Object>> ports = Tree.objects(object, "spec", "ports");
    if (ports.isEmpty() && !headless && !object.string("spec", "type").equals("ExternalName")) {
      causes.add(Cause.required("spec.ports", ""));
    }
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String path = "spec.ports[" + i + "]";
      String name = Trees.string(ports.get(i).get("name"));
      if (name.isEmpty() && ports.size() > 1) {
        causes.add(Cause.required(path + ".name", ""));
      } else if (!name.isEmpty() && !names.add(name)) {
        causes.add(
            new Cause(
                "FieldValueDuplicate", path + ".name", "Duplicate value: " + Json.write(name)));
      }
      port(path + ".port", ports.get(i).get("port"));
      portName(path + ".targetPort", ports.get(i).get("targetPort"));
    }
  }

  private void port(String path, @Nullable Object value) {
    if (!(value instanceof Long number) || number < 1 || number > 65_535) {
      causes.add(
          Cause.invalid(
              path,
              value == null ? "0" : Json.write(value),
              "must be between 1 and 65535, inclusive"));
    }
  }

  private void portName(String path, @Nullable Object value) {
    if (value instanceof String name && name.chars().noneMatch(Character::isLetter)) {
      causes.add(Cause.invalid(path, Json.write(name), "must contain at least one letter (a-z)"));
    }
  }

  /** Text is a share; a count is a number. */
  private void share(String... fields) {
    if (object.get(fields) instanceof String text && !text.matches("[0-9]+%")) {
      causes.add(
          Cause.invalid(
              String.join(".", fields),
              Json.write(text),
              "a valid percent string must be a numeric string followed by an ending '%' (e.g."
                  + " '1%',  or '93%', regex used for validation is '[0-9]+%')"));
    }
  }

  private void claim() {
    if (Trees.list(object.get("spec", "accessModes")).isEmpty()) {
      causes.add(Cause.required("spec.accessModes", "at least 1 access mode is required"));
    }
    if (object.get("spec", "resources", "requests", "storage") == null) {
      causes.add(Cause.required("spec.resources[storage]", ""));
    }
  }

  private void definition() {
    String wanted = object.string("spec", "names", "plural") + "." + object.string("spec", "group");
    if (!object.name().equals(wanted)) {
      causes.add(
          Cause.invalid(
              "metadata.name",
              Json.write(object.name()),
              "must be spec.names.plural+\".\"+spec.group"));
    }
    long stored =
        Tree.objects(object, "spec", "versions").stream()
            .filter(version -> Boolean.TRUE.equals(version.get("storage")))
            .count();
    if (stored != 1) {
      causes.add(
          Cause.invalid(
              "spec.versions",
              Json.write(object.get("spec", "versions")),
              "must have exactly one version marked as storage version"));
    }
  }

  private void notNegative(String path, @Nullable Object value) {
    if (value instanceof Long number && number < 0) {
      causes.add(Cause.invalid(path, number.toString(), "must be greater than or equal to 0"));
    }
  }
}

package io.sailplan.planning;

import io.sailplan.model.ApiResource;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the admission plugins that a server of Kubernetes 1.36 has by default may still decide about
 * a write, beside what is predicted of them. Plugins that only look at pods, or at requests that no
 * plan makes, are not here.
 */
final class AdmissionPlugins {
  private static final Pattern LEVEL = Pattern.compile("privileged|baseline|restricted");
  private static final Pattern LEVEL_VERSION = Pattern.compile("latest|v1\\.[0-9]{1,3}");
  private static final String POD_SECURITY = "pod-security.kubernetes.io/";
  private static final Set<String> COUNTED_BY_NAME =
      Set.of("configmaps", "replicationcontrollers", "resourcequotas", "secrets");

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN CERTIFICATE REQUEST-----\\s+([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE REQUEST-----");

  private final World world;

  AdmissionPlugins(World world) {
    this.world = world;
  }

  /** Returns why a plugin may decide otherwise, parts of sentences. */
  List<String> doubts(Write write) {
    List<String> doubts = new ArrayList<>();
    if (write.isCreation()) {
      DefaultClass.of(write.payload())
          .flatMap(missing -> missing.doubt(world))
          .ifPresent(doubts::add);
    }
    switch (write.shape().kind().groupKind().toString()) {
      case "Pod":
        pod(write, doubts);
        break;
      case "PersistentVolumeClaim":
        claim(write, doubts);
        break;
      case "PriorityClass.scheduling.k8s.io":
        priorityClass(write, doubts);
        break;
      case "Namespace":
        namespace(write, doubts);
        break;
      case "CertificateSigningRequest.certificates.k8s.io":
        if (write.isCreation() && asksForMasters(write.payload())) {
          doubts.add("CertificateSubjectRestriction refuses certificates for system:masters");
        }
        break;
      default:
        break;
    }
    quotas(write, doubts);
    return doubts;
  }

  private void pod(Write write, List<String> doubts) {
    if (write.pod() != null) {
      doubts.addAll(write.pod().doubts());
    }
    if (write.isCreation()
        || !Objects.equals(write.before("spec"), write.result().get("spec"))
        || !Objects.equals(
            write.before("metadata", "annotations"),
            write.result().get("metadata", "annotations"))) {
      security(write.result(), doubts);
    }
  }

  private void security(Manifest pod, List<String> doubts) {
    List<Map<String, String>> labels = world.labelsOfNamespace(pod.namespace());
    List<PodStandard> levels =
        labels.isEmpty()
            ? List.of(PodStandard.RESTRICTED)
            : labels.stream().map(PodStandard::of).toList();
    if (!levels.stream().allMatch(level -> level.isMetBy(pod))) {
      doubts.add(
          "PodSecurity may refuse it: it does not surely meet what its namespace"
              + (labels.isEmpty() ? ", whose labels are not known, may demand" : " may demand"));
    }
  }

  /** Whether a client certificate may be meant for those who may do everything. */
  private static boolean asksForMasters(Manifest request) {
    if (!request.string("spec", "signerName").equals("kubernetes.io/kube-apiserver-client")) {
      return false;
    }
    Matcher pem = PEM.matcher(decoded(request.string("spec", "request")));
    String content = pem.find() ? decoded(pem.group(1)) : "";
    // Text of two bytes for each character is as good as any.
    return content.isEmpty() || content.replace("\0", "").contains("system:masters");
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void claim(Write write, List<String> doubts) {
    Object before = write.before("spec", "resources", "requests", "storage");
    Object after = write.result().get("spec", "resources", "requests", "storage");
    if (Objects.equals(before, after)) {
      return;
    }
    if (!write.isCreation()) {
      doubts.add("PersistentVolumeClaimResize, or the volume's driver, may refuse another size");
    }
    String namespace = write.result().namespace();
    world
        .unseen(Consulted.LIMITS, namespace)
        .ifPresent(why -> doubts.add("whether a LimitRange refuses it is not known: " + why));
    for (Manifest limits : world.all(Consulted.LIMITS)) {
      boolean claims =
          Trees.list(limits.get("spec", "limits")).stream()
              .anyMatch(limit -> "PersistentVolumeClaim".equals(Trees.get(limit, "type")));
      if (claims && isIn(limits, namespace)) {
        doubts.add("the LimitRange " + limits.name() + " may refuse its size");
      }
    }
  }

  /** There can be only one default. */
  private void priorityClass(Write write, List<String> doubts) {
    if (!Boolean.TRUE.equals(write.result().get("globalDefault"))) {
      return;
    }
    world
        .unseen(Consulted.PRIORITY_CLASS, "")
        .ifPresent(why -> doubts.add("whether there is another default is not known: " + why));
    for (Manifest other : world.all(Consulted.PRIORITY_CLASS)) {
      if (Boolean.TRUE.equals(other.get("globalDefault"))
          && !other.name().equals(write.result().name())) {
        doubts.add("the PriorityClass " + other.name() + " is the default one already");
      }
    }
  }

  private static void namespace(Write write, List<String> doubts) {
    write
        .result()
        .labels()
        .forEach(
            (label, value) -> {
              boolean version = label.endsWith("-version");
              Pattern valid = version ? LEVEL_VERSION : LEVEL;
              if (label.startsWith(POD_SECURITY)
                  && !valid.matcher(value).matches()
                  && !Objects.equals(write.before("metadata", "labels", label), value)) {
                doubts.add("PodSecurity may refuse the label " + label);
              }
            });
  }

  private void quotas(Write write, List<String> doubts) {
    ApiResource resource = write.shape().resource();
    boolean measured = write.is("", "Service") || write.is("", "PersistentVolumeClaim");
    boolean counts =
        write.isCreation()
            || (measured && !Objects.equals(write.before("spec"), write.result().get("spec")));
    if (!resource.namespaced() || !counts) {
      return;
    }
    String namespace = write.result().namespace();
    world
        .unseen(Consulted.QUOTA, namespace)
        .ifPresent(why -> doubts.add("whether a quota refuses it is not known: " + why));
    for (Manifest quota : world.all(Consulted.QUOTA)) {
      boolean limits =
          Trees.object(quota.get("spec", "hard")).keySet().stream()
              .anyMatch(name -> isCounted(name, resource));
      if (limits && isIn(quota, namespace)) {
        doubts.add("the quota " + quota.name() + " may refuse it");
      }
    }
  }

  private static boolean isCounted(String name, ApiResource resource) {
    String group = resource.kind().group();
    if (name.equals("count/" + resource.plural() + (group.isEmpty() ? "" : "." + group))) {
      return true;
    }
    if (!group.isEmpty()) {
      // Claims for devices are counted by the class of the device.
      return group.equals("resource.k8s.io") && !name.startsWith("count/");
    }
    return switch (resource.plural()) {
      case "pods" -> !name.startsWith("count/");
      case "services" -> name.equals("services") || name.startsWith("services.");
      case "persistentvolumeclaims" ->
          name.equals("persistentvolumeclaims")
              || name.equals("requests.storage")
              || name.contains(".storageclass.storage.k8s.io/");
      default -> COUNTED_BY_NAME.contains(resource.plural()) && name.equals(resource.plural());
    };
  }

  /** What is declared without namespace may be meant for any. */
  private static boolean isIn(Manifest manifest, String namespace) {
    return manifest.namespace().isEmpty() || manifest.namespace().equals(namespace);
  }
}

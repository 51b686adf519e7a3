package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import io.sailplan.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What claims, volumes and devices demand of their own fields together. */
final class StorageRules {
  private StorageRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("core.v1.PersistentVolumeClaimSpec", StorageRules::claim);
    rules.add("core.v1.PersistentVolumeSpec", StorageRules::modes);
    rules.add("core.v1.PersistentVolume", volume -> volume(volume.child("spec")));
    rules.add("core.v1.CSIPersistentVolumeSource", StorageRules::secrets);
    for (String part : List.of("DeviceClassConfiguration", "DeviceClaimConfiguration")) {
      rules.add("resource.v1." + part, StorageRules::configuration);
    }
    rules.add("storage.v1.VolumeAttributesClass", StorageRules::attributes);
    rules.add("core.v1.PersistentVolumeClaimTemplate", StorageRules::template);
    rules.add("resource.v1.ResourceClaimTemplateSpec", StorageRules::template);
    rules.add("resource.v1.DeviceRequest", request -> distinct(request, "firstAvailable"));
    rules.add("resource.v1.DeviceClaim", StorageRules::devices);
    rules.add("discovery.v1.EndpointSlice", slice -> distinct(slice, "ports"));
  }

  private static void claim(At spec) {
    modes(spec);
    At requests = spec.child("resources").child("requests");
    if (!requests.has("storage")) {
      requests.missing("storage", "Say how much, such as 1Gi.");
    } else {
      positive(requests);
    }
    At source = spec.child("dataSource");
    At reference = spec.child("dataSourceRef");
    if (reference.has("namespace") && spec.get("dataSource") != null) {
      source.wrong("", " cannot stand beside dataSourceRef.namespace", "Remove it.");
    } else if (spec.get("dataSource") != null
        && spec.get("dataSourceRef") != null
        && !source.tree().equals(reference.tree())) {
      reference.wrong("", " is not what dataSource says", "Keep one of them.");
    }
    for (At one : List.of(source, reference)) {
      boolean known = one.text("kind").equals("PersistentVolumeClaim");
      if (one.has("kind") && !one.isOpen("kind") && !one.has("apiGroup") && !known) {
        one.wrong("kind", " must be PersistentVolumeClaim without apiGroup", "Write the group.");
      }
    }
  }

  private static void modes(At spec) {
    List<@Nullable Object> modes = spec.list("accessModes");
    if (modes.isEmpty()) {
      spec.missing("accessModes", "Write a list, such as [ReadWriteOnce].");
    } else if (modes.size() > 1 && modes.contains("ReadWriteOncePod")) {
      spec.wrong("accessModes", " may hold ReadWriteOncePod only alone", "Remove the others.");
    }
  }

  private static void positive(At amounts) {
    if (Quantities.value(amounts.get("storage")).filter(size -> size.signum() <= 0).isPresent()) {
      amounts.wrong("storage", " must be above 0", "Say how much, such as 1Gi.");
    }
  }

  private static void volume(At spec) {
    At capacity = spec.child("capacity");
    if (!capacity.has("storage")) {
      capacity.missing("storage", "Say how much, such as 1Gi.");
    } else {
      positive(capacity);
    }
    for (String other : capacity.tree().keySet()) {
      if (!other.equals("storage")) {
        capacity.wrong(other, " is no capacity of a volume", "Remove it: only storage is.");
      }
    }
    boolean somewhere = spec.child("nodeAffinity").get("required") != null;
    if (spec.get("local") != null && !somewhere) {
      spec.missing("nodeAffinity", "Say where the local volume is.");
    }
    String policy = spec.text("persistentVolumeReclaimPolicy");
    if (spec.child("hostPath").text("path").equals("/") && policy.equals("Recycle")) {
      spec.wrong(
          "persistentVolumeReclaimPolicy",
          " may not be Recycle for the root of a host",
          "Write" + " Retain.");
    }
  }

  /** Volumes have no namespace, so that their secrets have to say theirs. */
  private static void secrets(At source) {
    for (String field : source.tree().keySet()) {
      At secret = source.child(field);
      if (field.endsWith("SecretRef") && source.get(field) != null) {
        for (String part : List.of("name", "namespace")) {
          if (!secret.has(part)) {
            secret.missing(part, "Say which Secret.");
          }
        }
      }
    }
  }

  private static void configuration(At part) {
    if (part.get("opaque") == null) {
      part.missing("opaque", "Write what the driver is told.");
    }
  }

  private static void attributes(At kind) {
    if (kind.child("parameters").tree().isEmpty()) {
      kind.missing("parameters", "Write at least one.");
    }
  }

  /** Objects made from a template get their names by themselves. */
  private static void template(At template) {
    At metadata = template.child("metadata");
    for (String field : metadata.present(List.copyOf(metadata.tree().keySet()))) {
      if (!field.equals("labels") && !field.equals("annotations")) {
        metadata.wrong(field, " cannot be in a template", "Remove it.");
      }
    }
  }

  /** Names are said once, and what refers to a request has to name one. */
  private static void devices(At claim) {
    distinct(claim, "requests");
    Set<String> names = new HashSet<>();
    for (At request : claim.items("requests")) {
      names.add(request.text("name"));
      request
          .items("firstAvailable")
          .forEach(part -> names.add(request.text("name") + "/" + part.text("name")));
    }
    for (String list : List.of("constraints", "config")) {
      for (At part : claim.items(list)) {
        for (Object name : part.list("requests")) {
          if (name instanceof String text && !text.contains("${") && !names.contains(text)) {
            part.add(
                ProblemCode.DANGLING_REFERENCE,
                "requests",
                " has \"" + text + "\", which is no request of the claim",
                "Correct the name.");
          }
        }
      }
    }
  }

  /** Names of which each may be there once; the empty one as well. */
  private static void distinct(At object, String list) {
    Set<String> names = new HashSet<>();
    for (At item : object.items(list)) {
      if (!item.isOpen("name") && !names.add(item.text("name"))) {
        item.add(ProblemCode.DUPLICATE, "name", " is that of another one", "Give it another name.");
      }
    }
  }
}

package io.sailplan.testing;

import java.util.List;
import java.util.stream.Stream;

/** What of storage and devices is fixed. */
final class StorageRules {
  private static final String IMMUTABLE = "field is immutable";

  static final String CLASS =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: $ns}
      provisioner: example.com/disks
      parameters: {speed: high}
      reclaimPolicy: Delete
      volumeBindingMode: Immediate
      allowVolumeExpansion: true
      mountOptions: [one]
      """;

  static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: disk, namespace: $ns, labels: {app: db}}
      spec:
        storageClassName: $ns
        accessModes: [ReadWriteOnce]
        volumeMode: Filesystem
        resources: {requests: {storage: 2Gi}}
      """;

  private static final String VOLUME =
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: $ns}
      spec:
        storageClassName: none
        capacity: {storage: 1Gi}
        accessModes: [ReadWriteOnce]
        persistentVolumeReclaimPolicy: Retain
        volumeMode: Filesystem
        mountOptions: [one]
        csi: {driver: example.com, volumeHandle: one}
        nodeAffinity:
          required:
            nodeSelectorTerms:
            - matchExpressions:
              - {key: failure-domain.beta.kubernetes.io/zone, operator: In, values: [a]}
      """;

  private StorageRules() {}

  static List<KindRules> all() {
    return Stream.of(
            aClaimWithoutVolumeIsFixedButForItsVolume(),
            aVolumeKeepsWhereItsDataIs(),
            aVolumeKeepsHavingAttributes(),
            aStorageClassKeepsHowVolumesAreMade(),
            aClassOfAttributesIsFixed(),
            anAttachmentIsFixed(),
            aDriverKeepsHowItAttaches(),
            aDriverOnANodeChangesOnlyHowManyVolumesItTakes(),
            aStorageCapacityKeepsWhatItSpeaksOf(),
            claimsOfDevicesAreFixed(),
            aSliceOfDevicesKeepsWhereTheyAre())
        .flatMap(List::stream)
        .toList();
  }

  private static List<KindRules> aClaimWithoutVolumeIsFixedButForItsVolume() {
    String spec = "spec is immutable after creation except";
    return List.of(
        KindRules.of(
                "PersistentVolumeClaim without volume",
                CLAIM.replace("storageClassName: $ns", "storageClassName: \"\""))
            .cannot("storage: 2Gi", "storage: 3Gi", "spec", spec)
            .cannot("storage: 2Gi", "storage: 1Gi", "spec", spec)
            .cannot("ReadWriteOnce", "ReadOnlyMany", "spec", spec)
            .cannot("\"\"", "other", "spec", spec)
            .cannot("Filesystem", "Block", "volumeMode", IMMUTABLE)
            .can("volumeMode: Filesystem", "volumeName: some")
            .can("app: db", "app: other"));
  }

  private static List<KindRules> aVolumeKeepsWhereItsDataIs() {
    String source = "spec.persistentvolumesource is immutable after creation";
    return List.of(
        KindRules.of("PersistentVolume", VOLUME)
            .cannot("volumeHandle: one", "volumeHandle: two", "spec.persistentvolumesource", source)
            .cannot(
                "csi: {driver: example.com, volumeHandle: one}",
                "hostPath: {path: /disk}",
                "spec.persistentvolumesource",
                source)
            .cannot("Filesystem", "Block", "volumeMode", IMMUTABLE)
            .cannot("values: [a]", "values: [b]", "nodeAffinity", IMMUTABLE)
            .can("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone")
            .can(
                "volumeHandle: one}",
                "volumeHandle: one, controllerExpandSecretRef: {name: a, namespace: b}}")
            .can("storage: 1Gi", "storage: 2Gi")
            .can("ReadWriteOnce", "ReadOnlyMany")
            .can("Retain", "Delete")
            .can("storageClassName: none", "storageClassName: other")
            .can("mountOptions: [one]", "mountOptions: [two]"));
  }

  private static List<KindRules> aVolumeKeepsHavingAttributes() {
    String none = "update from non-nil value to nil is forbidden";
    String field = "spec.volumeAttributesClassName";
    return List.of(
        KindRules.of(
                "PersistentVolume with attributes",
                VOLUME.replace("  volumeMode: Filesystem\n", "  volumeAttributesClassName: fast\n"))
            .cannot("  volumeAttributesClassName: fast\n", "", field, none)
            .can("volumeAttributesClassName: fast", "volumeAttributesClassName: slow"));
  }

  private static List<KindRules> aStorageClassKeepsHowVolumesAreMade() {
    return List.of(
        KindRules.of("StorageClass", CLASS)
            .cannot("example.com/disks", "example.com/others", "provisioner", IMMUTABLE)
            .cannot("speed: high", "speed: low", "parameters", IMMUTABLE)
            .cannot("Delete", "Retain", "reclaimPolicy", IMMUTABLE)
            .cannot("Immediate", "WaitForFirstConsumer", "volumeBindingMode", IMMUTABLE)
            .can("allowVolumeExpansion: true", "allowVolumeExpansion: false")
            .can("mountOptions: [one]", "mountOptions: [two]")
            .can(
                "mountOptions: [one]",
                "allowedTopologies: [{matchLabelExpressions: [{key: zone, values: [a]}]}]"));
  }

  private static List<KindRules> aClassOfAttributesIsFixed() {
    return List.of(
        KindRules.of(
                "VolumeAttributesClass",
                """
        apiVersion: storage.k8s.io/v1
        kind: VolumeAttributesClass
        metadata: {name: $ns, labels: {a: b}}
        driverName: example.com
        parameters: {speed: high}
        """)
            .cannot(
                "example.com", "example.org", "driverName", "updates to driverName are forbidden.")
            .cannot(
                "speed: high", "speed: low", "parameters", "updates to parameters are forbidden.")
            .can("a: b", "a: c"));
  }

  private static List<KindRules> anAttachmentIsFixed() {
    return List.of(
        KindRules.of(
                "VolumeAttachment",
                """
        apiVersion: storage.k8s.io/v1
        kind: VolumeAttachment
        metadata: {name: $ns, labels: {a: b}}
        spec: {attacher: example.com, nodeName: none, source: {persistentVolumeName: one}}
        """)
            .cannot("nodeName: none", "nodeName: other", "spec", IMMUTABLE)
            .cannot("Name: one", "Name: two", "spec", IMMUTABLE)
            .can("a: b", "a: c"));
  }

  private static List<KindRules> aDriverKeepsHowItAttaches() {
    return List.of(
        KindRules.of(
                "CSIDriver",
                """
        apiVersion: storage.k8s.io/v1
        kind: CSIDriver
        metadata: {name: $ns}
        spec:
          attachRequired: true
          podInfoOnMount: true
          storageCapacity: true
          requiresRepublish: true
          fsGroupPolicy: File
          volumeLifecycleModes: [Persistent]
        """)
            .cannot(
                "attachRequired: true", "attachRequired: false", "spec.attachedRequired", IMMUTABLE)
            .cannot(
                "[Persistent]", "[Persistent, Ephemeral]", "spec.volumeLifecycleModes", IMMUTABLE)
            .can("podInfoOnMount: true", "podInfoOnMount: false")
            .can("storageCapacity: true", "storageCapacity: false")
            .can("requiresRepublish: true", "requiresRepublish: false")
            .can("fsGroupPolicy: File", "fsGroupPolicy: None"));
  }

  private static List<KindRules> aDriverOnANodeChangesOnlyHowManyVolumesItTakes() {
    return List.of(
        KindRules.of(
                "CSINode",
                """
        apiVersion: storage.k8s.io/v1
        kind: CSINode
        metadata: {name: $ns}
        spec:
          drivers:
          - {name: example.com, nodeID: one, topologyKeys: [zone], allocatable: {count: 3}}
        """)
            .cannot("nodeID: one", "nodeID: two", "spec.drivers", IMMUTABLE)
            .cannot("[zone]", "[region]", "spec.drivers", IMMUTABLE)
            .can("count: 3", "count: 4")
            .can(
                "- {name: example.com",
                "- {name: example.org, nodeID: b}\n  - {name: example.com"));
  }

  private static List<KindRules> aStorageCapacityKeepsWhatItSpeaksOf() {
    return List.of(
        KindRules.of(
                "CSIStorageCapacity",
                """
        apiVersion: storage.k8s.io/v1
        kind: CSIStorageCapacity
        metadata: {name: here, namespace: $ns}
        storageClassName: fast
        nodeTopology: {matchLabels: {zone: a}}
        capacity: 1Gi
        """)
            .cannot("fast", "slow", "storageClassName", IMMUTABLE)
            .cannot("zone: a", "zone: b", "nodeTopology", IMMUTABLE)
            .can("capacity: 1Gi", "capacity: 2Gi"));
  }

  private static List<KindRules> claimsOfDevicesAreFixed() {
    String devices = "{requests: [{name: one, exactly: {deviceClassName: example.com, count: 1}}]}";
    return List.of(
        KindRules.of(
                "ResourceClaim",
                """
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: device, namespace: $ns, labels: {a: b}}
        spec: {devices: DEVICES}
        """
                    .replace("DEVICES", devices))
            .cannot("count: 1", "count: 2", "spec", IMMUTABLE)
            .can("a: b", "a: c"),
        KindRules.of(
                "ResourceClaimTemplate",
                """
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaimTemplate
        metadata: {name: devices, namespace: $ns, labels: {a: b}}
        spec: {metadata: {labels: {tier: one}}, spec: {devices: DEVICES}}
        """
                    .replace("DEVICES", devices))
            .cannot("count: 1", "count: 2", "spec", IMMUTABLE)
            .cannot("tier: one", "tier: two", "spec", IMMUTABLE)
            .can("a: b", "a: c"),
        KindRules.of(
                "DeviceClass",
                """
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: $ns}
        spec: {selectors: [{cel: {expression: "true"}}]}
        """)
            .can("\"true\"", "\"false\""));
  }

  private static List<KindRules> aSliceOfDevicesKeepsWhereTheyAre() {
    return List.of(
        KindRules.of(
                "ResourceSlice",
                """
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: $ns}
        spec:
          driver: example.com
          nodeName: $ns
          pool: {name: one, generation: 1, resourceSliceCount: 1}
          devices: [{name: a}]
        """)
            .cannot("example.com", "example.org", "spec.driver", IMMUTABLE)
            .cannot("nodeName: $ns", "nodeName: other", "spec.nodeName", IMMUTABLE)
            .cannot("{name: one", "{name: two", "spec.pool.name", IMMUTABLE)
            .can("generation: 1", "generation: 2")
            .can("devices: [{name: a}]", "devices: [{name: b}]"));
  }
}

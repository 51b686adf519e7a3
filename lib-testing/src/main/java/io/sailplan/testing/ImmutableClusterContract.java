package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can change only once something has happened, or changes without effect. */
abstract class ImmutableClusterContract extends ImmutabilityContract {
  private static final String IMMUTABLE = "field is immutable";

  static final String CSR =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlITk1IVUNBUUF3RXpFUk1BOEdBMVVF"
          + "QXd3SVkyOXVkSEpoWTNRd1dUQVRCZ2NxaGtqT1BRSUJCZ2dxaGtqTwpQUU1CQndOQ0FBVEdtSlJydFJK"
          + "MzYrTU11K2xTNWo1cjVDV0dCdWxvbjIyR2FJcW1VY09FemJ2cHZWSytYMFNhCkdrdWl4aXpsSUkzWDVC"
          + "SG8xME50S3pCVkhUV3R5ZnVyb0FBd0NnWUlLb1pJemowRUF3SURTQUF3UlFJZ0VVSU0KM1drdnE3T21y"
          + "djRqMFdTNEVrY3BrZWo3SE1VUUFEL3R5elI2YzNZQ0lRQ0FQRjl2VHliZXFqYmduaTdwNnJlWgpTblQ3"
          + "NE1uUU1VVU5TalFPZzNxaVFRPT0KLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==";

  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: things.$ns.example.com}
      spec:
        group: $ns.example.com
        scope: Namespaced
        names: {plural: things, kind: Thing, singular: thing, shortNames: [th]}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              properties:
                spec:
                  type: object
                  properties:
                    size: {type: integer, x-kubernetes-validations: [{rule: "self == oldSelf"}]}
                    colour:
                      type: string
                      x-kubernetes-validations:
                      - {rule: "oldSelf == self", message: a colour stays}
                    count:
                      type: integer
                      x-kubernetes-validations: [{rule: "self >= oldSelf"}]
                    tags:
                      type: array
                      x-kubernetes-list-type: set
                      maxItems: 5
                      items: {type: string, maxLength: 9}
                      x-kubernetes-validations: [{rule: "self == oldSelf"}]
      """;

  @Test
  void a_bound_claim_can_grow() {
    of(StorageRules.CLASS);
    Subject claim = of(StorageRules.CLAIM);
    ObjectKey disk = key("PersistentVolumeClaim", "disk");
    awaitObject(
        disk,
        object ->
            object.manifest().string("status", "phase").equals("Bound")
                && object.manifest().get("status", "capacity") != null);
    claim
        .can("storage: 2Gi", "storage: 3Gi")
        .cannot(
            "storage: 2Gi",
            "storage: 1Gi",
            "spec.resources.requests.storage",
            "field can not be less than status.capacity")
        .cannot("ReadWriteOnce", "ReadOnlyMany", "spec", "spec is immutable after creation except")
        .cannot("storageClassName: $ns", "storageClassName: other", "spec", "spec is immutable");
    assertThat(get(disk).manifest().string("spec", "volumeName")).isNotEmpty();
  }

  @Test
  void a_definition_keeps_its_names_once_they_are_accepted() {
    Subject things = of(DEFINITION);
    awaitObject(
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "things." + namespace() + ".example.com"),
        object -> hasCondition(object, "Established", "True"));
    things
        .cannot("scope: Namespaced", "scope: Cluster", "spec.scope", IMMUTABLE)
        .cannot("kind: Thing,", "kind: Other,", "spec.names.kind", IMMUTABLE)
        .cannot("plural: things", "plural: others", "spec.names.plural", IMMUTABLE)
        .cannot("group: $ns", "group: x.$ns", "spec.group", IMMUTABLE)
        .cannot(
            "- name: v1",
            "- name: v2",
            "status.storedVersions[0]",
            "missing from spec.versions; v1 was previously a storage version")
        .can("shortNames: [th]", "shortNames: [tg]")
        .can("singular: thing,", "singular: stuff,");
  }

  @Test
  void a_custom_resource_keeps_what_its_definition_says() {
    of(DEFINITION);
    ObjectKey definition =
        new ObjectKey(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "things." + namespace() + ".example.com");
    awaitObject(definition, object -> hasCondition(object, "Established", "True"));
    String thing =
        """
        apiVersion: $ns.example.com/v1
        kind: Thing
        metadata: {name: one, namespace: $ns}
        spec: {size: 1, colour: red, tags: [a, b]}
        """;
    await(
        "the kind is served",
        () -> send(new Request.Apply(manifest(thing), "me", true, "", true)).isSuccess());
    of(thing)
        .cannot("size: 1", "size: 2", "spec.size", "failed rule: self == oldSelf")
        .cannot("red", "blue", "spec.colour", "a colour stays")
        .cannot("[a, b]", "[a, c]", "spec.tags", "failed rule: self == oldSelf")
        .can("[a, b]", "[b, a]")
        .can("size: 1, ", "")
        .can("size: 1, ", "size: 1, count: 3, ");
  }

  @Test
  void what_was_to_be_signed_stays_without_a_word() {
    String request =
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: $ns}
        spec: {signerName: example.com/one, usages: [digital signature], request: CSR}
        """
            .replace("CSR", CSR);
    of(request).can("example.com/one", "example.com/two");
    assertThat(
            accepted(force("me", request.replace("example.com/one", "example.com/two")))
                .manifest()
                .string("spec", "signerName"))
        .isEqualTo("example.com/one");
  }

  @Test
  void what_holds_a_namespace_back_stays_without_a_word() {
    String other =
        "{apiVersion: v1, kind: Namespace, metadata: {name: $ns-held}, spec: {finalizers:"
            + " [kubernetes]}}";
    of(other).can("[kubernetes]", "[example.com/hold]");
    assertThat(
            accepted(force("me", other.replace("[kubernetes]", "[example.com/hold]")))
                .manifest()
                .get("spec", "finalizers"))
        .isEqualTo(List.of("kubernetes"));
  }
}

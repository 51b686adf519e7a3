package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.testing.Answers.Cause;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who else has a say: namespaces, quotas, and admission webhooks. */
final class Admission {
  private final World world;

  Admission(World world) {
    this.world = world;
  }

  /** Refuses a namespaced object whose namespace does not exist, or goes. */
  void checkNamespace(ApiResource resource, Manifest object) {
    if (!resource.namespaced()) {
      return;
    }
    String name = object.namespace();
    Manifest namespace = world.namespace(name);
    if (namespace == null) {
      throw Answers.notFound(world.kinds().preferred(Kind.NAMESPACE).resource(), name);
    }
    if (Owners.isTerminating(namespace)) {
      throw Answers.forbidden(
          resource,
          object.name(),
          "unable to create new content in namespace " + name + " because it is being terminated",
          List.of(
              new Cause(
                  "NamespaceTerminating",
                  "metadata.namespace",
                  "namespace " + name + " is being terminated")));
    }
  }

  /** Refuses a custom resource whose definition goes. */
  void checkDefinition(ApiResource resource, Manifest object) {
    for (Manifest definition : world.store().list(Kind.DEFINITION, "")) {
      if (Owners.isTerminating(definition)
          && DefinitionController.groupKind(definition).equals(resource.kind().groupKind())) {
        throw Answers.forbidden(
            resource,
            object.name(),
            "create not allowed while custom resource definition is terminating",
            List.of());
      }
    }
  }

  /** Refuses a new object that a quota does not let in. */
  void checkCreate(ApiResource resource, Manifest object) {
    checkQuotas(resource, object);
  }

  /** Refuses what a webhook has to allow that cannot be reached. */
  void checkWebhooks(ApiResource resource, Manifest object, String operation) {
    if (world.settings().webhooksServe()
        || resource.kind().group().equals("admissionregistration.k8s.io")) {
      return;
    }
    for (var kind : List.of(Kind.MUTATING_WEBHOOKS, Kind.VALIDATING_WEBHOOKS)) {
      for (Manifest configuration : world.store().list(kind, "")) {
        for (Map<String, @Nullable Object> webhook : Tree.objects(configuration, "webhooks")) {
          if (!"Ignore".equals(webhook.get("failurePolicy"))
              && matches(webhook, resource, object, operation)) {
            throw Answers.internal(unreachable(webhook));
          }
        }
      }
    }
  }

  private static String unreachable(Map<String, @Nullable Object> webhook) {
    Object service = Trees.get(webhook, "clientConfig", "service");
    String path = Trees.string(Trees.get(service, "path"));
    String host =
        Trees.string(Trees.get(service, "name"))
            + "."
            + Trees.string(Trees.get(service, "namespace"))
            + ".svc";
    String url =
        service == null
            ? Trees.string(Trees.get(webhook, "clientConfig", "url"))
            : "https://" + host + ":" + Tree.integer(service, 443, "port") + path;
    String name = Trees.string(webhook.get("name"));
    return "failed calling webhook \""
        + name
        + "\": failed to call webhook: Post \""
        + url
        + "?timeout="
        + Tree.integer(webhook, 10, "timeoutSeconds")
        + "s\": no endpoints available for service \""
        + Trees.string(Trees.get(service, "name"))
        + "\"";
  }

  private boolean matches(
      Map<String, @Nullable Object> webhook,
      ApiResource resource,
      Manifest object,
      String operation) {
    boolean ruled =
        Trees.list(webhook.get("rules")).stream()
            .anyMatch(
                rule ->
                    names(rule, "operations", operation)
                        && names(rule, "apiGroups", resource.kind().group())
                        && names(rule, "apiVersions", resource.kind().version())
                        && names(rule, "resources", resource.plural()));
    return ruled
        && Selectors.selects(webhook.get("objectSelector"), object.labels())
        && selectsNamespace(webhook.get("namespaceSelector"), object);
  }

  private boolean selectsNamespace(@Nullable Object selector, Manifest object) {
    Manifest namespace =
        object.kind().equals("Namespace") ? object : world.namespace(object.namespace());
    return namespace == null || Selectors.selects(selector, namespace.labels());
  }

  private static boolean names(@Nullable Object rule, String list, String wanted) {
    List<@Nullable Object> values = Trees.list(Trees.get(rule, list));
    return values.contains("*") || values.contains(wanted) || values.contains("*/*");
  }

  private void checkQuotas(ApiResource resource, Manifest object) {
    for (Manifest quota : world.store().list(Kind.QUOTA, object.namespace())) {
      Map<String, Long> limits = Quotas.limits(quota);
      limits.forEach(
          (name, most) -> {
            long used = Quotas.used(world, name, object.namespace());
            if (Quotas.counts(name, resource) && used + 1 > most) {
              throw Answers.forbidden(
                  resource,
                  object.name(),
                  "exceeded quota: "
                      + quota.name()
                      + ", requested: "
                      + name
                      + "=1, used: "
                      + name
                      + "="
                      + used
                      + ", limited: "
                      + name
                      + "="
                      + most,
                  List.of());
            }
          });
    }
  }
}

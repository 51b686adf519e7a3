package io.sailplan.k8s;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.plan.PatchOperation;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests: finds the path of a kind, and says in HTTP what is wanted. */
final class Api {
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String JSON_PATCH = "application/json-patch+json";

  /** Every server has them; they are no objects that discovery could list. */
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  /** Whatever lines there are, no more than this of them is read. */
  private static final int LOG_BYTES = 1 << 20;

  private final Wire wire;
  private final Discovery discovery;

  Api(Wire wire, Discovery discovery) {
    this.wire = wire;
    this.discovery = discovery;
  }

  Response send(Request request, Calls calls) {
    if (request instanceof Request.Get get) {
      return get(get, calls);
    }
    if (request instanceof Request.ListObjects list) {
      return list(list, calls);
    }
    if (request instanceof Request.Apply apply) {
      return apply(apply, calls);
    }
    if (request instanceof Request.Create create) {
      return create(create, calls);
    }
    if (request instanceof Request.Replace replace) {
      Manifest manifest = replace.manifest();
      return at(
          manifest,
          replace.subresource(),
          path ->
              wire.send(
                  written("PUT", path, HttpCall.JSON, manifest.toJson(), replace.fieldManager()),
                  calls));
    }
    if (request instanceof Request.Patch patch) {
      String body = Json.write(patch.operations().stream().map(PatchOperation::toTree).toList());
      return at(
          patch.key(),
          patch.subresource(),
          path -> wire.send(written("PATCH", path, JSON_PATCH, body, patch.fieldManager()), calls));
    }
    if (request instanceof Request.Delete delete) {
      return at(
          delete.key(),
          "",
          path ->
              wire.send(HttpCall.of("DELETE", path, HttpCall.JSON, deleteOptions(delete)), calls));
    }
    if (request instanceof Request.Review review) {
      return wire.send(
          HttpCall.of("POST", REVIEWS, HttpCall.JSON, review.manifest().toJson()), calls);
    }
    return logs((Request.Logs) request, calls);
  }

  private Response get(Request.Get get, Calls calls) {
    Function<String, Response> send = path -> wire.send(HttpCall.get(path), calls);
    if (get.version().isEmpty()) {
      return at(get.key(), "", send);
    }
    GroupKind kind = get.key().groupKind();
    return at(
        discovery.find(new GroupVersionKind(kind.group(), get.version(), kind.kind())),
        () -> notServed(kind, get.version()),
        get.key(),
        "",
        send);
  }

  private Response list(Request.ListObjects list, Calls calls) {
    Optional<ApiResource> resource = discovery.find(list.groupKind());
    if (resource.isEmpty()) {
      return notServed(list.groupKind(), "");
    }
    Optional<String> wrong =
        list.namespace().isEmpty() ? Optional.empty() : Paths.problem(list.namespace());
    if (wrong.isPresent()) {
      return Refusals.badRequest(wrong.get());
    }
    HttpCall http = HttpCall.get(resource.get().path(Paths.escape(list.namespace()), ""));
    return noted(
        Lists.all(
            Lists.select(http, list.labels(), list.fields()), page -> wire.send(page, calls)));
  }

  private Response apply(Request.Apply apply, Calls calls) {
    Manifest manifest = apply.manifest();
    return at(
        manifest,
        apply.subresource(),
        path -> {
          HttpCall http = written("PATCH", path, APPLY, manifest.toJson(), apply.fieldManager());
          http = apply.force() ? http.query("force", "true") : http;
          return wire.send(apply.dryRun() ? http.query("dryRun", "All") : http, calls);
        });
  }

  private Response create(Request.Create create, Calls calls) {
    Manifest manifest = create.manifest();
    GroupVersionKind kind = manifest.groupVersionKind();
    Optional<ApiResource> resource = discovery.find(kind);
    if (resource.isEmpty()) {
      return notServed(kind.groupKind(), kind.version());
    }
    Optional<String> wrong = Paths.problem(resource.get(), manifest.key());
    if (wrong.isPresent()) {
      return Refusals.badRequest(wrong.get());
    }
    String path = resource.get().path(Paths.escape(manifest.namespace()), "");
    return noted(
        wire.send(
            written("POST", path, HttpCall.JSON, manifest.toJson(), create.fieldManager()), calls));
  }

  private Response logs(Request.Logs logs, Calls calls) {
    Optional<String> wrong = Paths.problem(logs.pod()).or(() -> Paths.problem(logs.namespace()));
    if (wrong.isPresent()) {
      return Refusals.badRequest(wrong.get());
    }
    String path =
        "/api/v1/namespaces/"
            + Paths.escape(logs.namespace())
            + "/pods/"
            + Paths.escape(logs.pod())
            + "/log";
    HttpCall http =
        HttpCall.get(path)
            .header("Accept", "text/plain, application/json")
            .query("container", logs.container())
            .query("tailLines", Integer.toString(logs.lines()))
            .query("limitBytes", Integer.toString(LOG_BYTES));
    return wire.send(logs.previous() ? http.query("previous", "true") : http, calls);
  }

  /** A manifest is written in its own version. */
  private Response at(Manifest manifest, String subresource, Function<String, Response> send) {
    GroupVersionKind kind = manifest.groupVersionKind();
    return at(
        discovery.find(kind),
        () -> notServed(kind.groupKind(), kind.version()),
        manifest.key(),
        subresource,
        send);
  }

  /** An object that only its key names is meant in the preferred version. */
  private Response at(ObjectKey key, String subresource, Function<String, Response> send) {
    return at(
        discovery.find(key.groupKind()),
        () -> notServed(key.groupKind(), ""),
        key,
        subresource,
        send);
  }

  private Response at(
      Optional<ApiResource> resource,
      Supplier<Response> notServed,
      ObjectKey key,
      String subresource,
      Function<String, Response> send) {
    if (resource.isEmpty()) {
      return notServed.get();
    }
    Optional<String> wrong = Paths.problem(resource.get(), key);
    if (wrong.isPresent()) {
      return Refusals.badRequest(wrong.get());
    }
    String path = resource.get().path(Paths.escape(key.namespace()), Paths.escape(key.name()));
    return noted(send.apply(subresource.isEmpty() ? path : path + "/" + subresource));
  }

  private Response notServed(GroupKind kind, String version) {
    return Refusals.unavailable(discovery.unavailable(kind), Refusals.notServed(kind, version));
  }

  private Response noted(Response response) {
    if (Refusals.isUnknownPath(response)) {
      discovery.suspect();
    }
    return response;
  }

  private static HttpCall written(
      String method, String path, String type, String body, String fieldManager) {
    return HttpCall.of(method, path, type, body)
        .query("fieldManager", fieldManager)
        .query("fieldValidation", "Strict");
  }

  private static String deleteOptions(Request.Delete delete) {
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    options.put("apiVersion", "v1");
    options.put("kind", "DeleteOptions");
    options.put("propagationPolicy", delete.propagation().text());
    Map<String, @Nullable Object> preconditions = new LinkedHashMap<>();
    if (!delete.uid().isEmpty()) {
      preconditions.put("uid", delete.uid());
    }
    if (!delete.resourceVersion().isEmpty()) {
      preconditions.put("resourceVersion", delete.resourceVersion());
    }
    if (!preconditions.isEmpty()) {
      options.put("preconditions", preconditions);
    }
    return Json.write(options);
  }
}

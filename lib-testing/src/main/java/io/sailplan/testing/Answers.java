package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.Manifest;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of an API server that refuses something, word by word as Kubernetes 1.36 gives them.
 */
final class Answers {
  private Answers() {}

  /** One field that is wrong: reason, field and message as they stand in {@code details.causes}. */
  record Cause(String reason, String field, String message) {
    static Cause required(String field, String detail) {
      return new Cause(
          "FieldValueRequired", field, "Required value" + (detail.isEmpty() ? "" : ": " + detail));
    }

    static Cause invalid(String field, String value, String detail) {
      return new Cause("FieldValueInvalid", field, "Invalid value: " + value + ": " + detail);
    }

    static Cause forbidden(String field, String detail) {
      return new Cause("FieldValueForbidden", field, "Forbidden: " + detail);
    }

    static Cause notFound(String field, String value) {
      return new Cause("FieldValueNotFound", field, "Not found: " + value);
    }

    static Cause unsupported(String field, String value, String... supported) {
      String all =
          List.of(supported).stream()
              .map(word -> "\"" + word + "\"")
              .collect(Collectors.joining(", "));
      return new Cause(
          "FieldValueNotSupported",
          field,
          "Unsupported value: " + value + ": supported values: " + all);
    }

    Map<String, @Nullable Object> tree() {
      return Tree.of("reason", reason, "message", message, "field", field);
    }
  }

  static Response status(
      int code, String reason, String message, @Nullable Map<String, @Nullable Object> details) {
    return new Response(
        code,
        Manifest.of(
            Tree.of(
                "kind",
                "Status",
                "apiVersion",
                "v1",
                "metadata",
                Map.of(),
                "status",
                "Failure",
                "message",
                message,
                "reason",
                reason.isEmpty() ? null : reason,
                "details",
                details,
                "code",
                code)),
        "",
        null,
        List.of());
  }

  static ApiError notServed() {
    return new ApiError(
        status(404, "NotFound", "the server could not find the requested resource", Map.of()));
  }

  static ApiError notFound(ApiResource resource, String name) {
    return new ApiError(
        status(
            404,
            "NotFound",
            qualified(resource) + " \"" + name + "\" not found",
            details(resource, resource.plural(), name, List.of())));
  }

  static ApiError alreadyExists(ApiResource resource, String name) {
    return new ApiError(
        status(
            409,
            "AlreadyExists",
            qualified(resource) + " \"" + name + "\" already exists",
            details(resource, resource.plural(), name, List.of())));
  }

  static ApiError beingDeleted(ApiResource resource, String name) {
    return new ApiError(
        status(
            409,
            "AlreadyExists",
            "object is being deleted: " + qualified(resource) + " \"" + name + "\" already exists",
            details(resource, resource.plural(), name, List.of())));
  }

  static ApiError modified(ApiResource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static ApiError conflict(ApiResource resource, String name, String why) {
    return new ApiError(
        status(
            409,
            "Conflict",
            "Operation cannot be fulfilled on " + qualified(resource) + " \"" + name + "\": " + why,
            details(resource, resource.plural(), name, List.of())));
  }

  /** A failed precondition of a deletion; its details name the kind, not the plural. */
  static ApiError precondition(ApiResource resource, String name, String why) {
    return new ApiError(
        status(
            409,
            "Conflict",
            "Operation cannot be fulfilled on "
                + qualifiedKind(resource)
                + " \""
                + name
                + "\": "
                + why,
            details(resource, resource.kind().kind(), name, List.of())));
  }

  /** Fields that others own; the details hold nothing but the causes. */
  static ApiError fieldConflicts(List<Cause> causes, String message) {
    return new ApiError(
        status(
            409,
            "Conflict",
            message,
            Tree.of("causes", causes.stream().map(Cause::tree).toList())));
  }

  static ApiError invalid(ApiResource resource, String name, List<Cause> causes) {
    String all =
        causes.stream()
            .map(cause -> cause.field() + ": " + cause.message())
            .collect(
                Collectors.joining(
                    ", ", causes.size() > 1 ? "[" : "", causes.size() > 1 ? "]" : ""));
    return new ApiError(
        status(
            422,
            "Invalid",
            qualifiedKind(resource) + " \"" + name + "\" is invalid: " + all,
            details(resource, resource.kind().kind(), name, causes)));
  }

  static ApiError forbidden(ApiResource resource, String name, String why, List<Cause> causes) {
    return new ApiError(
        status(
            403,
            "Forbidden",
            qualified(resource) + " \"" + name + "\" is forbidden: " + why,
            details(resource, resource.plural(), name, causes)));
  }

  static ApiError badRequest(String message) {
    return new ApiError(status(400, "BadRequest", message, null));
  }

  /** What cannot be typed or decoded: permanent, though it looks like a failure of the server. */
  static ApiError broken(String message) {
    return new ApiError(status(500, "", message, null));
  }

  static ApiError internal(String message) {
    return new ApiError(
        status(
            500,
            "InternalError",
            "Internal error occurred: " + message,
            Tree.of("causes", List.of(Tree.of("message", message)))));
  }

  /** A JSON patch that does not fit; the server does not say where. */
  static ApiError cannotPatch() {
    return new ApiError(
        status(
            422,
            "Invalid",
            "the server rejected our request due to an error in our request",
            Map.of()));
  }

  static Response tooManyRequests(Optional<Duration> retryAfter) {
    return new Response(
        429,
        null,
        "Too many requests, please try again later.\n",
        retryAfter.orElse(null),
        List.of());
  }

  /** Returns {@code deployments.apps}, or {@code secrets} for the core group. */
  static String qualified(ApiResource resource) {
    String group = resource.kind().group();
    return group.isEmpty() ? resource.plural() : resource.plural() + "." + group;
  }

  private static String qualifiedKind(ApiResource resource) {
    return resource.kind().groupKind().toString();
  }

  private static Map<String, @Nullable Object> details(
      ApiResource resource, String kind, String name, List<Cause> causes) {
    List<Object> trees = new ArrayList<>();
    causes.forEach(cause -> trees.add(cause.tree()));
    return Tree.of(
        "name",
        name,
        "group",
        resource.kind().group().isEmpty() ? null : resource.kind().group(),
        "kind",
        kind,
        "causes",
        trees.isEmpty() ? null : trees);
  }
}

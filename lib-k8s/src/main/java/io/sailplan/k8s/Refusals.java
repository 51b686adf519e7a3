package io.sailplan.k8s;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.run.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of the adapter itself, in the server's form, and words for those of the server. */
final class Refusals {
  static final int BAD_REQUEST = 400;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int NOT_ALLOWED = 405;
  static final int GONE = 410;
  static final int UNAVAILABLE = 503;

  /** A proxy may answer with a whole page. */
  private static final int LONGEST = 500;

  private Refusals() {}

  /**
   * Returns what the server says of a path it does not know. A definition may just have been made,
   * and not be served yet.
   */
  static Response notServed(GroupKind kind, String version) {
    return status(
        NOT_FOUND,
        "NotFound",
        "the server could not find the requested resource: it does not serve "
            + (version.isEmpty() ? kind.toString() : kind + " in version " + version));
  }

  /** Returns why nothing is known of an API that the cluster lists and does not serve. */
  static String unavailable(String apiVersion) {
    return "the cluster lists the API "
        + apiVersion
        + ", but the server behind it does not answer (see `kubectl get apiservices`)";
  }

  /** Returns the answer to a request for a kind of an API that is not available. */
  static Response unavailable(Optional<String> reason, Response otherwise) {
    return reason.map(text -> status(UNAVAILABLE, "ServiceUnavailable", text)).orElse(otherwise);
  }

  /**
   * Returns whether it is the server behind an API that does not answer, in the aggregator's words.
   */
  static boolean isUnavailable(Response response) {
    String message = response.message().strip();
    return response.status() == UNAVAILABLE
        && (message.equals("service unavailable")
            || message.startsWith("error trying to reach service"));
  }

  /** Returns the refusal of a request that no server needs to see. */
  static Response badRequest(String message) {
    return status(BAD_REQUEST, "BadRequest", message);
  }

  /** Returns what could not be had, and what the server said about it. */
  static String explain(String what, Response response) {
    String message = response.message().strip();
    message = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
    return "could not read "
        + what
        + ": the API server answered "
        + response.status()
        + (message.isEmpty() ? "" : " (" + message + ")");
  }

  /**
   * Returns whether the path itself is unknown, and not only the object: such an answer names no
   * object.
   */
  static boolean isUnknownPath(Response response) {
    Manifest body = response.body();
    return response.status() == NOT_FOUND
        && (body == null || body.string("details", "name").isEmpty());
  }

  private static Response status(int code, String reason, String message) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("kind", "Status");
    tree.put("apiVersion", "v1");
    tree.put("status", "Failure");
    tree.put("message", message);
    tree.put("reason", reason);
    tree.put("code", (long) code);
    return new Response(code, Manifest.of(tree), "", null, List.of());
  }
}

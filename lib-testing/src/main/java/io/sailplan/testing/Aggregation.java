package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.run.Request;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** APIs that other servers serve: nothing runs here, so none of them ever answers. */
final class Aggregation {
  private static final GroupKind API_SERVICE =
      new GroupKind("apiregistration.k8s.io", "APIService");

  private Aggregation() {}

  /** Returns why the APIs are not served that APIServices name, by API version. */
  static Map<String, String> unavailable(World world) {
    Map<String, String> unavailable = new TreeMap<>();
    for (Manifest service : world.store().list(API_SERVICE, "")) {
      if (service.get("spec", "service") != null) {
        String api = service.string("spec", "group") + "/" + service.string("spec", "version");
        unavailable.put(
            api,
            "the cluster lists the API "
                + api
                + ", but the server behind it does not answer (see `kubectl get apiservices`)");
      }
    }
    return unavailable;
  }

  /** Returns why nothing is known of a kind; empty unless it is one of such an API. */
  static Optional<String> unavailable(World world, GroupKind kind) {
    return world.kinds().serves(kind)
        ? Optional.empty()
        : unavailable(world).entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(kind.group() + "/"))
            .map(Map.Entry::getValue)
            .findFirst();
  }

  /** Refuses requests about kinds of such an API. */
  static void check(World world, Request request) {
    kind(request)
        .flatMap(kind -> unavailable(world, kind))
        .ifPresent(
            reason -> {
              throw new ApiError(Answers.status(503, "ServiceUnavailable", reason, null));
            });
  }

  private static Optional<GroupKind> kind(Request request) {
    if (request instanceof Request.Get get) {
      return Optional.of(get.key().groupKind());
    }
    if (request instanceof Request.ListObjects list) {
      return Optional.of(list.groupKind());
    }
    if (request instanceof Request.Apply apply) {
      return Optional.of(apply.manifest().key().groupKind());
    }
    if (request instanceof Request.Create create) {
      return Optional.of(create.manifest().key().groupKind());
    }
    if (request instanceof Request.Replace replace) {
      return Optional.of(replace.manifest().key().groupKind());
    }
    if (request instanceof Request.Patch patch) {
      return Optional.of(patch.key().groupKind());
    }
    return request instanceof Request.Delete delete
        ? Optional.of(delete.key().groupKind())
        : Optional.empty();
  }
}

package io.sailplan.run;

import io.sailplan.model.ObjectKey;
import io.sailplan.run.Failure.Kind;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Reads the errors of an API server: the only place that knows what they look like. The first rule
 * that holds counts. What is said of a 1.36 server was tried on one; other sources are named.
 */
final class Failures {
  private static final List<Rule> RULES =
      List.of(
          // Priority and fairness, text/plain with Retry-After; eviction that a budget blocks.
          rule(Kind.RETRY, (answer, key) -> answer.status() == 429),
          // An admission webhook that does not serve yet: admission comes before storage. Usually
          // InternalError; a webhook's own refusal is a 4xx.
          rule(
              Kind.RETRY,
              (answer, key) -> answer.status() == 500 && says(answer, "failed calling webhook")),
          // create in a namespace that is being deleted: 403 with a cause
          rule(
              Kind.RETRY,
              (answer, key) -> is(answer, 403) && hasCause(answer, "NamespaceTerminating")),
          // k8s.io/apiserver admission: a namespace or quota that was made a moment ago is not
          // in the plugins' caches yet; a pod whose ServiceAccount the controller has not made yet
          rule(
              Kind.RETRY,
              (answer, key) ->
                  is(answer, 403)
                      && (says(answer, "not yet ready to handle request")
                          || says(answer, "status unknown for quota")
                          || says(answer, "error looking up service account"))),
          // create of a namespace that is being deleted
          rule(
              Kind.RETRY,
              (answer, key) ->
                  is(answer, 409)
                      && answer.reason().equals("AlreadyExists")
                      && says(answer, "object is being deleted")),
          rule(
              Kind.OWNED_BY_OTHERS,
              (answer, key) -> is(answer, 409) && hasCause(answer, "FieldManagerConflict")),
          // a stale resourceVersion, a missing object with a uid, a precondition of a deletion
          rule(Kind.CONFLICT, (answer, key) -> is(answer, 409)),
          // metadata.uid is checked as an immutable field
          rule(
              Kind.ANOTHER_OBJECT,
              (answer, key) ->
                  is(answer, 422)
                      && answer.causes().stream()
                          .anyMatch(cause -> "metadata.uid".equals(cause.get("field")))),
          // any operation of a JSON patch that fails, tests included: no details at all
          rule(
              Kind.PATCH_DOES_NOT_FIT,
              (answer, key) ->
                  is(answer, 422)
                      && answer.causes().isEmpty()
                      && says(answer, "the server rejected our request due to an error in our")),
          // the object's namespace, which may have been made a moment ago
          rule(
              Kind.RETRY,
              (answer, key) ->
                  is(answer, 404)
                      && !key.namespace().isEmpty()
                      && answer.message().startsWith("namespaces \"")),
          // a kind that is not served (yet): text/plain for an unknown group, else a bare Status
          rule(
              Kind.NOT_SERVED,
              (answer, key) ->
                  is(answer, 404)
                      && (says(answer, "page not found")
                          || says(answer, "could not find the requested resource"))),
          rule(Kind.ABSENT, (answer, key) -> is(answer, 404)),
          // typed patch failures, and objects that cannot be decoded: permanent. Errors of etcd
          // come without a reason, too, but are not.
          rule(
              Kind.REFUSED,
              (answer, key) ->
                  is(answer, 500)
                      && answer.body() != null
                      && answer.reason().isEmpty()
                      && !isOfStorage(answer)),
          rule(Kind.REFUSED, (answer, key) -> answer.status() == 501),
          // RFC 9110 §15.5.9: the request may be repeated
          rule(Kind.UNSURE, (answer, key) -> answer.status() == 408 || answer.status() >= 500),
          rule(Kind.REFUSED, (answer, key) -> true));

  private record Rule(Kind kind, BiPredicate<Response, ObjectKey> holds) {}

  private Failures() {}

  /**
   * Returns what an answer that is no success means.
   *
   * @param answer the answer
   * @param key the object that the request was about
   * @param masker takes values of Secrets out of a text
   */
  static Failure of(Response answer, ObjectKey key, UnaryOperator<String> masker) {
    for (Rule rule : RULES) {
      if (rule.holds().test(answer, key)) {
        return new Failure(rule.kind(), Wording.error(answer, key, masker));
      }
    }
    throw new IllegalStateException("the last rule always holds");
  }

  private static Rule rule(Kind kind, BiPredicate<Response, ObjectKey> holds) {
    return new Rule(kind, holds);
  }

  private static boolean is(Response answer, int status) {
    return answer.status() == status;
  }

  private static boolean says(Response answer, String part) {
    return answer.message().contains(part);
  }

  private static boolean hasCause(Response answer, String reason) {
    return answer.causes().stream().anyMatch(cause -> reason.equals(cause.get("reason")));
  }

  private static boolean isOfStorage(Response answer) {
    return says(answer, "etcdserver:")
        || says(answer, "rpc error:")
        || says(answer, "context deadline exceeded")
        || says(answer, "transport is closing");
  }
}

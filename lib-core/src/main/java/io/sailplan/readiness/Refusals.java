package io.sailplan.readiness;

import java.util.List;
import java.util.regex.Pattern;

/** Recognises why the API server refused to make an object, by what it answered. */
final class Refusals {
  private record Refusal(Pattern pattern, String reason, String hint) {}

  private static final List<Refusal> KNOWN =
      List.of(
          known(
              "exceeded quota: ",
              "QuotaExceeded",
              "Ask for less, free what the quota counts, or have the ResourceQuota raised."),
          known(
              "failed quota: .*must specify ",
              "QuotaNeedsRequests",
              "Give each container the requests and limits that the ResourceQuota counts."),
          known(
              "admission webhook \"[^\"]*\" denied the request",
              "DeniedByWebhook",
              "Change the object to what the webhook asks for, or talk to those who run it."),
          known(
              "failed calling webhook ",
              "WebhookUnreachable",
              "The webhook fails closed and nothing answers: look at the workload behind it, and at"
                  + " its failurePolicy."),
          known(
              "violates PodSecurity ",
              "PodSecurity",
              "Change the securityContext as the message asks, or the pod-security labels of the"
                  + " namespace."),
          known(
              "ValidatingAdmissionPolicy '[^']*' with binding",
              "DeniedByPolicy",
              "Change the object to what the policy asks for, or talk to those who own it."),
          known(
              "serviceaccounts? \"[^\"]*\" not found",
              "ServiceAccountMissing",
              "Add the ServiceAccount, or correct serviceAccountName."),
          known(
              "no PriorityClass with name ",
              "PriorityClassMissing",
              "Add the PriorityClass, or correct priorityClassName."),
          known(
              "because it is being terminated",
              "NamespaceTerminating",
              "Wait until the namespace is gone, create it again, and plan again."),
          known(
              "(minimum|maximum) .* usage per ",
              "OutsideLimitRange",
              "Keep requests and limits within the LimitRange of the namespace."));

  private Refusals() {}

  /** Returns what to do about a refusal; empty if it is of no known sort. */
  static String hint(String message) {
    return KNOWN.stream()
        .filter(refusal -> refusal.pattern.matcher(message).find())
        .map(Refusal::hint)
        .findFirst()
        .orElse("");
  }

  /** Returns the sort of a refusal, or {@code otherwise}. */
  static String reason(String message, String otherwise) {
    return KNOWN.stream()
        .filter(refusal -> refusal.pattern.matcher(message).find())
        .map(Refusal::reason)
        .findFirst()
        .orElse(otherwise);
  }

  private static Refusal known(String pattern, String reason, String hint) {
    return new Refusal(Pattern.compile(pattern), reason, hint);
  }
}

package io.sailplan.readiness;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Conditions.Condition;
import io.sailplan.readiness.Verdict.Status;

/** Kinds that others rely on: namespaces, quotas, definitions, aggregated APIs. */
final class ClusterRules {
  private ClusterRules() {}

  static Verdict exists(LiveObject object, ReadinessQuery query) {
    return Verdict.ready("Exists", "it exists");
  }

  static Verdict namespace(LiveObject object, ReadinessQuery query) {
    return switch (object.manifest().string("status", "phase")) {
      case "Active" -> Verdict.ready("NamespaceActive", "it is active");
      case "Terminating" ->
          new Verdict(Status.TERMINATING, "Terminating", "it is being deleted", false);
      default -> Verdict.progressing("NamespacePending", "it is not active yet");
    };
  }

  /** Before the controller has counted, the API server refuses all that the quota limits. */
  static Verdict quota(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    return Trees.object(manifest.get("spec", "hard"))
            .equals(Trees.object(manifest.get("status", "hard")))
        ? Verdict.ready("QuotaCounted", "it is in force")
        : Verdict.progressing("QuotaNotCounted", "what is used has not been counted yet");
  }

  static Verdict secret(LiveObject object, ReadinessQuery query) {
    Manifest manifest = object.manifest();
    boolean waits =
        manifest.string("type").equals("kubernetes.io/service-account-token")
            && manifest.get("data", "token") == null;
    return waits
        ? Verdict.progressing("TokenMissing", "the token of its account has not been filled in yet")
        : exists(object, query);
  }

  /** Metrics often come only with load, so {@code ScalingActive} does not count. */
  static Verdict autoscaler(LiveObject object, ReadinessQuery query) {
    Condition able = Conditions.find(object, "AbleToScale");
    return able != null && able.isFalse()
        ? Verdict.progressing(able.reasonOr("UnableToScale"), able.text())
        : exists(object, query);
  }

  static Verdict definition(LiveObject object, ReadinessQuery query) {
    Condition names = Conditions.find(object, "NamesAccepted");
    if (names != null && names.isFalse()) {
      return Verdict.failed(names.reasonOr("NamesNotAccepted"), names.text());
    }
    Condition established = Conditions.find(object, "Established");
    if (established == null) {
      return Verdict.progressing("NotEstablished", "its kind is not served yet");
    }
    if (established.isTrue()) {
      return Verdict.ready("Established", "its kind is served");
    }
    return established.reason().equals("Installing") || established.reason().isEmpty()
        ? Verdict.progressing("Installing", "its kind is not served yet")
        : Verdict.failed(established.reason(), established.text());
  }

  static Verdict apiService(LiveObject object, ReadinessQuery query) {
    Condition available = Conditions.find(object, "Available");
    if (available == null) {
      return Verdict.progressing("NotAvailable", "nobody has tried to reach it yet");
    }
    return available.isTrue()
        ? Verdict.ready("Available", "it answers")
        : Verdict.progressing(available.reasonOr("NotAvailable"), available.text());
  }
}

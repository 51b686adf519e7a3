package io.sailplan.ownership;

import io.sailplan.model.Trees;
import io.sailplan.ownership.CrossRule.At;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What rules about who may do what, and in which order, demand as a whole. */
final class PolicyRules {
  private static final long HIGHEST_PRIORITY = 1_000_000_000;
  private static final List<String> WITH_STARS = List.of("apiGroups", "apiVersions", "operations");

  private PolicyRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("rbac.v1.PolicyRule", PolicyRules::policy);
    rules.add("rbac.v1.Role", PolicyRules::role);
    rules.add("rbac.v1.Subject", PolicyRules::subject);
    rules.add("rbac.v1.ClusterRoleBinding", PolicyRules::everywhere);
    rules.add("scheduling.v1.PriorityClass", PolicyRules::priority);
    rules.add("apiregistration.v1.APIService", PolicyRules::apiService);
    rules.add("core.v1.NodeSpec", PolicyRules::taints);
    rules.add("admissionregistration.v1.RuleWithOperations", PolicyRules::webhookRule);
    rules.add("admissionregistration.v1.NamedRuleWithOperations", PolicyRules::webhookRule);
    for (String webhook : List.of("MutatingWebhook", "ValidatingWebhook")) {
      rules.add("admissionregistration.v1." + webhook, PolicyRules::webhook);
    }
    rules.add("flowcontrol.v1.ResourcePolicyRule", PolicyRules::resources);
    rules.add("flowcontrol.v1.QueuingConfiguration", PolicyRules::queues);
  }

  private static void policy(At rule) {
    if (rule.list("verbs").isEmpty()) {
      rule.missing("verbs", "Name what is allowed, such as get, list and watch.");
    }
    boolean urls = !rule.list("nonResourceURLs").isEmpty();
    boolean resources =
        !rule.list("apiGroups").isEmpty()
            || !rule.list("resources").isEmpty()
            || !rule.list("resourceNames").isEmpty();
    if (urls && resources) {
      rule.wrong(
          "nonResourceURLs",
          " cannot stand beside resources",
          "Write two rules, one for resources and one for URLs.");
    } else if (!urls && rule.list("apiGroups").isEmpty()) {
      rule.missing("apiGroups", "Name the groups; the core group is \"\".");
    } else if (!urls && rule.list("resources").isEmpty()) {
      rule.missing("resources", "Name the resources, such as pods.");
    }
  }

  private static void role(At role) {
    for (At rule : role.items("rules")) {
      if (!rule.list("nonResourceURLs").isEmpty()) {
        rule.wrong("nonResourceURLs", " cannot be in a Role", "Write a ClusterRole for it.");
      }
    }
  }

  /** Outside of namespaces, an account has to say where it is. */
  private static void everywhere(At binding) {
    for (At subject : binding.items("subjects")) {
      if (subject.text("kind").equals("ServiceAccount") && !subject.has("namespace")) {
        subject.missing("namespace", "Name the namespace of the account.");
      }
    }
  }

  /** Accounts have no group, users and groups have that of RBAC. */
  private static void subject(At subject) {
    String kind = subject.text("kind");
    boolean account = kind.equals("ServiceAccount");
    boolean person = kind.equals("User") || kind.equals("Group");
    if (account && subject.has("apiGroup") && !subject.isOpen("apiGroup")) {
      subject.wrong("apiGroup", " must be empty for a ServiceAccount", "Remove it.");
    }
    if (account && !subject.isOpen("name") && subject.has("name")) {
      if (!NameRules.isSubdomain(subject.text("name"))) {
        subject.wrong("name", " is no name of a ServiceAccount", "Correct the name.");
      }
    }
    if (person
        && subject.has("apiGroup")
        && !subject.isOpen("apiGroup")
        && !subject.text("apiGroup").equals("rbac.authorization.k8s.io")) {
      subject.wrong("apiGroup", " must be rbac.authorization.k8s.io", "Write that, or remove it.");
    }
  }

  private static void priority(At object) {
    boolean system = object.child("metadata").text("name").startsWith("system-");
    if (object.number("value", 0) > HIGHEST_PRIORITY && !system) {
      object.wrong(
          "value",
          " is above " + HIGHEST_PRIORITY + ", which is for the system",
          "Write at most " + HIGHEST_PRIORITY + ".");
    }
  }

  /**
   * The name says what is served; where nobody else serves it, there is no connection to secure.
   */
  private static void apiService(At service) {
    At spec = service.child("spec");
    String name = spec.text("version") + "." + spec.text("group");
    if (!spec.isOpen("version")
        && !spec.isOpen("group")
        && !service.child("metadata").isOpen("name")
        && !service.child("metadata").text("name").equals(name)) {
      service.child("metadata").wrong("name", " must be " + name, "Write that.");
    }
    boolean remote = spec.get("service") != null;
    for (String field : List.of("caBundle", "insecureSkipTLSVerify")) {
      boolean there = spec.has(field) && !Boolean.FALSE.equals(spec.get(field));
      if (there && !remote) {
        spec.wrong(field, " needs a service", "Name the service, or remove it.");
      }
    }
    if (spec.isTrue("insecureSkipTLSVerify") && spec.has("caBundle")) {
      spec.wrong("insecureSkipTLSVerify", " cannot stand beside caBundle", "Keep one of them.");
    }
  }

  private static void taints(At spec) {
    Set<String> seen = new HashSet<>();
    for (At taint : spec.items("taints")) {
      if (!taint.isOpen("key") && !seen.add(taint.text("key") + ":" + taint.text("effect"))) {
        taint.wrong("key", " has another taint of the same effect", "Keep one of them.");
      }
    }
  }

  /** A webhook has to understand a version that the server can speak; each is said once. */
  private static void webhook(At webhook) {
    List<String> versions =
        webhook.list("admissionReviewVersions").stream().map(Trees::string).toList();
    if (!versions.isEmpty() && !versions.contains("v1") && !versions.contains("v1beta1")) {
      webhook.wrong("admissionReviewVersions", " has neither v1 nor v1beta1", "Add v1.");
    } else if (Set.copyOf(versions).size() < versions.size()) {
      webhook.wrong("admissionReviewVersions", " has one twice", "Keep one of them.");
    }
  }

  /** What stands for everything stands alone. */
  private static void webhookRule(At rule) {
    for (String field : WITH_STARS) {
      List<?> values = rule.list(field);
      if (values.size() > 1 && values.contains("*")) {
        rule.wrong(field, " has \"*\" beside others", "Keep \"*\" alone, or leave it out.");
      }
    }
    for (String field : List.of("apiGroups", "apiVersions", "operations", "resources")) {
      if (rule.list(field).isEmpty()) {
        rule.missing(field, "Name some, or write \"*\".");
      }
    }
    List<String> resources = rule.list("resources").stream().map(Trees::string).toList();
    boolean covered =
        resources.size() > 1
            && (resources.contains("*/*")
                || resources.stream().anyMatch(one -> isCovered(one, resources)));
    if (covered) {
      rule.wrong("resources", " has what another of them covers", "Keep the wider one.");
    }
  }

  private static boolean isCovered(String resource, List<String> others) {
    int slash = resource.indexOf('/');
    if (slash < 0) {
      return !resource.equals("*") && others.contains("*");
    }
    String whole = resource.substring(0, slash) + "/*";
    String part = "*" + resource.substring(slash);
    return (!resource.equals(whole) && others.contains(whole))
        || (!resource.equals(part) && others.contains(part));
  }

  private static void resources(At rule) {
    boolean spaces = !rule.list("namespaces").isEmpty();
    if (!Boolean.TRUE.equals(rule.get("clusterScope")) && !rule.isOpen("clusterScope") && !spaces) {
      rule.missing("namespaces", "Name some, write \"*\", or set clusterScope: true.");
    }
    for (String field : List.of("verbs", "apiGroups", "resources")) {
      if (rule.list(field).isEmpty()) {
        rule.missing(field, "Name some, or write \"*\".");
      }
    }
    for (String field : List.of("verbs", "apiGroups", "resources", "namespaces")) {
      List<String> values = rule.list(field).stream().map(Trees::string).toList();
      if (values.size() > 1 && values.contains("*")) {
        rule.wrong(field, " has \"*\" beside others", "Keep \"*\" alone, or leave it out.");
      }
    }
  }

  private static void queues(At queuing) {
    long queues = queuing.number("queues", 64);
    if (queuing.number("handSize", 8) > queues) {
      queuing.wrong("handSize", " is above the number of queues", "Write at most " + queues + ".");
    }
  }
}

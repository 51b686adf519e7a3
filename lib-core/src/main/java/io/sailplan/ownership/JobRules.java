package io.sailplan.ownership;

import io.sailplan.ownership.CrossRule.At;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the fields of Jobs demand of each other. */
final class JobRules {
  private static final List<String> INDEXED =
      List.of("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy");
  private static final long MOST_FAILED = 100_000;
  private static final long MANY = 100_000;
  private static final long MOST_OF_MANY = 10_000;

  private JobRules() {}

  static void addTo(CrossRules.Table rules) {
    rules.add("batch.v1.JobSpec", JobRules::job);
    rules.add("batch.v1.Job", job -> WorkloadRules.matching(job.child("spec")));
    rules.add("batch.v1.PodFailurePolicyOnExitCodesRequirement", JobRules::exitCodes);
  }

  private static void job(At spec) {
    At template = spec.child("template");
    WorkloadRules.template(template);
    WorkloadRules.restarts(template, List.of("Never", "OnFailure"));
    boolean indexed = spec.text("completionMode").equals("Indexed");
    if (indexed) {
      indexed(spec);
    }
    for (String field : INDEXED) {
      if (!indexed && !spec.isOpen("completionMode") && spec.get(field) != null) {
        spec.wrong(field, " needs completionMode Indexed", "Write completionMode: Indexed.");
      }
    }
    if (spec.get("maxFailedIndexes") != null && spec.get("backoffLimitPerIndex") == null) {
      spec.missing("backoffLimitPerIndex", "It is needed beside maxFailedIndexes.");
    }
    String policy = template.child("spec").text("restartPolicy");
    if (spec.get("podFailurePolicy") != null) {
      if (policy.equals("OnFailure")) {
        spec.wrong("podFailurePolicy", " needs restartPolicy Never", "Write restartPolicy: Never.");
      }
      failures(spec, template.child("spec"));
      if (spec.text("podReplacementPolicy").equals("TerminatingOrFailed")) {
        spec.wrong(
            "podReplacementPolicy", " must be Failed beside podFailurePolicy", "Write Failed.");
      }
    }
  }

  private static void indexed(At spec) {
    if (spec.get("completions") == null) {
      if (spec.get("parallelism") != null) { // without both, it is 1
        spec.missing("completions", "Say how many, as completionMode is Indexed.");
      }
      return;
    }
    long completions = spec.number("completions", Long.MAX_VALUE);
    long failed = spec.number("maxFailedIndexes", 0);
    if (failed > Math.min(completions, MOST_FAILED)) {
      spec.wrong("maxFailedIndexes", " is above completions", "Write at most " + completions + ".");
    }
    if (spec.number("parallelism", 0) > MANY) {
      spec.wrong("parallelism", " is above " + MANY, "Write less.");
    }
    if (completions > MANY && spec.get("backoffLimitPerIndex") != null) {
      if (spec.get("maxFailedIndexes") == null) {
        spec.missing("maxFailedIndexes", "It is needed above " + MANY + " completions.");
      }
      for (String field : List.of("maxFailedIndexes", "parallelism")) {
        if (spec.number(field, 0) > MOST_OF_MANY) {
          spec.wrong(field, " is above " + MOST_OF_MANY, "Write less, or fewer completions.");
        }
      }
    }
    for (At rule : spec.child("successPolicy").items("rules")) {
      if (rule.number("succeededCount", 0) > completions) {
        rule.wrong("succeededCount", " is above completions", "Write at most " + completions + ".");
      }
      if (rule.get("succeededCount") == null && rule.get("succeededIndexes") == null) {
        rule.missing("succeededCount", "Write it, or succeededIndexes.");
      }
    }
  }

  private static void failures(At spec, At pod) {
    Set<String> names = new HashSet<>();
    List<At> containers = new ArrayList<>(pod.items("initContainers"));
    containers.addAll(pod.items("containers"));
    containers.forEach(container -> names.add(container.text("name")));
    for (At rule : spec.child("podFailurePolicy").items("rules")) {
      At codes = rule.child("onExitCodes");
      if (codes.has("containerName")
          && !codes.isOpen("containerName")
          && !names.contains(codes.text("containerName"))) {
        codes.wrong("containerName", " is no container of the pod", "Correct the name.");
      }
      if (rule.text("action").equals("FailIndex") && spec.get("backoffLimitPerIndex") == null) {
        rule.wrong("action", " needs backoffLimitPerIndex", "Set it, or choose another action.");
      }
    }
  }

  private static void exitCodes(At demand) {
    List<Long> values =
        demand.list("values").stream()
            .filter(Long.class::isInstance)
            .map(Long.class::cast)
            .toList();
    if (demand.list("values").isEmpty()) {
      demand.missing("values", "Write at least one exit code.");
    } else if (demand.text("operator").equals("In") && values.contains(0L)) {
      demand.wrong("values", " has 0, which is no failure", "Remove it.");
    }
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i) <= values.get(i - 1)) {
        demand.wrong("values", " are not in order, each once", "Write them in rising order.");
        return;
      }
    }
  }
}

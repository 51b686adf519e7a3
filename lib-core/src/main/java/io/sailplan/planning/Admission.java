package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks and admission policies may have a say in a write, as far as their rules and
 * selectors tell. What only an expression decides may match. Those that the plan itself brings
 * count as well: they may be there first.
 */
final class Admission {
  /** The kinds that say who else is asked about a write. */
  static final List<GroupKind> KINDS =
      List.of(
          kind("MutatingAdmissionPolicy"),
          kind("MutatingAdmissionPolicyBinding"),
          kind("MutatingWebhookConfiguration"),
          kind("ValidatingAdmissionPolicy"),
          kind("ValidatingAdmissionPolicyBinding"),
          kind("ValidatingWebhookConfiguration"));

  private final World world;
  private final List<String> unseen = new ArrayList<>();
  private final List<Hook> hooks = new ArrayList<>();

  /** Somebody who may be asked, by the name in a sentence; all of the matches have to apply. */
  private record Hook(String name, List<AdmissionMatch> matches) {}

  Admission(World world) {
    this.world = world;
    for (GroupKind kind : KINDS) {
      world
          .unseen(kind, "")
          .ifPresent(
              why -> unseen.add("whether a " + kind.kind() + " has a say is not known: " + why));
    }
    webhooks("MutatingWebhookConfiguration", "the mutating webhook");
    webhooks("ValidatingWebhookConfiguration", "the validating webhook");
    policies("MutatingAdmissionPolicy", "the mutating admission policy");
    policies("ValidatingAdmissionPolicy", "the validating admission policy");
  }

  /** Returns why others may decide otherwise, parts of sentences. */
  List<String> doubts(Write write) {
    if (KINDS.contains(write.shape().kind().groupKind())) {
      return List.of(); // the server asks nobody about those: else it could not be mended
    }
    List<String> doubts = new ArrayList<>(unseen);
    for (Hook hook : hooks) {
      if (hook.matches().stream().allMatch(match -> match.mayMatch(write, world))) {
        doubts.add(hook.name() + " may change or refuse it");
      }
    }
    return doubts;
  }

  private void webhooks(String kind, String what) {
    for (Manifest configuration : world.all(kind(kind))) {
      for (Object item : Trees.list(configuration.get("webhooks"))) {
        Map<String, @Nullable Object> webhook = Trees.object(item);
        AdmissionMatch match = AdmissionMatch.of(webhook, "rules");
        if (!match.rules().isEmpty()) {
          add(what, configuration.name(), Trees.string(webhook.get("name")), List.of(match));
        }
      }
    }
  }

  /** A policy acts where one of its bindings does; one that only warns or notes decides nothing. */
  private void policies(String kind, String what) {
    for (Manifest policy : world.all(kind(kind))) {
      for (Manifest binding : world.all(kind(kind + "Binding"))) {
        List<@Nullable Object> actions = Trees.list(binding.get("spec", "validationActions"));
        if (binding.string("spec", "policyName").equals(policy.name())
            && (actions.isEmpty() || actions.contains("Deny"))) {
          add(
              what,
              policy.name(),
              binding.name(),
              List.of(
                  match(policy.get("spec", "matchConstraints")),
                  match(binding.get("spec", "matchResources"))));
        }
      }
    }
  }

  private void add(String what, String outer, String inner, List<AdmissionMatch> matches) {
    Hook hook = new Hook(what + " " + outer + "/" + inner, matches);
    if (!hooks.contains(hook)) {
      hooks.add(hook);
    }
  }

  private static AdmissionMatch match(@Nullable Object tree) {
    return AdmissionMatch.of(Trees.object(tree), "resourceRules");
  }

  private static GroupKind kind(String kind) {
    return new GroupKind("admissionregistration.k8s.io", kind);
  }
}

package io.sailplan.plan;

import io.sailplan.model.ApiResource;
import io.sailplan.model.ApiResources;
import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.readiness.Diagnosis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows what each step has to be allowed to do, as a server of 1.36 was seen to ask for it: an
 * apply that makes an object needs {@code patch} and {@code create}, both by name; who writes a
 * Role needs {@code escalate}, who writes a binding {@code bind}, unless he holds himself what he
 * grants.
 */
final class PlanAccess implements StepVisitor<Boolean> {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
  private static final GroupKind POD = new GroupKind("", "Pod");
  private static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");

  private final ApiResources kinds;
  private final Set<String> made = new HashSet<>();
  private final Map<String, Manifest> payloads = new HashMap<>();
  private final List<Access> accesses = new ArrayList<>();

  private PlanAccess(ApiResources kinds) {
    this.kinds = kinds;
  }

  static List<Access> of(Plan plan, ApiResources kinds) {
    PlanAccess access = new PlanAccess(kinds);
    for (Step step : plan.steps()) {
      if (step instanceof Step.Create && step.target().kind().groupKind().equals(NAMESPACE)) {
        access.made.add(step.target().name());
      }
    }
    plan.steps().forEach(step -> step.accept(access));
    return access.accesses;
  }

  @Override
  public Boolean create(Step.Create step) {
    write(step.target(), step.payload(), true);
    help("get", step.target());
    return true;
  }

  @Override
  public Boolean apply(Step.Apply step) {
    write(step.target(), step.payload(), step.precondition() instanceof Precondition.Absent);
    look(step.target(), step.precondition());
    return true;
  }

  @Override
  public Boolean patch(Step.Patch step) {
    need("patch", step.target());
    help("get", step.target());
    return true;
  }

  @Override
  public Boolean delete(Step.Delete step) {
    need("delete", step.target());
    look(step.target(), step.precondition());
    return true;
  }

  /**
   * Watches are shared, by the label of members or by the whole kind, so that no name binds them.
   */
  @Override
  public Boolean awaitReady(Step.AwaitReady step) {
    watch(step.target());
    diagnose(step.target());
    return true;
  }

  @Override
  public Boolean awaitGone(Step.AwaitGone step) {
    watch(step.target());
    return true;
  }

  @Override
  public Boolean unchanged(Step.Unchanged step) {
    return true;
  }

  @Override
  public Boolean gate(Step.Gate step) {
    return true;
  }

  private void write(Target target, Payload payload, boolean make) {
    need("patch", target);
    if (make) {
      need("create", target);
    }
    payloads.put(target.resource(), payload.manifest());
    grants(target, payload.manifest());
    if (payload instanceof Payload.Template template) {
      for (Payload.Source source : template.objects().values()) {
        Target read =
            new Target(source.resource(), source.kind(), source.namespace(), source.name());
        need("get", read);
        watch(read);
      }
    }
  }

  /** Whatever has moved its resourceVersion, what must be unchanged is read and compared. */
  private void look(Target target, Precondition precondition) {
    if (precondition instanceof Precondition.Unchanged) {
      need("get", target);
    } else {
      help("get", target);
    }
  }

  private void grants(Target target, Manifest manifest) {
    if (!target.kind().group().equals(RBAC)) {
      return;
    }
    if (target.kind().kind().endsWith("Role")) {
      if (!Trees.list(manifest.get("rules")).isEmpty() || manifest.get("aggregationRule") != null) {
        need("escalate", target);
      }
    } else if (target.kind().kind().endsWith("RoleBinding")) {
      boolean cluster = manifest.string("roleRef", "kind").equals("ClusterRole");
      accesses.add(
          new Access(
              "bind",
              RBAC,
              cluster ? "clusterroles" : "roles",
              place(target.namespace()),
              manifest.string("roleRef", "name"),
              true));
    }
  }

  private void watch(Target target) {
    for (String verb : List.of("list", "watch")) {
      accesses.add(access(verb, target.kind().groupKind(), target.namespace(), "", true));
    }
    help("get", target);
  }

  /** Failures are explained by pods, their claims and events, and by what containers wrote. */
  private void diagnose(Target target) {
    Manifest manifest = payloads.getOrDefault(target.resource(), Manifest.of(Map.of()));
    Manifest named =
        manifest
            .with(target.kind().apiVersion(), "apiVersion")
            .with(target.kind().kind(), "kind")
            .with(target.name(), "metadata", "name")
            .with(target.namespace(), "metadata", "namespace");
    for (Look look : Diagnosis.needs(LiveObject.of(named))) {
      if (look instanceof Look.AtList list) {
        accesses.add(access("list", list.groupKind(), list.namespace(), "", false));
        if (list.groupKind().equals(POD)) {
          accesses.add(new Access("get", "", "pods/log", place(list.namespace()), "", false));
        }
      } else if (look instanceof Look.AtObject one) {
        accesses.add(
            access("get", one.groupKind(), one.key().namespace(), one.key().name(), false));
      }
    }
    String storageClass = named.string("spec", "storageClassName");
    if (target.kind().groupKind().equals(CLAIM)) {
      accesses.add(new Access("get", "storage.k8s.io", "storageclasses", "", storageClass, false));
    }
  }

  private void need(String verb, Target target) {
    accesses.add(access(verb, target.kind().groupKind(), target.namespace(), target.name(), true));
  }

  private void help(String verb, Target target) {
    accesses.add(access(verb, target.kind().groupKind(), target.namespace(), target.name(), false));
  }

  private Access access(
      String verb, GroupKind kind, String namespace, String name, boolean needed) {
    Optional<ApiResource> resource = kinds.find(kind);
    if (resource.isEmpty()) {
      throw new IllegalStateException(
          "kinds: how " + kind + " is served is not known; say it by Plan.servedAs");
    }
    return new Access(verb, kind.group(), resource.get().plural(), place(namespace), name, needed);
  }

  /** A Role cannot be there before its namespace. */
  private String place(String namespace) {
    return made.contains(namespace) ? "" : namespace;
  }
}

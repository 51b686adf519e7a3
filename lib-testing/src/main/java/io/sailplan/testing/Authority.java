package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.Access;
import io.sailplan.plan.Permissions;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who sends requests, and what he may do: RBAC, as a server of 1.36 was seen to decide and to say
 * it. An apply that makes an object is asked for {@code patch} first, then for {@code create}, both
 * by name; nobody grants what he does not hold, unless he may {@code escalate} or {@code bind}.
 */
final class Authority {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private final World world;
  private final String user;
  private final @Nullable Permissions permissions;

  private Authority(World world, String user, @Nullable Permissions permissions) {
    this.world = world;
    this.user = user;
    this.permissions = permissions;
  }

  /** Returns the authority that may do everything. */
  static Authority unbound(World world) {
    return new Authority(world, "admin", null);
  }

  static Authority of(World world, String user, Permissions permissions) {
    return new Authority(world, user, permissions);
  }

  boolean allows(Access access) {
    return permissions == null || permissions.allow(access);
  }

  /** Returns whether the object may be told of by a watch of its kind in its namespace. */
  boolean mayWatch(ObjectKey key) {
    return permissions == null
        || !world.kinds().serves(key.groupKind())
        || (allows(access("list", resource(key.groupKind()), key.namespace(), ""))
            && allows(access("watch", resource(key.groupKind()), key.namespace(), "")));
  }

  boolean mayGet(ObjectKey key) {
    return permissions == null
        || !world.kinds().serves(key.groupKind())
        || allows(access("get", resource(key.groupKind()), key.namespace(), key.name()));
  }

  /** Returns the refusal; null if the request may go on. */
  @Nullable Response refusal(Request request) {
    if (permissions == null) {
      return null;
    }
    for (Access access : wanted(request)) {
      if (!allows(access)) {
        return forbidden(access);
      }
    }
    Manifest written =
        request instanceof Request.Apply apply
            ? apply.manifest()
            : request instanceof Request.Create create
                ? create.manifest()
                : request instanceof Request.Replace replace ? replace.manifest() : null;
    return written == null ? null : escalation(written);
  }

  private List<Access> wanted(Request request) {
    List<Access> wanted = new ArrayList<>();
    if (request instanceof Request.Get get) {
      add(wanted, "get", get.key(), "");
    } else if (request instanceof Request.ListObjects list) {
      ObjectKey all =
          new ObjectKey(
              list.groupKind().group(),
              list.groupKind().kind(),
              list.namespace(),
              list.fields().getOrDefault("metadata.name", ""));
      add(wanted, "list", all, "");
    } else if (request instanceof Request.Apply apply) {
      ObjectKey key = apply.manifest().key();
      add(wanted, "patch", key, apply.subresource());
      boolean another = !apply.manifest().string("metadata", "uid").isEmpty(); // a conflict
      if (!world.store().has(key) && hasNamespace(key) && !another) {
        add(wanted, "create", key, apply.subresource());
      }
    } else if (request instanceof Request.Create create) {
      ObjectKey key = create.manifest().key(); // its path does not hold the name
      add(wanted, "create", new ObjectKey(key.group(), key.kind(), key.namespace(), ""), "");
    } else if (request instanceof Request.Replace replace) {
      add(wanted, "update", replace.manifest().key(), replace.subresource());
    } else if (request instanceof Request.Patch patch) {
      add(wanted, "patch", patch.key(), patch.subresource());
    } else if (request instanceof Request.Delete delete) {
      add(wanted, "delete", delete.key(), "");
    } else if (request instanceof Request.Logs logs) {
      add(wanted, "get", new ObjectKey("", "Pod", logs.namespace(), logs.pod()), "log");
    }
    return wanted;
  }

  /** A namespace that is missing is said before a right to create in it is. */
  private boolean hasNamespace(ObjectKey key) {
    return key.namespace().isEmpty() || world.namespace(key.namespace()) != null;
  }

  private void add(List<Access> wanted, String verb, ObjectKey key, String subresource) {
    if (world.kinds().serves(key.groupKind())) {
      String plural = resource(key.groupKind()).plural();
      wanted.add(
          new Access(
              verb,
              key.group(),
              subresource.isEmpty() ? plural : plural + "/" + subresource,
              key.namespace(),
              key.name(),
              true));
    }
  }

  private @Nullable Response escalation(Manifest written) {
    GroupKind kind = written.groupVersionKind().groupKind();
    if (!kind.group().equals(RBAC) || !world.kinds().serves(kind)) {
      return null;
    }
    ApiResource resource = resource(kind);
    boolean bypassed;
    List<Access> granted;
    if (kind.kind().endsWith("Binding")) {
      String roleKind = written.string("roleRef", "kind");
      String role = written.string("roleRef", "name");
      boolean inCluster = roleKind.equals("ClusterRole");
      String plural = inCluster ? "clusterroles" : "roles";
      bypassed = allows(new Access("bind", RBAC, plural, written.namespace(), role, true));
      Manifest bound =
          world
              .store()
              .get(new ObjectKey(RBAC, roleKind, inCluster ? "" : written.namespace(), role));
      granted = bound == null ? List.of() : granted(bound, written.namespace());
    } else {
      bypassed = allows(access("escalate", resource, written.namespace(), written.name()));
      granted = granted(written, written.namespace());
    }
    if (bypassed || granted.stream().allMatch(this::allows)) {
      return null;
    }
    return Answers.forbidden(
            resource,
            written.name(),
            "user \"" + user + "\" is attempting to grant RBAC permissions not currently held",
            List.of())
        .response();
  }

  private static List<Access> granted(Manifest role, String namespace) {
    List<Access> granted = new ArrayList<>();
    for (Map<String, @Nullable Object> rule : Tree.objects(role, "rules")) {
      List<@Nullable Object> names = Trees.list(rule.get("resourceNames"));
      for (Object group : Trees.list(rule.get("apiGroups"))) {
        for (Object resource : Trees.list(rule.get("resources"))) {
          for (Object verb : Trees.list(rule.get("verbs"))) {
            for (Object name : names.isEmpty() ? List.of("") : names) {
              granted.add(
                  new Access(
                      Trees.string(verb),
                      Trees.string(group),
                      Trees.string(resource),
                      namespace,
                      Trees.string(name),
                      true));
            }
          }
        }
      }
    }
    return granted;
  }

  private Response forbidden(Access access) {
    String qualified =
        access.resource().split("/")[0] + (access.group().isEmpty() ? "" : "." + access.group());
    boolean inNamespace = !access.namespace().isEmpty();
    return Answers.status(
        403,
        "Forbidden",
        qualified
            + (access.name().isEmpty() ? "" : " \"" + access.name() + "\"")
            + " is forbidden: User \""
            + user
            + "\" cannot "
            + access.verb()
            + " resource \""
            + access.resource()
            + "\" in API group \""
            + access.group()
            + "\" "
            + (inNamespace
                ? "in the namespace \"" + access.namespace() + "\""
                : "at the cluster scope"),
        Tree.of(
            "name",
            access.name().isEmpty() ? null : access.name(),
            "group",
            access.group().isEmpty() ? null : access.group(),
            "kind",
            access.resource().split("/")[0]));
  }

  private ApiResource resource(GroupKind kind) {
    return world.kinds().preferred(kind).resource();
  }

  private static Access access(String verb, ApiResource resource, String namespace, String name) {
    return new Access(verb, resource.kind().group(), resource.plural(), namespace, name, true);
  }
}

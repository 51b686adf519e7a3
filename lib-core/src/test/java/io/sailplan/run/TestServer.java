package io.sailplan.run;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.PatchOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * As much of an API server as a run needs, for objects without keyed lists: preconditions,
 * resourceVersions, owners of fields, finalizers. Its answers have the form of a 1.36 server's.
 */
final class TestServer {
  private final Map<ObjectKey, Manifest> objects = new TreeMap<>();
  private final List<ObjectKey> changed = new ArrayList<>();
  private long version = 100;
  private long uids;
  private String log = "";

  /** The objects that were changed since this was asked last. */
  List<ObjectKey> takeChanged() {
    List<ObjectKey> taken = List.copyOf(changed);
    changed.clear();
    return taken;
  }

  @Nullable LiveObject find(ObjectKey key) {
    Manifest manifest = objects.get(key);
    return manifest == null ? null : LiveObject.of(manifest);
  }

  String version() {
    return Long.toString(version);
  }

  Response handle(Request request) {
    if (request instanceof Request.Apply apply) {
      return apply(apply);
    }
    if (request instanceof Request.Patch patch) {
      return patch(patch);
    }
    if (request instanceof Request.Delete delete) {
      return delete(delete);
    }
    if (request instanceof Request.Get get) {
      Manifest found = objects.get(get.key());
      return found == null ? absent(get.key()) : Response.of(200, found);
    }
    if (request instanceof Request.ListObjects list) {
      return list(list);
    }
    List<String> lines = log.lines().toList();
    int count = ((Request.Logs) request).lines();
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    return new Response(200, null, last, null, List.of());
  }

  /** What all containers have written. */
  void log(String text) {
    log = text;
  }

  private Response list(Request.ListObjects request) {
    List<Object> items = new ArrayList<>();
    for (Manifest object : objects.values()) {
      if (object.key().groupKind().equals(request.groupKind())
          && object.namespace().equals(request.namespace())
          && object.labels().entrySet().containsAll(request.labels().entrySet())
          && request.fields().entrySet().stream()
              .allMatch(field -> object.string(field.getKey()).equals(field.getValue()))) {
        items.add(object.tree());
      }
    }
    return Response.of(
        200, Manifest.of(Map.of("apiVersion", "v1", "kind", "List", "items", items)));
  }

  /** Somebody else, or a controller, writes an object; also one that does not exist yet. */
  void put(Manifest manifest) {
    ObjectKey key = manifest.key();
    Manifest before = objects.get(key);
    String uid = before == null ? nextUid() : before.string("metadata", "uid");
    store(key, manifest.with(uid, "metadata", "uid"), before);
  }

  /** Somebody else deletes an object at once. */
  void remove(ObjectKey key) {
    if (objects.remove(key) != null) {
      version++;
      changed.add(key);
    }
  }

  private Response apply(Request.Apply request) {
    Manifest sent = request.manifest();
    ObjectKey key = sent.key();
    Manifest live = objects.get(key);
    String uid = sent.string("metadata", "uid");
    String wanted = sent.string("metadata", "resourceVersion");
    if (live == null) {
      if (!uid.isEmpty()) {
        return conflict(key, "uid mismatch: the provided object specified uid " + uid);
      }
      Manifest made = merge(sent.without("metadata", "resourceVersion"), null, request);
      return Response.of(201, store(key, made.with(nextUid(), "metadata", "uid"), null));
    }
    if (!request.force()) {
      List<Map<String, Object>> causes = foreign(live, sent, request.fieldManager());
      if (!causes.isEmpty()) {
        return error(409, "Conflict", "Apply failed", Map.of("causes", causes));
      }
    }
    if (!wanted.isEmpty() && !wanted.equals(live.string("metadata", "resourceVersion"))) {
      return conflict(key, "the object has been modified");
    }
    if (!uid.isEmpty() && !uid.equals(live.string("metadata", "uid"))) {
      return error(
          422,
          "Invalid",
          "metadata.uid: Invalid value: \"" + uid + "\": field is immutable",
          Map.of("causes", List.of(Map.of("field", "metadata.uid", "message", "immutable"))));
    }
    return Response.of(200, store(key, merge(sent, live, request), live));
  }

  /** Ownership is kept for the top-level fields of data only: enough to tell writers apart. */
  private static List<Map<String, Object>> foreign(Manifest live, Manifest sent, String manager) {
    List<Map<String, Object>> causes = new ArrayList<>();
    for (Object item : Trees.list(live.get("metadata", "managedFields"))) {
      String other = Trees.string(Trees.get(item, "manager"));
      Map<String, Object> owned = Trees.object(Trees.get(item, "fieldsV1", "f:data"));
      Trees.object(sent.get("data"))
          .forEach(
              (name, value) -> {
                if (!other.equals(manager)
                    && owned.containsKey("f:" + name)
                    && !Objects.equals(value, live.get("data", name))) {
                  causes.add(
                      Map.of(
                          "reason", "FieldManagerConflict",
                          "field", ".data." + name,
                          "message", "conflict with \"" + other + "\" using v1"));
                }
              });
    }
    return causes;
  }

  private Manifest merge(Manifest sent, @Nullable Manifest live, Request.Apply request) {
    Map<String, Object> data =
        new LinkedHashMap<>(live == null ? Map.of() : Trees.object(live.get("data")));
    List<Object> entries = new ArrayList<>();
    if (live != null) {
      for (Object item : Trees.list(live.get("metadata", "managedFields"))) {
        if (request.fieldManager().equals(Trees.get(item, "manager"))) {
          Trees.object(Trees.get(item, "fieldsV1", "f:data"))
              .keySet()
              .forEach(name -> data.remove(name.substring(2)));
        } else {
          entries.add(item);
        }
      }
    }
    data.putAll(Trees.object(sent.get("data")));
    entries.add(
        Map.of(
            "manager",
            request.fieldManager(),
            "operation",
            "Apply",
            "time",
            "2026-01-01T00:00:00Z",
            "fieldsV1",
            fields(sent)));
    Manifest merged = live == null ? sent : live;
    if (merged.kind().equals("Widget")) {
      merged = merged.with("Pending", "status", "phase"); // no write leaves a widget ready
    }
    merged = merged.with(data, "data").with(entries, "metadata", "managedFields");
    return sent.get("metadata", "labels") == null
        ? merged
        : merged.with(sent.get("metadata", "labels"), "metadata", "labels");
  }

  static Map<String, Object> fields(Manifest sent) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<String, Object> labels = new LinkedHashMap<>();
    Trees.object(sent.get("metadata", "labels"))
        .keySet()
        .forEach(name -> labels.put("f:" + name, Map.of()));
    if (!labels.isEmpty()) {
      fields.put("f:metadata", Map.of("f:labels", labels));
    }
    Map<String, Object> data = new LinkedHashMap<>();
    Trees.object(sent.get("data")).keySet().forEach(name -> data.put("f:" + name, Map.of()));
    if (!data.isEmpty()) {
      fields.put("f:data", data);
    }
    return fields;
  }

  private Response patch(Request.Patch request) {
    Manifest live = objects.get(request.key());
    if (live == null) {
      return absent(request.key());
    }
    Manifest patched = live;
    for (PatchOperation operation : request.operations()) {
      String[] fields = fields(operation.pointer());
      boolean fits =
          operation.op().equals("add")
              || (operation.op().equals("test")
                  ? Objects.equals(patched.get(fields), operation.value())
                  : patched.get(fields) != null);
      if (!fits) {
        return error(
            422,
            "Invalid",
            "the server rejected our request due to an error in our request",
            Map.of());
      }
      if (operation.op().equals("remove")) {
        patched = patched.without(fields);
      } else if (!operation.op().equals("test")) {
        patched = patched.with(operation.value(), fields);
      }
    }
    return Response.of(200, store(request.key(), patched, live));
  }

  private static String[] fields(String pointer) {
    String[] fields = pointer.substring(1).split("/", -1);
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].replace("~1", "/").replace("~0", "~");
    }
    return fields;
  }

  private Response delete(Request.Delete request) {
    Manifest live = objects.get(request.key());
    if (live == null) {
      return absent(request.key());
    }
    if (!request.uid().isEmpty() && !request.uid().equals(live.string("metadata", "uid"))) {
      return conflict(request.key(), "the UID in the precondition does not match");
    }
    if (Trees.list(live.get("metadata", "finalizers")).isEmpty()) {
      remove(request.key());
      return Response.of(
          200, Manifest.of(Map.of("apiVersion", "v1", "kind", "Status", "status", "Success")));
    }
    return Response.of(
        200,
        store(
            request.key(),
            live.with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"),
            live));
  }

  private Manifest store(ObjectKey key, Manifest manifest, @Nullable Manifest before) {
    if (before != null
        && manifest
            .without("metadata", "resourceVersion")
            .equals(before.without("metadata", "resourceVersion"))) {
      return before;
    }
    version++;
    Manifest stored = manifest.with(Long.toString(version), "metadata", "resourceVersion");
    if (stored.get("metadata", "creationTimestamp") == null) {
      stored = stored.with("2026-01-01T00:00:00Z", "metadata", "creationTimestamp");
    }
    objects.put(key, stored);
    changed.add(key);
    return stored;
  }

  private String nextUid() {
    uids++;
    return "uid-" + uids;
  }

  static Response absent(ObjectKey key) {
    return error(404, "NotFound", "things \"" + key.name() + "\" not found", Map.of());
  }

  private static Response conflict(ObjectKey key, String message) {
    return error(
        409,
        "Conflict",
        "Operation cannot be fulfilled on \"" + key.name() + "\": " + message,
        Map.of());
  }

  static Response error(int code, String reason, String message, Map<String, ?> details) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("status", "Failure");
    status.put("message", message);
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    status.put("details", details);
    status.put("code", (long) code);
    return Response.of(code, Manifest.of(status));
  }
}

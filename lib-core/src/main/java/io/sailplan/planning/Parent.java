package io.sailplan.planning;

import com.google.common.hash.Hashing;
import io.sailplan.lifecycle.Membership;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import io.sailplan.plan.Target;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parent of an application's ApplySet: the small ConfigMap that says which kinds and namespaces
 * hold members (its index), and which Jobs that remove themselves have succeeded (its record).
 *
 * <p>The index is declared state, by server-side apply. The record is not: it is kept by patches,
 * so that it survives every apply.
 */
record Parent(Membership membership, Optional<LiveObject> live) {
  /**
   * Before the slash: who keeps the ApplySet. KEP-3659 has a tool refuse what another tool keeps.
   */
  static final String TOOL = "sailplan";

  private static final String TOOLING = TOOL + "/v1";
  private static final String DONE = "done.";
  private static final int LONGEST_KEY = 253;

  static Parent of(World world) {
    // One that is going takes its record with it: it is made anew.
    return new Parent(
        world.membership(),
        world
            .snapshot()
            .find(world.membership().parent())
            .filter(parent -> !parent.isTerminating()));
  }

  Target target() {
    ObjectKey key = membership.parent();
    return new Target(
        "ConfigMap/" + key.name(),
        GroupVersionKind.of("v1", "ConfigMap"),
        key.namespace(),
        key.name());
  }

  /**
   * Returns whether the object exists and is not the parent of this application's ApplySet, kept by
   * this tool.
   */
  boolean isForeign() {
    return live.isPresent()
        && !(membership.id().equals(live.get().manifest().labels().get(Membership.ID))
            && tool().equals(TOOL));
  }

  /** Returns who keeps it. */
  String tool() {
    String tooling =
        live.map(object -> object.manifest().annotations().get(Membership.TOOLING)).orElse("");
    int slash = tooling.indexOf('/');
    return slash < 0 ? tooling : tooling.substring(0, slash);
  }

  /** Returns where members may be, as the parent says; the home namespace is always among it. */
  Index index() {
    TreeSet<GroupKind> kinds = new TreeSet<>();
    for (String kind : list(Membership.GROUP_KINDS)) {
      int dot = kind.indexOf('.');
      kinds.add(
          dot < 0
              ? new GroupKind("", kind)
              : new GroupKind(kind.substring(dot + 1), kind.substring(0, dot)));
    }
    TreeSet<String> namespaces = new TreeSet<>(list(Membership.NAMESPACES));
    namespaces.add(membership.namespace());
    return new Index(kinds, namespaces);
  }

  /** Returns the parent as it is declared for members in these places. */
  Manifest declare(Index index) {
    TreeSet<String> kinds = new TreeSet<>();
    index.kinds().forEach(kind -> kinds.add(kind.toString()));
    TreeSet<String> namespaces = new TreeSet<>(index.namespaces());
    namespaces.remove(membership.namespace());
    Map<String, Object> annotations = new LinkedHashMap<>();
    if (!namespaces.isEmpty()) {
      annotations.put(Membership.NAMESPACES, String.join(",", namespaces));
    }
    annotations.put(Membership.GROUP_KINDS, String.join(",", kinds));
    annotations.put(Membership.TOOLING, TOOLING);
    return Manifest.of(Map.of("apiVersion", "v1"))
        .with("ConfigMap", "kind")
        .with(membership.parent().name(), "metadata", "name")
        .with(membership.namespace(), "metadata", "namespace")
        .with(membership.id(), "metadata", "labels", Membership.ID)
        .with(annotations, "metadata", "annotations")
        // Something has to stand in data, or a patch could not add to it.
        .with("1", "data", "schema");
  }

  /** Returns the key under which the success of a run-once object is remembered. */
  static String doneKey(ObjectKey key) {
    String name = DONE + key.namespace() + "." + key.name();
    return name.length() <= LONGEST_KEY ? name : DONE + digest(name);
  }

  /** Returns the digest of the content that has succeeded under this key; empty if none has. */
  String done(String doneKey) {
    return live.map(object -> object.manifest().string("data", doneKey)).orElse("");
  }

  /** Returns all keys of the record, ordered. */
  List<String> doneKeys() {
    Object data = live.map(object -> object.manifest().get("data")).orElse(null);
    return Trees.object(data).keySet().stream()
        .filter(key -> key.startsWith(DONE))
        .sorted()
        .toList();
  }

  /** Returns a digest of what a manifest says, whatever the order of its fields. */
  static String digest(Manifest manifest) {
    return digest(Json.write(sorted(manifest.tree())));
  }

  private static String digest(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      Trees.object(value).forEach((key, item) -> sorted.put(key, sorted(item)));
      return sorted;
    }
    return value instanceof List<?>
        ? Trees.list(value).stream().map(Parent::sorted).toList()
        : value;
  }

  private List<String> list(String annotation) {
    String text = live.map(object -> object.manifest().annotations().get(annotation)).orElse("");
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }
}

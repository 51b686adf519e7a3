package io.sailplan.ownership;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the effect of an apply in an object: the way to learn what became of a request whose
 * answer was lost.
 */
public final class OwnWrite {
  private OwnWrite() {}

  /** Returns whether {@code manager} has ever applied the object and still owns a field of it. */
  public static boolean hasEntry(LiveObject live, String manager) {
    return RecordedFields.ownedBy(live, manager) != null;
  }

  /**
   * Returns whether the last apply by {@code manager} sent exactly {@code payload}, and its values
   * still stand: the manager owns what the payload sets and nothing else, and nothing else than
   * what was sent is there. An unlike object of the same manager, or a like one of somebody else,
   * is not its write.
   *
   * @param live the object as it was observed after the request was sent
   * @param payload what was sent
   * @param manager by whom
   */
  public static boolean isThere(LiveObject live, Manifest payload, String manager) {
    Map<String, @Nullable Object> owned = RecordedFields.ownedBy(live, manager);
    if (owned == null) {
      return false;
    }
    Map<String, @Nullable Object> sent = RecordedFields.recordable(payload.tree());
    if (!owned.containsKey("f:status")) {
      sent.remove("status"); // dropped where a status subresource exists
    }
    return ownsAll(sent, owned)
        && ownsNothingElse(owned, sent)
        && differences(live, payload).isEmpty();
  }

  /**
   * Returns the paths of the fields in which an object differs from what is sent, in their order.
   * What storage leaves out (null, false, 0, empty text) equals what is missing.
   */
  public static List<FieldPath> differences(LiveObject live, Manifest payload) {
    Map<String, FieldPath> paths = new TreeMap<>();
    Map<String, @Nullable Object> sent =
        RecordedFields.inData(RecordedFields.recordable(payload.tree()));
    if (live.manifest().get("status") != null) {
      sent.remove("status");
    }
    compare(FieldPath.root(), sent, live.manifest().tree(), RecordedFields.structure(live), paths);
    return List.copyOf(paths.values());
  }

  private static void compare(
      FieldPath path,
      @Nullable Object sent,
      @Nullable Object live,
      @Nullable Map<String, @Nullable Object> structure,
      Map<String, FieldPath> differences) {
    if (sent instanceof Map<?, ?> && (live == null || live instanceof Map<?, ?>)) {
      if (RecordedFields.isAtomic(live, structure) && !like(sent, live)) {
        differences.put(path.toString(), path);
        return;
      }
      Trees.object(sent)
          .forEach(
              (name, value) ->
                  compare(
                      path.child(name),
                      value,
                      Trees.get(live, name),
                      RecordedFields.below(structure, "f:" + name),
                      differences));
      return;
    }
    Set<String> keyNames = RecordedFields.keyNames(structure);
    if (sent instanceof List<?> && !keyNames.isEmpty()) {
      for (Object item : Trees.list(sent)) {
        Map<String, @Nullable Object> key = RecordedFields.keyOf(item, keyNames);
        Object there = RecordedFields.item(Trees.list(live), key);
        FieldPath at = path.child(new PathElement.Key(present(key)));
        if (there == null) {
          differences.put(at.toString(), at);
        } else {
          compare(at, item, there, RecordedFields.items(structure), differences);
        }
      }
    } else if (sent instanceof List<?> && RecordedFields.isSet(structure)) {
      if (!Trees.list(live).containsAll(Trees.list(sent))) {
        differences.put(path.toString(), path);
      }
    } else if (!like(sent, live)) {
      differences.put(path.toString(), path);
    }
  }

  private static boolean like(@Nullable Object sent, @Nullable Object live) {
    if (sent instanceof Number one && live instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    if (sent instanceof Map<?, ?> && live instanceof Map<?, ?>) {
      Map<String, @Nullable Object> one = Trees.object(sent);
      Map<String, @Nullable Object> other = Trees.object(live);
      return one.entrySet().stream().allMatch(e -> like(e.getValue(), other.get(e.getKey())))
          && other.entrySet().stream()
              .allMatch(e -> one.containsKey(e.getKey()) || isNothing(e.getValue()));
    }
    if (sent instanceof List<?> && live instanceof List<?>) {
      List<@Nullable Object> one = Trees.list(sent);
      List<@Nullable Object> other = Trees.list(live);
      boolean same = one.size() == other.size();
      for (int i = 0; same && i < one.size(); i++) {
        same = like(one.get(i), other.get(i));
      }
      return same;
    }
    return sent == null ? isNothing(live) : sent.equals(live) || (live == null && isNothing(sent));
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || value.equals("")
        || value.equals(false)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private static boolean ownsAll(@Nullable Object sent, Map<String, @Nullable Object> owned) {
    if (sent instanceof Map<?, ?>) {
      for (Map.Entry<String, @Nullable Object> field : Trees.object(sent).entrySet()) {
        Map<String, @Nullable Object> node = RecordedFields.below(owned, "f:" + field.getKey());
        if (node == null ? !isNothing(field.getValue()) : !ownsValue(field.getValue(), node)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean ownsValue(@Nullable Object sent, Map<String, @Nullable Object> node) {
    if (node.isEmpty() || !(sent instanceof List<?>)) {
      return node.isEmpty() || ownsAll(sent, node);
    }
    for (Object item : Trees.list(sent)) {
      if (!ownsItem(item, node)) {
        return false;
      }
    }
    return true;
  }

  private static boolean ownsItem(@Nullable Object item, Map<String, @Nullable Object> node) {
    for (Map.Entry<String, @Nullable Object> element : node.entrySet()) {
      String rest = element.getKey().length() > 2 ? element.getKey().substring(2) : "";
      if (element.getKey().startsWith("k:") && fits(item, Json.readObject(rest))) {
        return ownsAll(item, Trees.object(element.getValue()));
      }
      if (element.getKey().startsWith("v:") && like(item, Json.read(rest))) {
        return true;
      }
    }
    return false;
  }

  private static boolean ownsNothingElse(
      Map<String, @Nullable Object> owned, @Nullable Object sent) {
    for (Map.Entry<String, @Nullable Object> element : owned.entrySet()) {
      String rest = element.getKey().length() > 2 ? element.getKey().substring(2) : "";
      Map<String, @Nullable Object> below = Trees.object(element.getValue());
      boolean known;
      switch (element.getKey().charAt(0)) {
        case 'f':
          known =
              Trees.object(sent).containsKey(rest)
                  && ownsNothingElse(below, Trees.object(sent).get(rest));
          break;
        case 'k':
          Map<String, @Nullable Object> key = Json.readObject(rest);
          known =
              Trees.list(sent).stream()
                  .anyMatch(item -> fits(item, key) && ownsNothingElse(below, item));
          break;
        case 'v':
          Object value = Json.read(rest);
          known = Trees.list(sent).stream().anyMatch(item -> like(item, value));
          break;
        default:
          known = true;
      }
      if (!known) {
        return false;
      }
    }
    return true;
  }

  /** A key that is not written has the server's default: it fits any. */
  private static boolean fits(@Nullable Object item, Map<String, @Nullable Object> key) {
    Map<String, @Nullable Object> fields = Trees.object(item);
    return key.entrySet().stream()
        .allMatch(
            entry ->
                !fields.containsKey(entry.getKey())
                    || like(fields.get(entry.getKey()), entry.getValue()));
  }

  private static Map<String, Object> present(Map<String, @Nullable Object> key) {
    Map<String, Object> present = new LinkedHashMap<>();
    new ArrayList<>(key.entrySet())
        .forEach(
            entry -> {
              Object value = entry.getValue();
              if (value != null) {
                present.put(entry.getKey(), value);
              }
            });
    return present;
  }
}

package io.sailplan.ownership;

import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What pods tolerate beside what they say themselves. */
final class Tolerations {
  private static final List<String> CONDITIONS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private Tolerations() {}

  /** Nodes that fail keep their pods for five minutes, unless the pod says otherwise. */
  static void complete(Map<String, @Nullable Object> spec) {
    List<@Nullable Object> all = new ArrayList<>(Trees.list(spec.get("tolerations")));
    for (String key : CONDITIONS) {
      if (all.stream().noneMatch(toleration -> isAbout(key, Trees.object(toleration)))) {
        Map<String, @Nullable Object> toleration = new LinkedHashMap<>();
        toleration.put("key", key);
        toleration.put("operator", "Exists");
        toleration.put("effect", "NoExecute");
        toleration.put("tolerationSeconds", 300L);
        all.add(toleration);
      }
    }
    spec.put("tolerations", all);
  }

  private static boolean isAbout(String key, Map<String, @Nullable Object> toleration) {
    String effect = Trees.string(toleration.get("effect"));
    String own = Trees.string(toleration.get("key"));
    return (effect.isEmpty() || effect.equals("NoExecute"))
        && (own.equals(key) || (own.isEmpty() && "Exists".equals(toleration.get("operator"))));
  }

  /** Both lists, without what another item says already. */
  static List<@Nullable Object> merged(
      List<@Nullable Object> first, List<@Nullable Object> second) {
    List<@Nullable Object> all = new ArrayList<>(first);
    all.addAll(second);
    List<@Nullable Object> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Object one = all.get(i);
      boolean said = merged.stream().anyMatch(other -> covers(other, one));
      for (Object later : all.subList(i + 1, all.size())) {
        said |= !Objects.equals(one, later) && covers(later, one);
      }
      if (!said) {
        merged.add(one);
      }
    }
    return merged;
  }

  private static boolean covers(@Nullable Object wide, @Nullable Object narrow) {
    if (Objects.equals(wide, narrow)) {
      return true;
    }
    boolean exists = "Exists".equals(Trees.get(wide, "operator"));
    String key = text(wide, "key");
    String effect = text(wide, "effect");
    if (!key.equals(text(narrow, "key")) && !(key.isEmpty() && exists)) {
      return false;
    }
    if (!effect.isEmpty() && !effect.equals(text(narrow, "effect"))) {
      return false;
    }
    if (effect.equals("NoExecute") && Trees.get(wide, "tolerationSeconds") instanceof Long limit) {
      Object seconds = Trees.get(narrow, "tolerationSeconds");
      if (!(seconds instanceof Long own) || own > limit) {
        return false;
      }
    }
    return exists
        || (text(narrow, "operator").equals("Equal")
            && text(wide, "value").equals(text(narrow, "value")));
  }

  private static String text(@Nullable Object toleration, String field) {
    return Trees.string(Trees.get(toleration, field));
  }
}

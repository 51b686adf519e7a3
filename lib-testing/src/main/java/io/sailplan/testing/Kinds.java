package io.sailplan.testing;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds that the cluster serves: the built-in ones in their stable versions, and custom ones.
 */
final class Kinds {
  /** What a server with its standard flags does not serve. */
  private static final Pattern UNSTABLE = Pattern.compile("v[0-9]+(alpha|beta)[0-9]+");

  private static final Pattern VERSION = Pattern.compile("v([0-9]+)(?:(alpha|beta)([0-9]+))?");

  private final Map<ObjectKey, Manifest> definitions = new TreeMap<>();
  private Map<GroupKind, List<KindShape>> byKind = new LinkedHashMap<>();

  Kinds() {
    rebuild();
  }

  /** Returns the kind in its preferred version; refuses if the cluster does not serve it. */
  KindShape preferred(GroupKind kind) {
    List<KindShape> versions = byKind.get(kind);
    if (versions == null) {
      throw Answers.notServed();
    }
    return versions.get(0);
  }

  /** Returns the kind in just this version; refuses if the cluster does not serve it. */
  KindShape exactly(GroupVersionKind kind) {
    for (KindShape version : byKind.getOrDefault(kind.groupKind(), List.of())) {
      if (version.kind().equals(kind)) {
        return version;
      }
    }
    throw Answers.notServed();
  }

  boolean serves(GroupKind kind) {
    return byKind.containsKey(kind);
  }

  /** Returns everything that is served, preferred versions first. */
  List<ApiResource> served() {
    List<ApiResource> all = new ArrayList<>();
    byKind.values().forEach(versions -> versions.forEach(kind -> all.add(kind.resource())));
    return all;
  }

  /** Returns every kind in its preferred version. */
  List<KindShape> all() {
    return byKind.values().stream().map(versions -> versions.get(0)).toList();
  }

  void define(Manifest definition) {
    definitions.put(definition.key(), definition);
    rebuild();
  }

  void forget(ObjectKey definition) {
    if (definitions.remove(definition) != null) {
      rebuild();
    }
  }

  private void rebuild() {
    Map<GroupKind, List<KindShape>> all = new LinkedHashMap<>();
    for (KindShape kind :
        ShapeCatalog.builtIn().withCustomResources(definitions.values()).kinds()) {
      if (kind.custom() || !UNSTABLE.matcher(kind.kind().version()).matches()) {
        all.computeIfAbsent(kind.kind().groupKind(), k -> new ArrayList<>()).add(kind);
      }
    }
    all.values().forEach(versions -> versions.sort(Comparator.comparing(kind -> rank(kind))));
    byKind = all;
  }

  /** Orders as discovery does: stable before beta before alpha, newer before older. */
  private static String rank(KindShape kind) {
    Matcher version = VERSION.matcher(kind.kind().version());
    if (!version.matches()) {
      return "9" + kind.kind().version();
    }
    String level = version.group(2);
    int minor = version.group(3) == null ? 0 : Integer.parseInt(version.group(3));
    return (level == null ? "0" : level.equals("beta") ? "1" : "2")
        + String.format(java.util.Locale.ROOT, "%04d", 9999 - Integer.parseInt(version.group(1)))
        + String.format(java.util.Locale.ROOT, "%04d", 9999 - minor);
  }
}

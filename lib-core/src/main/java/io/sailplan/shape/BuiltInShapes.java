package io.sailplan.shape;

import io.sailplan.model.GroupKind;
import io.sailplan.model.GroupVersionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds that ship with Kubernetes; read once, when first needed. */
final class BuiltInShapes {
  private BuiltInShapes() {}

  /** Initialised by the class loader, so by one thread only. */
  private static final class Holder {
    static final ShapeText TEXT =
        new ShapeText(Resources.lines("shapes.txt"), values("defaults.txt"), values("rules.txt"));
    static final Map<GroupVersionKind, KindShape> KINDS = kinds();
    static final Map<String, String> DOCUMENTS = documents();

    private static Map<GroupVersionKind, KindShape> kinds() {
      Map<GroupKind, KindShape.Generation> generations = generations();
      Map<GroupVersionKind, KindShape> kinds = new LinkedHashMap<>();
      TEXT.kinds()
          .forEach(
              (resource, shape) ->
                  kinds.put(
                      resource.kind(),
                      new KindShape(
                          resource,
                          shape.get(),
                          false,
                          generations.getOrDefault(
                              resource.kind().groupKind(), KindShape.Generation.NONE),
                          Set.of())));
      return Collections.unmodifiableMap(kinds);
    }
  }

  static Map<GroupVersionKind, KindShape> kinds() {
    return Holder.KINDS;
  }

  /** The hashes of the documents in which the API server publishes these kinds, by API version. */
  static Map<String, String> hashes() {
    return Holder.DOCUMENTS;
  }

  private static Map<String, String> documents() {
    Map<String, String> all = new HashMap<>();
    for (String line : Resources.lines("documents.txt")) {
      int space = line.indexOf(' ');
      all.put(line.substring(0, space), line.substring(space + 1));
    }
    return all;
  }

  static String hash() {
    return Holder.TEXT.hash();
  }

  /** The structure of {@code metadata}, and of other types that custom resources share. */
  static Shape named(String name) {
    return Holder.TEXT.named(name);
  }

  private static Map<GroupKind, KindShape.Generation> generations() {
    Map<GroupKind, KindShape.Generation> all = new HashMap<>();
    for (String line : Resources.lines("generations.txt")) {
      String[] words = line.split(" ");
      List<String> fields = new ArrayList<>(List.of(words).subList(3, words.length));
      boolean strict = fields.remove("strict");
      all.put(
          new GroupKind(words[0].equals("core") ? "" : words[0], words[1]),
          new KindShape.Generation(Integer.parseInt(words[2]), fields, strict));
    }
    return all;
  }

  /** What a resource says after the first word of each line. */
  private static Map<String, String> values(String resource) {
    Map<String, String> all = new HashMap<>();
    for (String line : Resources.lines(resource)) {
      int space = line.indexOf(' ');
      all.put(line.substring(0, space), line.substring(space + 1));
    }
    return all;
  }
}

package io.sailplan.testing;

import io.sailplan.model.Application;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A random application of which a random part is not declared any more in its second version, and
 * what should become of that part: said by other means than those of the planner.
 */
final class RandomRemoval {
  private final Random random;
  private final Set<ObjectKey> removed = new TreeSet<>();
  private final Map<ObjectKey, String> marks = new TreeMap<>();
  private final Application before;
  private final Application after;

  RandomRemoval(long seed, int most) {
    this.random = Seeds.random(seed, "removal");
    RandomApplication application = new RandomApplication(seed, most, true);
    Application first = application.version(1);
    Application second = application.version(2);
    draw(first, second);
    this.before = Application.of("random", first.resources().stream().map(this::marked).toList());
    this.after = Application.of("random", rest(second));
  }

  private void draw(Application first, Application second) {
    int percent = 10 + random.nextInt(80);
    for (Resource resource : first.resources()) {
      if (random.nextInt(100) < percent) {
        removed.add(resource.manifest().key());
      }
    }
    for (Resource resource : second.resources()) {
      Manifest manifest = resource.manifest();
      // With a namespace goes what is in it; what a Job that stays reads cannot be taken from it.
      if (removed.contains(namespace(manifest)) && isIn(first, manifest.key())) {
        removed.add(manifest.key());
      } else if (removed.contains(namespace(manifest))) {
        removed.remove(namespace(manifest));
      }
    }
    for (Resource resource : second.resources()) {
      Manifest manifest = resource.manifest();
      if (!removed.contains(manifest.key())) {
        removed.remove(namespace(manifest));
        if (manifest.kind().equals("Job")) {
          removed.removeAll(config(manifest));
        }
      }
    }
    for (ObjectKey key : removed) {
      if (!key.kind().equals("Job") && random.nextInt(4) == 0) {
        marks.put(key, random.nextBoolean() ? "keep" : "orphan");
      }
    }
  }

  /** Returns what is deployed first. */
  Application before() {
    return before;
  }

  /** Returns what is deployed then. */
  Application after() {
    return after;
  }

  /** Returns what must be there in the end although it is not declared any more. */
  Set<ObjectKey> stays() {
    Set<ObjectKey> stays = new TreeSet<>(marks.keySet());
    for (Resource resource : before.resources()) {
      if (marks.containsKey(resource.manifest().key())) {
        stays.addAll(config(resource.manifest()));
        stays.add(namespace(resource.manifest()));
      }
    }
    stays.retainAll(removed);
    return stays;
  }

  /** Returns what must not be there in the end. */
  Set<ObjectKey> goes() {
    Set<ObjectKey> goes = new TreeSet<>(removed);
    goes.removeAll(stays());
    return goes;
  }

  /** Returns what stays without belonging to the application: nobody that is kept needs it. */
  Set<ObjectKey> detached() {
    Set<ObjectKey> detached = new TreeSet<>();
    marks.forEach(
        (key, mark) -> {
          if (mark.equals("orphan")) {
            detached.add(key);
          }
        });
    return detached;
  }

  /** Returns the ConfigMaps and Secrets that the containers of an object read. */
  static Set<ObjectKey> config(Manifest manifest) {
    Set<ObjectKey> keys = new TreeSet<>();
    String[] pods =
        manifest.kind().equals("Pod")
            ? new String[] {"spec", "containers"}
            : new String[] {"spec", "template", "spec", "containers"};
    for (Map<String, ?> container : Tree.objects(manifest, pods)) {
      for (Object source : Trees.list(container.get("envFrom"))) {
        add(keys, manifest, source, "configMapRef", "ConfigMap");
        add(keys, manifest, source, "secretRef", "Secret");
      }
    }
    return keys;
  }

  private static void add(
      Set<ObjectKey> keys, Manifest manifest, Object source, String field, String kind) {
    String name = Trees.string(Trees.get(source, field, "name"));
    if (!name.isEmpty()) {
      keys.add(new ObjectKey("", kind, manifest.namespace(), name));
    }
  }

  private static boolean isIn(Application application, ObjectKey key) {
    return application.resources().stream().anyMatch(r -> r.manifest().key().equals(key));
  }

  private static ObjectKey namespace(Manifest manifest) {
    return new ObjectKey("", "Namespace", "", manifest.namespace());
  }

  private Resource marked(Resource resource) {
    String mark = marks.get(resource.manifest().key());
    if (mark == null) {
      return resource;
    }
    String key = mark.equals("keep") ? "helm.sh/resource-policy" : "kapp.k14s.io/delete-strategy";
    return resource.withManifest(resource.manifest().with(mark, "metadata", "annotations", key));
  }

  /** What is left does without what is not: another kind of the same name stands in for some. */
  private List<Resource> rest(Application second) {
    List<Resource> rest = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    for (Resource resource : second.resources()) {
      if (!removed.contains(resource.manifest().key())) {
        ids.add(resource.id());
      }
    }
    for (Resource resource : second.resources()) {
      Manifest manifest = resource.manifest();
      if (ids.contains(resource.id())) {
        Resource left =
            new Resource(resource.id(), without(manifest), List.of(), null, resource.source());
        rest.add(
            left.after(resource.dependsOn().stream().filter(ids::contains).toArray(String[]::new)));
      } else if (manifest.kind().equals("ConfigMap") && !removed.contains(namespace(manifest))) {
        rest.add(Resource.of(manifest.with("Secret", "kind").without("data")));
      }
    }
    return rest;
  }

  private Manifest without(Manifest manifest) {
    if (config(manifest).stream().noneMatch(removed::contains)) {
      return manifest;
    }
    Map<String, Object> container =
        new TreeMap<>(Tree.objects(manifest, "spec", "template", "spec", "containers").get(0));
    container.remove("envFrom");
    return manifest.with(List.of(container), "spec", "template", "spec", "containers");
  }
}

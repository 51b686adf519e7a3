package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Json;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.ownership.ManagedFields;
import io.sailplan.run.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** What sentences are written with that hold row by row of a table, in one namespace. */
abstract class RowFixture extends ContractFixture {
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]*)\\]");

  /** Returns one case for each row; a row may use the name {@code row-<its index>}. */
  final <T> Stream<DynamicTest> rows(
      Collection<T> rows, Function<T, String> name, RowCheck<T> check) {
    List<T> all = List.copyOf(rows);
    return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
        .map(
            i ->
                DynamicTest.dynamicTest(
                    name.apply(all.get(i)), () -> check.holds(all.get(i), "row-" + i)));
  }

  /** A check of a row, given a name for its object. */
  interface RowCheck<T> {
    void holds(T row, String name);
  }

  /** Cases in the order in which they were added. */
  static final class Cases {
    private final Map<String, Consumer<String>> all = new LinkedHashMap<>();

    /** Adds a case; it is given a name for its object. */
    Cases add(String name, Consumer<String> check) {
      assertThat(all.put(name, check)).describedAs("two cases are called %s", name).isNull();
      return this;
    }
  }

  final Stream<DynamicTest> cases(Cases cases) {
    return rows(
        cases.all.entrySet(), Map.Entry::getKey, (entry, name) -> entry.getValue().accept(name));
  }

  /** Returns the object as it is now. */
  final LiveObject now(LiveObject object) {
    return get(object.key());
  }

  /**
   * Returns how many of {@code times} applies of the same wrote something. Controllers may write
   * meanwhile: an apply during which the status changes is repeated.
   */
  final int writes(String manager, Manifest manifest, boolean force, int times) {
    Request.Apply apply = Request.Apply.of(manifest, manager);
    int writes = 0;
    for (int i = 0; i < times; i++) {
      LiveObject before;
      LiveObject after;
      do {
        before = get(manifest.key());
        after = accepted(send(force ? apply.forced() : apply));
      } while (!observed(before).equals(observed(after)));
      writes += after.resourceVersion().equals(before.resourceVersion()) ? 0 : 1;
    }
    return writes;
  }

  /** What controllers write. */
  private static List<@Nullable Object> observed(LiveObject object) {
    List<@Nullable Object> observed = new ArrayList<>();
    observed.add(object.manifest().get("status"));
    observed.add(object.manifest().get("metadata", "annotations"));
    ManagedFields.of(object.manifest()).entries().stream()
        .filter(entry -> !entry.subresource().isEmpty())
        .forEach(observed::add);
    return observed;
  }

  /** Returns what a manager owns by apply, as paths in the words of the server. */
  static List<String> owned(LiveObject object, String manager) {
    return ManagedFields.of(object.manifest())
        .applier(manager, "")
        .map(entry -> entry.fields().stream().map(FieldPath::toString).toList())
        .orElse(List.of());
  }

  /** Returns the value at a path such as {@code .spec.ports[port=80,protocol="TCP"].name}. */
  static String value(Manifest object, String path) {
    return path(path).find(object.tree()).map(RowFixture::sorted).map(Json::write).orElse("");
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, child) -> sorted.put(String.valueOf(key), sorted(child)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(RowFixture::sorted).toList() : value;
  }

  static FieldPath path(String text) {
    FieldPath path = FieldPath.root();
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      path = step.group(1) != null ? path.child(step.group(1)) : path.child(key(step.group(2)));
    }
    return path;
  }

  private static PathElement key(String text) {
    if (text.startsWith("=")) {
      return new PathElement.Value(Json.read(text.substring(1)));
    }
    if (text.matches("[0-9]+")) {
      return new PathElement.Index(Integer.parseInt(text));
    }
    Map<String, Object> key = new LinkedHashMap<>();
    for (String pair : text.split(",")) {
      int equals = pair.indexOf('=');
      key.put(pair.substring(0, equals), Json.read(pair.substring(equals + 1)));
    }
    return new PathElement.Key(key);
  }
}

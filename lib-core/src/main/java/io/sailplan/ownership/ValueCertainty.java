package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeType;
import io.sailplan.shape.ValueRule;
import io.sailplan.shape.ValueRule.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which of the values that a write sets may be refused, although no rule refuses them: those of
 * which no rule says that they are taken.
 */
public final class ValueCertainty {
  /** The fields to which expressions beside them may refer, by the type that has them. */
  private static final Map<String, List<String>> REFERRED =
      Map.of(
          "admissionregistration.v1.MutatingAdmissionPolicySpec",
          List.of("paramKind", "variables"),
          "admissionregistration.v1.ValidatingAdmissionPolicySpec",
          List.of("paramKind", "variables"));

  private static final Pattern VARIABLE = Pattern.compile("variables[.]([A-Za-z_][A-Za-z0-9_]*)");

  private static final String SCHEMA = "apiextensions.v1.JSONSchemaProps";

  private static final int MOST_NAMED = 3;

  private final KindShape kind;
  private final Set<String> places = new TreeSet<>();
  private final Map<String, String> variables = new HashMap<>();

  private ValueCertainty(KindShape kind) {
    this.kind = kind;
  }

  /**
   * Returns what is not known to be taken, as an assumption about the whole object: what is refused
   * is refused whole.
   *
   * @param before the object as it is stored; null if there is none
   * @param after the object as it would be stored
   * @param kind the structure of both
   */
  public static List<Assumption> doubts(@Nullable Manifest before, Manifest after, KindShape kind) {
    ValueCertainty certainty = new ValueCertainty(kind);
    certainty.object(before == null ? Map.of() : before.tree(), after.tree());
    if (certainty.places.isEmpty()) {
      return List.of();
    }
    String named =
        String.join(", ", certainty.places.stream().limit(MOST_NAMED).toList())
            + (certainty.places.size() > MOST_NAMED ? ", …" : "");
    return List.of(Assumption.ofAll("whether the server takes " + named + " is known to it alone"));
  }

  private void object(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Set<String> names = new TreeSet<>(after.keySet());
    names.addAll(before.keySet());
    for (String name : names) {
      boolean settled =
          name.equals("apiVersion")
              || name.equals("kind")
              || name.equals("metadata") // its rules are known
              || (name.equals("status") && kind.status());
      if (!settled) {
        field(before.get(name), after.get(name), Values.child(kind.shape(), name), "." + name);
      }
    }
    own(before, after, kind.shape(), "");
  }

  private void field(@Nullable Object before, @Nullable Object after, Shape shape, String path) {
    if (after == null || shape.name().equals("meta.v1.ObjectMeta") || Values.equal(before, after)) {
      return;
    }
    if (shape.name().equals(SCHEMA) && CertainSchema.isTaken(after)) {
      return;
    }
    own(before, after, shape, path);
    if (Values.isAny(shape)) {
      return;
    }
    if (after instanceof Map && shape.type() == ShapeType.OBJECT) {
      List<String> referred = REFERRED.getOrDefault(shape.name(), List.of());
      for (Object variable : Values.list(Values.map(after).get("variables"))) {
        variables.put(
            Trees.string(Trees.get(variable, "name")),
            Trees.string(Trees.get(variable, "expression")));
      }
      boolean all =
          referred.stream()
              .anyMatch(
                  name -> !Values.equal(Values.map(before).get(name), Values.map(after).get(name)));
      fields(all ? Map.of() : Values.map(before), Values.map(after), shape, path);
    } else if (after instanceof List && shape.type() == ShapeType.LIST) {
      items(Values.list(before), Values.list(after), shape, path);
    }
  }

  private void fields(
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      Shape shape,
      String path) {
    ValueRule keys = shape.keyRule();
    after.forEach(
        (name, value) -> {
          if (!before.containsKey(name)
              && shape.field(name) == null
              && shape.values().isPresent()) {
            boolean known = kind.custom() || (keys != null && keys.judge(name) == Verdict.TAKEN);
            if (!known) {
              places.add(path);
            }
          }
          field(before.get(name), value, Values.child(shape, name), PlainPath.field(path, name));
        });
  }

  /**
   * Items of keyed lists and sets are compared with themselves, those of others with their like.
   */
  private void items(
      List<@Nullable Object> before, List<@Nullable Object> after, Shape shape, String path) {
    Map<Object, @Nullable Object> old = new LinkedHashMap<>();
    for (Object item : before) {
      old.put(key(shape, item), item);
    }
    for (Object item : after) {
      Object known = old.remove(key(shape, item));
      field(known, item, shape.items(), path + "[]");
    }
  }

  private static Object key(Shape list, @Nullable Object item) {
    PathElement element = Values.element(list, item);
    return element != null ? element : item == null ? Values.ABSENT : item;
  }

  /** What the rule of the value itself says; of what is below, its own rules speak. */
  private void own(@Nullable Object before, Object after, Shape shape, String path) {
    ValueRule rule = shape.rule();
    boolean container = after instanceof Map || after instanceof List;
    boolean taken =
        rule != null
            ? rule.judge(spelledOut(after)) != Verdict.UNKNOWN || isCoreVersion(path, after)
            : kind.custom() || (container && !Values.isAny(shape)) || isNothing(after);
    if (!taken && !Values.equal(before, after)) {
      places.add(path.isEmpty() ? "it" : path);
    }
  }

  /** Metrics may describe an object of the core group, which no target of scaling may be of. */
  private static boolean isCoreVersion(String path, Object value) {
    return path.endsWith(".describedObject.apiVersion") && value.equals("v1");
  }

  /** An expression with what its variables stand for; those of unknown name stay. */
  private Object spelledOut(Object value) {
    return value instanceof String text && !variables.isEmpty()
        ? VARIABLE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())))
        : value;
  }

  /** What is not stored cannot be refused. */
  private static boolean isNothing(Object value) {
    return value.equals("") || value.equals(0L) || value.equals(false);
  }
}

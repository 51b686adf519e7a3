package io.sailplan.expression;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.PlainPath;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One case of the tables, see the file {@code README.md} beside them. */
record Case(String group, Map<String, Object> own, Map<String, Object> shared) {
  private static final List<String> KEYS =
      List.of(
          "expr",
          "template",
          "names",
          "bind",
          "open",
          "secret",
          "key",
          "limits",
          "expect",
          "type",
          "value",
          "tainted",
          "deferred",
          "absent",
          "omitted",
          "fails",
          "problems",
          "references");

  Case {
    List<String> unknown = new ArrayList<>(own.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown keys " + unknown + " in " + own);
    }
  }

  String text() {
    return has("template") ? String.valueOf(own.get("template")) : String.valueOf(own.get("expr"));
  }

  private boolean has(String key) {
    return own.containsKey(key);
  }

  private Map<String, Object> merged(String key) {
    Map<String, Object> all = new LinkedHashMap<>(Trees.object(shared.get(key)));
    all.putAll(Trees.object(own.get(key)));
    return all;
  }

  ExpressionEnvironment environment() {
    ExpressionEnvironment.Builder builder = ExpressionEnvironment.builder();
    merged("bind").keySet().forEach(name -> builder.variable(root(name)));
    merged("names").forEach((name, type) -> TypeText.declare(builder, name, String.valueOf(type)));
    if (has("limits")) {
      Map<String, Object> limits = Trees.object(own.get("limits"));
      builder.limits(
          ExpressionLimits.standard()
              .withSteps((Long) limits.getOrDefault("steps", 1_000_000L))
              .withIterations((int) (long) (Long) limits.getOrDefault("iterations", 100_000L)));
    }
    return builder.build();
  }

  private static String root(String path) {
    return path.replaceAll("[.\\[].*", "");
  }

  Bindings bindings() {
    Bindings.Builder builder = Bindings.builder();
    merged("bind").forEach((name, tree) -> builder.bind(name, marked(tree)));
    paths("open").forEach(path -> builder.open(root(path), fields(path)));
    paths("secret").forEach(path -> builder.secret(root(path), fields(path)));
    if (has("key")) {
      builder.digestKey(
          String.valueOf(own.get("key")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return builder.build();
  }

  private List<String> paths(String key) {
    List<String> all = new ArrayList<>();
    Trees.list(shared.get(key)).forEach(path -> all.add(String.valueOf(path)));
    Trees.list(own.get(key)).forEach(path -> all.add(String.valueOf(path)));
    return all;
  }

  static FieldPath fields(String path) {
    FieldPath fields = FieldPath.root();
    for (Object step : PlainPath.steps(path.substring(root(path).length()))) {
      fields =
          step instanceof Integer index
              ? fields.child(new PathElement.Index(index))
              : fields.child((String) step);
    }
    return fields;
  }

  /** The text {@code <db.status.host>} in a tree is something that is not known. */
  private static Object marked(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put((String) key, marked(value)));
      return map.equals(copy) ? map : copy;
    }
    if (tree instanceof List<?> list) {
      List<Object> copy =
          list.stream().map(Case::marked).collect(Collectors.toCollection(ArrayList::new));
      return list.equals(copy) ? list : copy;
    }
    if (tree instanceof String text && text.matches("<[a-z].*>")) {
      String path = text.substring(1, text.length() - 1);
      return new Unknown(root(path), fields(path));
    }
    return tree;
  }

  Template template() {
    return has("template") ? Template.parse(text()) : Template.expression(text());
  }

  ExpressionType expected() {
    return has("expect") ? TypeText.parse(String.valueOf(own.get("expect"))) : ExpressionType.any();
  }

  /** Returns what the case says, in the form of {@link #actual}. */
  Map<String, Object> wanted() {
    Map<String, Object> wanted = new LinkedHashMap<>(own);
    List.of("expr", "template", "names", "bind", "open", "secret", "key", "limits", "expect")
        .forEach(wanted::remove);
    if (wanted.containsKey("value")) {
      wanted.putIfAbsent("tainted", false);
    }
    return wanted;
  }

  /** Returns what happens, as far as the case says something of it. */
  Map<String, Object> actual() {
    Map<String, Object> actual = new LinkedHashMap<>();
    Compilation compilation = environment().compile(template(), expected());
    if (!compilation.problems().isEmpty()) {
      actual.put("problems", compilation.problems().stream().map(this::text).toList());
    }
    compilation.expression().ifPresent(expression -> addTo(actual, expression));
    actual.keySet().retainAll(wanted().keySet().isEmpty() ? actual.keySet() : relevant());
    return actual;
  }

  /** What ends a case is always shown; the rest where the case speaks of it. */
  private TreeSet<String> relevant() {
    TreeSet<String> keys = new TreeSet<>(wanted().keySet());
    keys.add("problems");
    boolean evaluates =
        keys.stream()
            .anyMatch(List.of("value", "deferred", "absent", "omitted", "fails")::contains);
    if (evaluates) {
      keys.addAll(List.of("value", "deferred", "absent", "omitted", "fails"));
    }
    return keys;
  }

  private void addTo(Map<String, Object> actual, CompiledExpression expression) {
    actual.put("type", expression.type().toString());
    actual.put("references", expression.references().stream().map(Reference::toString).toList());
    Evaluation evaluation = expression.evaluate(bindings());
    actual.put("tainted", evaluation.tainted());
    if (evaluation instanceof Evaluation.Value value) {
      actual.put("value", value.tree());
    } else if (evaluation instanceof Evaluation.Deferred deferred) {
      actual.put("deferred", deferred.waitsFor().stream().map(Unknown::toString).toList());
    } else if (evaluation instanceof Evaluation.Absent) {
      actual.put("absent", true);
    } else if (evaluation instanceof Evaluation.Omitted) {
      actual.put("omitted", true);
    } else if (evaluation instanceof Evaluation.Failed failed) {
      actual.put("fails", text(failed.problem()));
    }
  }

  private String text(Problem problem) {
    SourceLocation place = problem.location();
    return problem.code().id()
        + (place == null ? "" : " " + place.line() + ":" + place.column())
        + " "
        + problem.message()
        + (problem.hint().isEmpty() ? "" : " | " + problem.hint());
  }

  @Override
  public String toString() {
    return group + ": " + text();
  }
}

package io.sailplan.shape;

import io.sailplan.model.ApiResource;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the generated resource of built-in shapes.
 *
 * <pre>
 * kind apps/v1 Deployment deployments namespaced,status,scale apps.v1.Deployment
 * type apps.v1.DeploymentSpec          ^ after the name: owned as one
 *  replicas int32 ?                    ? kept when set, ~ dropped when zero, + always there,
 *                                      * always there or null; ! required
 *  template @core.v1.PodTemplateSpec +!
 * type meta.v1.FieldsV1 = {any}
 * </pre>
 *
 * Values are scalars by name, {@code @type}, {@code {value}} for maps, {@code [item]} for lists,
 * followed by {@code ^} where they are owned as one, {@code %} where they are not although their
 * type is, {@code set} or {@code (key,key)} if their items are told apart; {@code =json} is the
 * value that stands for a missing key.
 */
final class ShapeText {
  private final Map<String, ShapeType> scalars = new TreeMap<>();
  private final Map<String, List<String>> bodies = new TreeMap<>();
  private final Map<String, Shape> named = new ConcurrentHashMap<>();
  private final List<String[]> kinds = new ArrayList<>();
  private final Map<String, String> defaults;
  private final Map<String, String> rules;
  private String hash = "";

  ShapeText(List<String> shapes, Map<String, String> defaults, Map<String, String> rules) {
    this.defaults = defaults;
    this.rules = rules;
    for (ShapeType type : ShapeType.values()) {
      scalars.put(type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), type);
    }
    List<String> body = new ArrayList<>();
    for (String line : shapes) {
      if (line.startsWith(" ")) {
        body.add(line);
      } else if (line.startsWith("type ")) {
        body = new ArrayList<>();
        body.add(line);
        bodies.put(line.split(" ", 3)[1].replace("^", ""), body);
      } else if (line.startsWith("kind ")) {
        kinds.add(line.split(" "));
      } else if (line.startsWith("hash ")) {
        hash = line.substring("hash ".length());
      }
    }
  }

  String hash() {
    return hash;
  }

  /**
   * The kinds as they are written in the resource: how they are served, and the name of their type.
   */
  Map<ApiResource, ShapeReference> kinds() {
    Map<ApiResource, ShapeReference> all = new java.util.LinkedHashMap<>();
    for (String[] words : kinds) {
      List<String> traits = List.of(words[4].split(","));
      all.put(
          new ApiResource(
              GroupVersionKind.of(words[1], words[2]),
              words[3],
              traits.contains("namespaced"),
              traits.contains("status"),
              traits.contains("scale")),
          ShapeReference.lazy(() -> named(words[5])));
    }
    return all;
  }

  Shape named(String name) {
    Shape known = named.get(name);
    if (known == null) {
      known = read(name);
      Shape first = named.putIfAbsent(name, known);
      known = first == null ? known : first;
    }
    return known;
  }

  private Shape read(String name) {
    List<String> body = bodies.get(name);
    if (body == null) {
      throw new IllegalStateException("no type " + name);
    }
    String head = body.get(0);
    int alias = head.indexOf(" = ");
    if (alias > 0) {
      return new Parser(head.substring(alias + 3), name).value();
    }
    Map<String, FieldShape> fields = new TreeMap<>();
    for (String line : body.subList(1, body.size())) {
      FieldShape field = field(name, line);
      fields.put(field.name(), field);
    }
    return new Shape.Builder(ShapeType.OBJECT)
        .name(name)
        .fields(fields)
        .atomic(head.endsWith("^"))
        .build();
  }

  private FieldShape field(String type, String line) {
    String[] words = line.split(" ", 5);
    String flags = words[3];
    Presence presence =
        switch (flags.charAt(0)) {
          case '~' -> Presence.WHEN_NOT_ZERO;
          case '+' -> Presence.ALWAYS;
          case '*' -> Presence.OR_NULL;
          default -> Presence.WHEN_SET;
        };
    Object keyDefault =
        words.length > 4 ? Json.read(words[4].substring(1)) : zeroKey(words[2], presence);
    String key = type + "." + words[1];
    String value = defaults.get(key);
    LearnedRule rule = rule(key);
    return new FieldShape(
        words[1],
        reference(words[2], key),
        flags.endsWith("!") || (rule != null && rule.needed()),
        presence,
        keyDefault,
        value == null ? null : Json.read(value));
  }

  /**
   * The documents give every field that is always there its zero value as default, scalars at
   * least.
   */
  private static @Nullable Object zeroKey(String type, Presence presence) {
    if (presence != Presence.ALWAYS) {
      return null;
    }
    return type.equals("string") ? "" : type.startsWith("int") && !type.contains("or") ? 0L : null;
  }

  private ShapeReference reference(String text, String key) {
    return ShapeReference.lazy(() -> new Parser(text, key).value());
  }

  private @Nullable LearnedRule rule(String key) {
    String text = rules.get(key);
    return text == null ? null : LearnedRule.parse(text);
  }

  /** Reads one value. */
  private final class Parser {
    private final String text;
    private final String key;
    private int at;

    /**
     * @param key the name of the rules: type and field, with {@code []} or <code>{}</code> for what
     *     stands inside
     */
    Parser(String text, String key) {
      this.text = text;
      this.key = key;
    }

    Shape value() {
      Shape shape = base();
      if (at < text.length() && text.charAt(at) == '^') {
        at++;
        shape = shape.asAtomic(true);
      } else if (at < text.length() && text.charAt(at) == '%') {
        at++;
        shape = shape.asAtomic(false);
      }
      return shape;
    }

    private Shape base() {
      char first = text.charAt(at);
      if (first == '{') {
        at++;
        String inner = until('{', '}');
        return new Shape.Builder(ShapeType.OBJECT)
            .element(reference(inner, key + "{}"))
            .rules(null, rule(key + "{key}"))
            .build();
      }
      if (first == '[') {
        at++;
        String inner = until('[', ']');
        return list(inner);
      }
      int start = at;
      while (at < text.length() && "^%]})".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(start, at);
      if (word.startsWith("@")) {
        return named(word.substring(1));
      }
      ShapeType type = scalars.get(word);
      if (type == null) {
        throw new IllegalStateException("no scalar " + word);
      }
      return type == ShapeType.ANY
          ? Shape.any()
          : new Shape.Builder(type).rules(rule(key), null).build();
    }

    private Shape list(String inner) {
      Shape.Builder builder =
          new Shape.Builder(ShapeType.LIST).element(reference(inner, key + "[]"));
      if (text.startsWith("set", at)) {
        builder.list(ListType.SET, List.of());
      } else if (text.startsWith("(", at)) {
        builder.list(
            ListType.KEYED, List.of(text.substring(at + 1, text.indexOf(')', at)).split(",")));
      }
      return builder.build();
    }

    private String until(char open, char close) {
      int start = at;
      for (int depth = 1; depth > 0; at++) {
        depth += text.charAt(at) == open ? 1 : text.charAt(at) == close ? -1 : 0;
      }
      return text.substring(start, at - 1);
    }
  }
}

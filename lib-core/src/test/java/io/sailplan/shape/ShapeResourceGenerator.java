package io.sailplan.shape;

import io.sailplan.model.Json;
import io.sailplan.model.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the shapes of the built-in kinds from the API server's OpenAPI v3 documents and from what
 * its Go types say of zero values ({@code storage.txt}); run by {@code .ci/generate-shapes}.
 */
final class ShapeResourceGenerator {
  static final String RESOURCE = "lib-core/src/main/resources/io/sailplan/shape/shapes.txt";

  private static final Map<String, String> SCALARS =
      Map.of(
          "io.k8s.apimachinery.pkg.api.resource.Quantity", "quantity",
          "io.k8s.apimachinery.pkg.apis.meta.v1.Time", "time",
          "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", "micro-time",
          "io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int-or-string",
          "io.k8s.apimachinery.pkg.runtime.RawExtension", "raw",
          "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "any");

  private final Map<String, Map<String, @Nullable Object>> definitions = new TreeMap<>();
  private final Map<String, Set<String>> kinds = new TreeMap<>();
  private final Map<String, String> storage = new HashMap<>();
  private final String hash;

  private ShapeResourceGenerator(Path openApi) throws IOException, NoSuchAlgorithmException {
    this(Files.readAllBytes(openApi.resolve("kubernetes-1.36-v3.tar.gz")));
  }

  private ShapeResourceGenerator(byte[] packed) throws IOException, NoSuchAlgorithmException {
    this(
        untar(packed).stream()
            .map(document -> Json.readObject(new String(document, StandardCharsets.UTF_8)))
            .toList(),
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(packed)));
  }

  private ShapeResourceGenerator(List<Map<String, @Nullable Object>> documents, String hash)
      throws IOException {
    documents.forEach(this::read);
    this.hash = hash;
    try (InputStream facts = ShapeResourceGenerator.class.getResourceAsStream("storage.txt")) {
      for (String line : new String(facts.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] words = line.split(" ");
        for (int i = 1; i < words.length; i++) {
          int end = words[i].length() - 1;
          storage.put(words[0] + " " + words[i].substring(0, end), words[i].substring(end));
        }
      }
    }
  }

  /** Returns the text that the resource would have if it were made from these documents. */
  static String generate(List<Map<String, @Nullable Object>> documents) {
    try {
      return new ShapeResourceGenerator(documents, "").text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of the resource. */
  static String generate(Path openApi) {
    try {
      return new ShapeResourceGenerator(openApi).text();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes the resource; the first argument is the folder of the documents, the second the
   * checkout.
   */
  public static void main(String... arguments) throws IOException {
    Files.writeString(Path.of(arguments[1]).resolve(RESOURCE), generate(Path.of(arguments[0])));
  }

  private void read(Map<String, @Nullable Object> document) {
    Trees.object(Trees.get(document, "components", "schemas"))
        .forEach((name, schema) -> definitions.putIfAbsent(name, Trees.object(schema)));
    Trees.object(document.get("paths")).forEach((path, item) -> readPath(path, Trees.object(item)));
  }

  private void readPath(String path, Map<String, @Nullable Object> item) {
    if (!(item.get("patch") instanceof Map<?, ?> patch)) {
      return;
    }
    boolean namespaced = path.contains("/namespaces/{namespace}/");
    String[] parts =
        path.substring(path.indexOf(namespaced ? "{namespace}/" : "/v") + 1).split("/");
    String plural = parts[1];
    String subresource = path.endsWith("/{name}") ? "" : path.substring(path.lastIndexOf('/') + 1);
    String[] prefix = path.split("/");
    String apiVersion = prefix[1].equals("api") ? prefix[2] : prefix[2] + "/" + prefix[3];
    String key = apiVersion + " " + plural;
    Set<String> facts = kinds.computeIfAbsent(key, unused -> new TreeSet<>());
    if (subresource.isEmpty()) {
      facts.add("kind " + Trees.get(patch, "x-kubernetes-group-version-kind", "kind"));
      if (namespaced) {
        facts.add("namespaced");
      }
    } else if (subresource.equals("status") || subresource.equals("scale")) {
      facts.add(subresource);
    }
  }

  private String text() {
    StringBuilder text =
        new StringBuilder("# Generated by .ci/generate-shapes.\nhash sha256:" + hash + "\n");
    Deque<String> open = new ArrayDeque<>();
    kinds.forEach(
        (key, facts) -> {
          String kind =
              facts.stream()
                  .filter(f -> f.startsWith("kind "))
                  .findFirst()
                  .orElseThrow()
                  .substring(5);
          String definition = definitionOf(key.split(" ")[0], kind);
          open.add(definition);
          text.append("kind ").append(key.split(" ")[0]).append(' ').append(kind).append(' ');
          text.append(key.split(" ")[1]).append(' ');
          text.append(facts.contains("namespaced") ? "namespaced" : "cluster");
          text.append(facts.contains("status") ? ",status" : "")
              .append(facts.contains("scale") ? ",scale" : "");
          text.append(' ').append(shorten(definition)).append('\n');
        });
    Map<String, String> types = new TreeMap<>();
    while (!open.isEmpty()) {
      String name = open.poll();
      if (!types.containsKey(shorten(name))) {
        types.put(shorten(name), type(name, open));
      }
    }
    types.values().forEach(text::append);
    return text.toString();
  }

  private String definitionOf(String apiVersion, String kind) {
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : definitions.entrySet()) {
      for (Object gvk : Trees.list(entry.getValue().get("x-kubernetes-group-version-kind"))) {
        String group = Trees.string(Trees.get(gvk, "group"));
        String version = Trees.string(Trees.get(gvk, "version"));
        if (apiVersion.equals(group.isEmpty() ? version : group + "/" + version)
            && kind.equals(Trees.get(gvk, "kind"))) {
          return entry.getKey();
        }
      }
    }
    throw new IllegalStateException("no definition of " + apiVersion + " " + kind);
  }

  private String type(String name, Deque<String> open) {
    Map<String, @Nullable Object> schema = definitions.get(name);
    Map<String, @Nullable Object> properties = Trees.object(schema.get("properties"));
    StringBuilder text = new StringBuilder("type ").append(shorten(name));
    if (properties.isEmpty()) {
      return text.append(" = ").append(inline(schema, open)).append('\n').toString();
    }
    text.append(atomic(schema)).append('\n');
    List<@Nullable Object> required = Trees.list(schema.get("required"));
    new TreeMap<>(properties)
        .forEach(
            (field, value) -> {
              Map<String, @Nullable Object> of = Trees.object(value);
              text.append(' ').append(field).append(' ').append(inline(of, open));
              String zero = storage.get(name + " " + field);
              if (zero == null) {
                throw new IllegalStateException(
                    "nothing known of zero values of " + name + " " + field);
              }
              text.append(' ').append(zero).append(required.contains(field) ? "!" : "");
              Object standard = of.get("default");
              if (standard != null && !Set.of("", Map.of(), 0L, false).contains(standard)) {
                text.append(" =").append(Json.write(standard));
              }
              text.append('\n');
            });
    return text.toString();
  }

  private String inline(Map<String, @Nullable Object> schema, Deque<String> open) {
    String reference = reference(schema);
    if (!reference.isEmpty()) {
      String scalar = SCALARS.get(reference);
      if (scalar != null) {
        return scalar;
      }
      open.add(reference);
      return "@" + shorten(reference) + atomic(schema);
    }
    String type = Trees.string(schema.get("type"));
    String format = Trees.string(schema.get("format"));
    switch (type) {
      case "":
        return format.equals("int-or-string") ? format : "any";
      case "object":
        Object values = schema.get("additionalProperties");
        return "{"
            + (values instanceof Map<?, ?> ? inline(Trees.object(values), open) : "any")
            + "}"
            + atomic(schema);
      case "array":
        return "[" + inline(Trees.object(schema.get("items")), open) + "]" + listType(schema);
      case "integer":
        return format.isEmpty() ? "int64" : format;
      case "string":
        return format.equals("byte") ? "bytes" : format.equals("date-time") ? "time" : "string";
      case "number":
      case "boolean":
        return type;
      default:
        throw new IllegalStateException("type " + type);
    }
  }

  private static String listType(Map<String, @Nullable Object> schema) {
    String type = Trees.string(schema.get("x-kubernetes-list-type"));
    if (type.isEmpty()
        && Trees.string(schema.get("x-kubernetes-patch-strategy")).startsWith("merge")) {
      String key = Trees.string(schema.get("x-kubernetes-patch-merge-key"));
      return key.isEmpty() ? "set" : "(" + key + ")";
    }
    switch (type) {
      case "set":
        return "set";
      case "map":
        return "("
            + String.join(
                ",",
                Trees.list(schema.get("x-kubernetes-list-map-keys")).stream()
                    .map(Trees::string)
                    .toList())
            + ")";
      default:
        return "";
    }
  }

  private static String atomic(Map<String, @Nullable Object> schema) {
    Object type = schema.get("x-kubernetes-map-type");
    return "atomic".equals(type) ? "^" : "granular".equals(type) ? "%" : "";
  }

  private static String reference(Map<String, @Nullable Object> schema) {
    Object reference = schema.get("$ref");
    List<@Nullable Object> all = Trees.list(schema.get("allOf"));
    if (reference == null && all.size() == 1) {
      reference = Trees.get(all.get(0), "$ref");
    }
    String text = Trees.string(reference);
    return text.substring(text.lastIndexOf('/') + 1);
  }

  private static String shorten(String name) {
    return name.replace("io.k8s.api.", "")
        .replace("io.k8s.apimachinery.pkg.apis.", "")
        .replace("io.k8s.apiextensions-apiserver.pkg.apis.", "")
        .replace("io.k8s.kube-aggregator.pkg.apis.", "");
  }

  private static List<byte[]> untar(byte[] packed) throws IOException {
    List<byte[]> files = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
      in.transferTo(all);
    }
    byte[] tar = all.toByteArray();
    for (int at = 0; at + 512 <= tar.length && tar[at] != 0; ) {
      int size =
          Integer.parseInt(new String(tar, at + 124, 11, StandardCharsets.US_ASCII).trim(), 8);
      if (tar[at + 156] == '0') {
        files.add(java.util.Arrays.copyOfRange(tar, at + 512, at + 512 + size));
      }
      at += 512 + (size + 511) / 512 * 512;
    }
    return files;
  }
}

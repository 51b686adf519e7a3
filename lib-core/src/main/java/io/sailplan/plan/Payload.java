package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a step sends. */
public sealed interface Payload {

  /**
   * Returns the object as far as it is known at plan time. Of a {@link Template}, what awaits
   * earlier steps is filled with stand-ins.
   */
  Manifest manifest();

  /**
   * Everything is known at plan time.
   *
   * @param manifest the object, in the canonical form in which it is sent
   */
  record Literal(Manifest manifest) implements Payload {
    /** Checks that the manifest is not null. */
    public Literal {
      requireNonNull(manifest, "manifest");
    }
  }

  /**
   * Some fields await what earlier steps bring about: their expressions are evaluated when the
   * step's turn has come.
   *
   * @param manifest the object, with stand-ins in these fields
   * @param fields the fields that wait, in the order of their paths; never empty
   * @param objects what the expressions read, by the name that stands for it
   * @param inputs what the expressions know already, by the name that stands for it
   */
  record Template(
      Manifest manifest,
      List<Field> fields,
      Map<String, Source> objects,
      Map<String, @Nullable Object> inputs)
      implements Payload {

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if {@code fields} is empty
     */
    public Template {
      requireNonNull(manifest, "manifest");
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("fields must not be empty");
      }
      objects = Collections.unmodifiableMap(new TreeMap<>(objects));
      Map<String, @Nullable Object> copies = new LinkedHashMap<>();
      new TreeMap<>(inputs).forEach((name, value) -> copies.put(name, Trees.copyOf(value)));
      inputs = Collections.unmodifiableMap(copies);
    }

    /**
     * Returns the name under which one object of many stands in {@code objects}; the name alone
     * stands for the list of them all.
     */
    public static String item(String name, int index) {
      return name + "[" + index + "]";
    }

    /** Returns this template with another manifest. */
    public Template withManifest(Manifest manifest) {
      return new Template(manifest, fields, objects, inputs);
    }

    /** Names fields and objects, never a value. */
    @Override
    public String toString() {
      return "Template[" + fields + ", reads " + objects + "]";
    }
  }

  /**
   * A field whose value is not known yet.
   *
   * @param path where it stands in the stand-in manifest
   * @param text what it is made from: text with expressions in <code>${\u2026}</code>
   */
  record Field(FieldPath path, String text) {
    /** Checks that no part is null. */
    public Field {
      requireNonNull(path, "path");
      requireNonNull(text, "text");
    }

    /** Returns the path. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * An object that expressions read.
   *
   * @param resource the id of the resource in the application
   * @param kind its kind, in the version in which it is read
   * @param namespace its namespace; empty for cluster-scoped objects
   * @param name its name
   */
  record Source(String resource, GroupVersionKind kind, String namespace, String name) {
    /** Checks that no part is null. */
    public Source {
      requireNonNull(resource, "resource");
      requireNonNull(kind, "kind");
      requireNonNull(namespace, "namespace");
      requireNonNull(name, "name");
    }

    /** Returns the source that the target of another step is. */
    public static Source of(Target target) {
      return new Source(target.resource(), target.kind(), target.namespace(), target.name());
    }

    /** Returns the object's identity. */
    public ObjectKey key() {
      return new ObjectKey(kind.group(), kind.kind(), namespace, name);
    }

    /** Returns the id of the resource. */
    @Override
    public String toString() {
      return resource;
    }
  }
}

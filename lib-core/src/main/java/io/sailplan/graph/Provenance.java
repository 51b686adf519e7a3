package io.sailplan.graph;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Why an edge exists.
 *
 * @param origin who said so
 * @param text where, for people: a field such as {@code spec.template.spec.volumes[2].secret}, seen
 *     from the resource that needs; {@code RoleBinding/api: subjects[0]} if the field stands in
 *     another resource
 */
public record Provenance(Origin origin, String text) implements Comparable<Provenance> {
  private static final Comparator<Provenance> ORDER =
      Comparator.comparing(Provenance::origin).thenComparing(Provenance::text);

  /** Who asked for an edge, the most explicit first. */
  public enum Origin {
    /** The author of the application, by {@code dependsOn}. */
    DECLARED,
    /** An annotation, of this library or of another tool. */
    ANNOTATION,
    /** An expression that reads the other resource. */
    EXPRESSION,
    /** A field that names or selects the other resource. */
    REFERENCE,
    /** What Kubernetes is known to need: a namespace, the definition of a kind. */
    RULE
  }

  /** Checks that no part is null. */
  public Provenance {
    requireNonNull(origin, "origin");
    requireNonNull(text, "text");
  }

  /** Returns the provenance of an entry of {@code dependsOn}. */
  public static Provenance dependsOn() {
    return new Provenance(Origin.DECLARED, "dependsOn");
  }

  /** Returns the provenance of an edge that the annotation {@code key} asks for. */
  public static Provenance annotation(String key) {
    return new Provenance(Origin.ANNOTATION, "annotation " + key);
  }

  /** Returns the provenance of an expression in the field at {@code path}. */
  public static Provenance expression(String path) {
    return new Provenance(Origin.EXPRESSION, "expression at " + path);
  }

  /** Returns the provenance of a reference in the field at {@code path}. */
  public static Provenance reference(String path) {
    return new Provenance(Origin.REFERENCE, path);
  }

  /** Returns the provenance of a rule of Kubernetes. */
  public static Provenance rule(String text) {
    return new Provenance(Origin.RULE, text);
  }

  /** Orders by origin, then by text. */
  @Override
  public int compareTo(Provenance other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return text;
  }
}

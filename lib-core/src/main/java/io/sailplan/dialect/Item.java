package io.sailplan.dialect;

import io.sailplan.graph.Provenance;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One resource, and what the readers have found out about it. */
final class Item {
  private static final int LONGEST_VALUE = 80;

  private final ObjectKey key;
  private final Map<String, String> annotations;
  private final Map<String, String> labels;
  private final Findings findings;
  private Resource resource;
  private Treatment treatment = Treatment.normal();
  private @Nullable Hook hook;
  private String leftOut = "";

  Item(Resource resource, ObjectKey key, Findings findings) {
    Manifest manifest = resource.manifest();
    this.resource = resource;
    this.key = key;
    this.annotations = new TreeMap<>(manifest.annotations());
    this.labels = new TreeMap<>(manifest.labels());
    this.findings = findings;
  }

  String id() {
    return resource.id();
  }

  ObjectKey key() {
    return key;
  }

  Resource resource() {
    return resource;
  }

  Map<String, String> annotations() {
    return annotations;
  }

  Map<String, String> labels() {
    return labels;
  }

  /** Returns the value of an annotation; null if it is not there. */
  @Nullable String get(Key annotation) {
    return annotations.get(annotation.name());
  }

  void change(UnaryOperator<Resource> how) {
    resource = how.apply(resource);
  }

  Treatment treatment() {
    return treatment;
  }

  void treat(UnaryOperator<Treatment> how) {
    treatment = how.apply(treatment);
  }

  @Nullable Hook hook() {
    return hook;
  }

  void hook(Hook hook) {
    this.hook = hook;
  }

  /** Returns why the resource is not deployed at all; empty if it is. */
  String leftOut() {
    return leftOut;
  }

  void leaveOut(String reason) {
    leftOut = leftOut.isEmpty() ? reason : leftOut;
  }

  /** Returns the provenance of an edge that one of its annotations asks for. */
  Provenance provenance(Dialect dialect, String name) {
    return provenance(dialect, name, annotations.getOrDefault(name, ""));
  }

  /** Returns the provenance of an edge that a part of an annotation asks for. */
  Provenance provenance(Dialect dialect, String name, String value) {
    return Provenance.annotation(name + ": " + cut(value) + " (" + dialect.title() + ")");
  }

  /** Returns an annotation as a part of a sentence. */
  static String text(Dialect dialect, String name, String value) {
    return text("annotation", dialect, name, value);
  }

  /** Returns an annotation or label as a part of a sentence. */
  static String text(String where, Dialect dialect, String name, String value) {
    return "the "
        + where
        + " "
        + name
        + (value.isEmpty() ? " is set" : " is \"" + cut(value) + "\"")
        + " ("
        + dialect.title()
        + ")";
  }

  /** Notes an annotation that cannot be understood. */
  void malformed(String name, String found, String expected) {
    problem(
        Problem.error(ProblemCode.INVALID_ANNOTATION, id() + ", " + name + ": " + found)
            .hint(expected),
        name);
  }

  /** Notes that something is asked for that does not happen. */
  void notCarriedOver(Dialect dialect, String name, String instead) {
    notCarriedOver(dialect, name, annotations.getOrDefault(name, ""), instead);
  }

  /** Notes that a part of an annotation asks for something that does not happen. */
  void notCarriedOver(Dialect dialect, String name, String part, String instead) {
    warn(
        ProblemCode.NOT_CARRIED_OVER,
        name,
        id() + ": " + text(dialect, name, part) + ", which is not carried over",
        instead);
  }

  void warn(ProblemCode code, String name, String message, String hint) {
    problem(Problem.warning(code, message).hint(hint), name);
  }

  void problem(Problem problem, String name) {
    String path =
        name.isEmpty()
            ? ""
            : ".metadata."
                + (annotations.containsKey(name) ? "annotations" : "labels")
                + "[\""
                + name
                + "\"]";
    findings.add(problem.at(resource.source().find(path)));
  }

  static String cut(String value) {
    String line = value.replace('\n', ' ').strip();
    return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "…";
  }
}

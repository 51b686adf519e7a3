package io.sailplan.kro;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import io.sailplan.model.Resource;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Canonical;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a graph, with the defaults of its schema.
 *
 * @param manifest the instance as the API server would store it
 * @param kind its kind
 * @param source where its text was written
 */
public record Instance(Manifest manifest, InstanceKind kind, SourceMap source) {

  /** Checks that no part is null. */
  public Instance {
    requireNonNull(manifest, "manifest");
    requireNonNull(kind, "kind");
    requireNonNull(source, "source");
  }

  /** Returns the instance that a manifest holds; problems have paths but no places. */
  public static InstanceReadResult read(Manifest manifest, InstanceKind kind) {
    return read(Resource.of(manifest), kind);
  }

  /**
   * Returns the instance that a resource holds, or all that is wrong with it. The rules of the
   * marker {@code validation} are not evaluated.
   *
   * @param resource what was read; its places go into the problems
   * @param kind the kind of a graph's instances
   */
  public static InstanceReadResult read(Resource resource, InstanceKind kind) {
    Mistakes mistakes = new Mistakes(resource.source());
    Manifest written = resource.manifest();
    if (!written.groupVersionKind().equals(kind.kind())) {
      boolean other = written.groupVersionKind().groupKind().equals(kind.kind().groupKind());
      mistakes.add(
          ProblemCode.UNKNOWN_KIND,
          other ? ".apiVersion" : ".kind",
          "the graph makes instances of "
              + kind.kind()
              + ", this is of "
              + written.groupVersionKind(),
          "Write apiVersion: "
              + kind.kind().apiVersion()
              + " and kind: "
              + kind.kind().kind()
              + ".");
      return new InstanceReadResult(Optional.empty(), mistakes.all());
    }
    mistakes.addAll(ShapeValidator.validate(resource, kind.shape()));
    if (mistakes.hasErrors()) {
      return new InstanceReadResult(Optional.empty(), mistakes.all());
    }
    Manifest stored = Canonical.withDefaults(written, kind.shape());
    mistakes.addAll(ShapeValidator.validate(resource.withManifest(stored), kind.shape()));
    List<Problem> problems = mistakes.all();
    return new InstanceReadResult(
        mistakes.hasErrors()
            ? Optional.empty()
            : Optional.of(new Instance(stored, kind, resource.source())),
        problems);
  }

  /** Returns what expressions see as {@code schema}: all but the status. */
  public Map<String, @Nullable Object> schemaVariable() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(manifest.tree());
    tree.remove("status");
    return Trees.copyOfObject(tree);
  }

  /** Returns the key, never the content: it may be secret. */
  @Override
  public String toString() {
    return "Instance[" + manifest.key() + "]";
  }
}

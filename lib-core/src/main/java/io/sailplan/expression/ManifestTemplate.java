package io.sailplan.expression;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.model.SourceMap;
import io.sailplan.model.Trees;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest whose strings may hold expressions. */
public final class ManifestTemplate {
  private final Manifest manifest;
  private final List<TemplateField> fields = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final SourceMap source;

  private ManifestTemplate(Manifest manifest, SourceMap source) {
    this.manifest = manifest;
    this.source = source;
    visit(manifest.tree(), FieldPath.root());
  }

  /** Returns a manifest with its expressions, whose places are told by {@code source}. */
  public static ManifestTemplate of(Manifest manifest, SourceMap source) {
    return new ManifestTemplate(manifest, source);
  }

  /** Returns a manifest with its expressions, whose places are not known. */
  public static ManifestTemplate of(Manifest manifest) {
    return of(manifest, SourceMap.none());
  }

  private void visit(@Nullable Object value, FieldPath path) {
    if (value instanceof Map<?, ?> map) {
      Trees.object(map)
          .forEach(
              (key, item) -> {
                FieldPath below = path.child(key);
                if (Template.mayHoldExpressions(key)) {
                  problems.add(
                      Problem.error(
                              ProblemCode.EXPRESSION_SYNTAX, "a key cannot hold an expression")
                          .at(source.find(below))
                          .hint("Let an expression give the whole map: ${{…: …}}."));
                }
                visit(item, below);
              });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        visit(list.get(i), path.child(new PathElement.Index(i)));
      }
    } else if (value instanceof String text && Template.mayHoldExpressions(text)) {
      Template template = Template.parse(text, offset -> source.find(path, offset));
      fields.add(new TemplateField(path, template));
      problems.addAll(template.problems());
    }
  }

  /** Returns the manifest as it was written. */
  public Manifest manifest() {
    return manifest;
  }

  /** Returns the fields with expressions, in the order of the manifest. */
  public List<TemplateField> fields() {
    return List.copyOf(fields);
  }

  /** Returns what is wrong with the form of expressions, each at its line and column. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  @Override
  public String toString() {
    return "ManifestTemplate[" + manifest.key() + ", " + fields.size() + " fields]";
  }
}

package io.sailplan.ownership;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.FieldPath;
import io.sailplan.model.PathElement;
import io.sailplan.model.PlainPath;
import io.sailplan.problem.Problem;
import io.sailplan.problem.SourceLocation;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something for which the API server refuses to store an object. Immutable; thread-safe.
 *
 * @param path where, as owners of fields are told
 * @param problem what is wrong, and what to do
 */
public record Flaw(FieldPath path, Problem problem) {

  /** Checks that no part is null. */
  public Flaw {
    requireNonNull(path, "path");
    requireNonNull(problem, "problem");
  }

  static Flaw of(Problem problem, Map<String, @Nullable Object> stored, KindShape kind) {
    SourceLocation place = problem.location();
    FieldPath path = FieldPath.root();
    Object value = stored;
    Shape shape = kind.shape();
    for (Object step : PlainPath.steps(place == null ? "" : place.path())) {
      if (step instanceof Integer index) {
        List<@Nullable Object> items = Values.list(value);
        value = index < items.size() ? items.get(index) : null;
        PathElement element =
            shape.listType() == ListType.ATOMIC ? null : Values.element(shape, value);
        path = path.child(element == null ? new PathElement.Index(index) : element);
        shape = shape.items();
      } else {
        String name = String.valueOf(step);
        value = Values.map(value).get(name);
        path = path.child(name);
        shape = Values.child(shape, name);
      }
    }
    return new Flaw(path, problem);
  }
}

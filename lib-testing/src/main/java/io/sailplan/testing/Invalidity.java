package io.sailplan.testing;

import io.sailplan.model.Manifest;
import io.sailplan.ownership.FieldError;
import io.sailplan.ownership.Flaw;
import io.sailplan.ownership.SchemaErrors;
import io.sailplan.ownership.ShapeValidator;
import io.sailplan.problem.Problem;
import io.sailplan.problem.SourceLocation;
import io.sailplan.shape.KindShape;
import io.sailplan.testing.Answers.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an object is not stored. What is said word by word as the server says it is said so; of the
 * rest the place and the sort are the server's, the words those of plans.
 */
final class Invalidity {
  private Invalidity() {}

  static List<Cause> causes(KindShape shape, @Nullable Manifest live, Manifest object) {
    List<Cause> causes = new ArrayList<>(Validation.causes(object));
    boolean doubled =
        live != null && SchemaErrors.of(live, shape).stream().anyMatch(Invalidity::isDuplicate);
    for (FieldError error : SchemaErrors.of(object, shape)) {
      if (!doubled || !isDuplicate(error)) { // what has duplicates already may have more
        causes.add(new Cause(error.reason(), error.field(), error.message()));
      }
    }
    if (causes.isEmpty() && !shape.custom()) {
      ShapeValidator.flaws(object, live, shape).forEach(flaw -> causes.add(cause(flaw)));
    }
    return causes;
  }

  private static boolean isDuplicate(FieldError error) {
    return error.reason().equals("FieldValueDuplicate");
  }

  private static Cause cause(Flaw flaw) {
    Problem problem = flaw.problem();
    SourceLocation place = problem.location();
    String path = place == null ? "" : place.path();
    String field = path.startsWith(".") ? path.substring(1) : path;
    return switch (problem.code()) {
      case MISSING_FIELD -> Cause.required(field, problem.hint());
      case DUPLICATE -> new Cause("FieldValueDuplicate", field, problem.message());
      case DANGLING_REFERENCE -> new Cause("FieldValueNotFound", field, problem.message());
      default -> new Cause("FieldValueInvalid", field, problem.message());
    };
  }
}

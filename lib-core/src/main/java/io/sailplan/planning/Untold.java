package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.Refusal;
import io.sailplan.plan.Remedy;
import io.sailplan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Values made from something secret, as they are declared and as they stand, which no text about
 * the object may show.
 */
final class Untold {
  private final List<String> texts;

  private Untold(List<String> texts) {
    this.texts = texts;
  }

  static Untold of(Collection<FieldPath> paths, Manifest declared, @Nullable Manifest live) {
    TreeSet<String> texts =
        new TreeSet<>(Comparator.comparing(String::length).reversed().thenComparing(text -> text));
    for (FieldPath path : paths) {
      path.find(declared.tree()).ifPresent(value -> collect(value, texts));
      if (live != null) {
        path.find(live.tree()).ifPresent(value -> collect(value, texts));
      }
    }
    return new Untold(new ArrayList<>(texts));
  }

  /** Values are quoted as JSON, cut where they are long. */
  private static void collect(@Nullable Object value, Set<String> texts) {
    texts.add(Prediction.text(value));
    if (value instanceof String text && !text.isEmpty()) {
      texts.add(text);
    }
    Trees.object(value).values().forEach(child -> collect(child, texts));
    Trees.list(value).forEach(child -> collect(child, texts));
  }

  Problem hide(Problem problem) {
    return texts.isEmpty()
        ? problem
        : new Problem(
            problem.code(),
            problem.severity(),
            problem.location(),
            hide(problem.message()),
            hide(problem.hint()));
  }

  Refusal hide(Refusal refusal) {
    return texts.isEmpty()
        ? refusal
        : new Refusal(
            refusal.code(),
            refusal.subject(),
            hide(refusal.message()),
            refusal.remedies().stream()
                .map(remedy -> new Remedy(remedy.action(), hide(remedy.description())))
                .toList());
  }

  private String hide(String text) {
    String hidden = text;
    for (String secret : texts) {
      hidden = hidden.replace(secret, "(secret)");
    }
    return hidden;
  }
}

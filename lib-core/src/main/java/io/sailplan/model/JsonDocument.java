package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON that a program has written and a person may have touched, read strictly and with places: one
 * value, no key twice, no number that would lose precision, nothing behind it. Immutable.
 */
public final class JsonDocument {
  private final @Nullable Object tree;
  private final SourceMap source;
  private final List<Problem> problems;

  private JsonDocument(@Nullable Object tree, SourceMap source, List<Problem> problems) {
    this.tree = tree;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Returns what {@code text} holds. Never throws because of what is in the text.
   *
   * @param source the name of the text for places, usually a file name
   * @param text JSON
   * @param limits what is too large to be read
   */
  public static JsonDocument read(String source, String text, ReadLimits limits) {
    requireNonNull(source, "source");
    requireNonNull(text, "text");
    ProblemLog log = new ProblemLog(source, limits.maxProblems());
    if (!ManifestReader.isSmallEnough(text, limits, log)) {
      return new JsonDocument(null, SourceMap.none(), log.problems());
    }
    JsonText json = new JsonText(new TextChunk(text, 1, 1), new ReadBudget(limits), log);
    TextNode value = null;
    try {
      value = json.read();
    } catch (ReadBudget.Spent e) {
      // reported where it was noticed
    }
    if (value == null) {
      return new JsonDocument(null, SourceMap.none(), log.problems());
    }
    TextChunk rest = json.rest();
    if (!rest.text().isEmpty()) {
      log.error(
          ProblemCode.SYNTAX,
          log.place(rest.line(), rest.column(), ""),
          "something follows the JSON value",
          "Take it away.");
    }
    return new JsonDocument(value.tree(), SourceMap.of(source, value), log.problems());
  }

  /** Returns the value, see {@link Trees}; null if it could not be read, or is {@code null}. */
  public @Nullable Object tree() {
    return tree;
  }

  /** Returns where what was written. */
  public SourceMap source() {
    return source;
  }

  /** Returns all problems, in the order of the text. */
  public List<Problem> problems() {
    return problems;
  }
}

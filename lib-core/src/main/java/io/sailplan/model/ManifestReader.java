package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads manifests, YAML or JSON, as {@code kubectl} reads them, and says all that is wrong at once.
 *
 * <p>Documents are separated by lines that start with {@code ---}; empty ones are passed over. The
 * items of whatever has {@code items}, such as a {@code List}, are read as objects of their own,
 * and the list itself is passed over. Scalars mean what they mean to {@code kubectl}, which uses
 * go-yaml v2: {@code y} is true, {@code 0644} and {@code 0o644} are 420, {@code 22:22} is a string.
 *
 * <p>Refused, although {@code kubectl} takes them: keys written twice with two values, numbers that
 * would lose precision, text behind the end of a document, {@code generateName} (server-side apply
 * cannot make up names), and whatever exceeds the {@link ReadLimits}.
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class ManifestReader {
  private static final ManifestReader STANDARD = new ManifestReader(ReadLimits.standard());

  private final ReadLimits limits;

  private ManifestReader(ReadLimits limits) {
    this.limits = limits;
  }

  /** Returns the reader with the {@linkplain ReadLimits#standard standard limits}. */
  public static ManifestReader standard() {
    return STANDARD;
  }

  /** Returns a reader with other limits. */
  public static ManifestReader withLimits(ReadLimits limits) {
    return new ManifestReader(requireNonNull(limits, "limits"));
  }

  /**
   * Returns what {@code text} holds. Never throws because of what is in the text.
   *
   * @param source the name of the text for places, usually a file name
   * @param text YAML or JSON
   */
  public ReadResult read(String source, String text) {
    requireNonNull(source, "source");
    requireNonNull(text, "text");
    ProblemLog log = new ProblemLog(source, limits.maxProblems());
    List<Resource> resources = new ArrayList<>();
    if (isSmallEnough(text, limits, log)) {
      ReadBudget budget = new ReadBudget(limits);
      ObjectReader objects = new ObjectReader(budget, log, resources);
      try {
        readAll(text, budget, log, objects);
      } catch (ReadBudget.Spent e) {
        // reported where it was noticed; nothing more is read
      }
    }
    return new ReadResult(resources, log.problems());
  }

  static boolean isSmallEnough(String text, ReadLimits limits, ProblemLog log) {
    long bytes = text.length();
    for (int i = 0; i < text.length() && bytes <= limits.maxBytes(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    if (bytes <= limits.maxBytes()) {
      return true;
    }
    log.error(
        ProblemCode.TOO_LARGE,
        log.place(1, 1, ""),
        "the text is longer than " + limits.maxBytes() + " bytes, and is not read",
        "Split it.");
    return false;
  }

  /** Like kubectl, takes JSON values one after the other from the start, then YAML documents. */
  private void readAll(String text, ReadBudget budget, ProblemLog log, ObjectReader objects) {
    TextChunk rest = new TextChunk(text, 1, 1);
    int values = 0;
    while (startsWithBrace(rest.text())) {
      ProblemLog own = log.fresh();
      JsonText json = new JsonText(rest, budget, own);
      TextNode value = json.read();
      if (value == null && values > 1) {
        log.addAll(own);
        return; // as kubectl, which is sure by now that all is JSON
      }
      if (value == null) {
        break; // YAML perhaps
      }
      log.addAll(own);
      values++;
      objects.read(value, own.errors() == 0);
      rest = json.rest();
      if (values > 1 && !rest.isBlank() && !startsWithBrace(rest.text())) {
        log.error(
            ProblemCode.SYNTAX,
            log.place(rest.line(), rest.column(), ""),
            "this is not JSON, and follows JSON",
            "Separate documents by a line \"---\".");
        return;
      }
    }
    for (TextChunk chunk : DocumentSplitter.split(rest, log)) {
      if (!chunk.isBlank()) {
        readDocument(chunk, budget, log, objects);
      }
    }
  }

  private static void readDocument(
      TextChunk chunk, ReadBudget budget, ProblemLog log, ObjectReader objects) {
    int before = log.errors();
    TextNode root = parse(chunk, budget, log);
    if (root != null) {
      objects.read(root, log.errors() == before);
    }
  }

  /** Tries JSON where it looks like that: YAML does not have all of its escapes. */
  private static @Nullable TextNode parse(TextChunk chunk, ReadBudget budget, ProblemLog log) {
    if (!startsWithBrace(chunk.text())) {
      return new YamlReader(chunk, budget, log).read();
    }
    ProblemLog asJson = log.fresh();
    JsonText json = new JsonText(chunk, budget, asJson);
    TextNode value = json.read();
    if (value != null && json.rest().isBlank()) {
      log.addAll(asJson);
      return value;
    }
    ProblemLog asYaml = log.fresh();
    TextNode root = new YamlReader(chunk, budget, asYaml).read();
    boolean meantAsJson = root == null && value == null && startsWithQuote(chunk.text());
    log.addAll(meantAsJson ? asJson : asYaml);
    return root;
  }

  private static boolean startsWithBrace(String text) {
    return first(text, 0) == '{';
  }

  private static boolean startsWithQuote(String text) {
    return first(text, text.indexOf('{') + 1) == '"';
  }

  private static char first(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return text.charAt(i);
      }
    }
    return '\0';
  }
}

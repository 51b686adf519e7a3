package io.sailplan.plan;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import io.sailplan.model.Json;
import io.sailplan.model.JsonDocument;
import io.sailplan.model.ReadLimits;
import io.sailplan.model.Trees;
import io.sailplan.problem.InvalidInputException;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plan that travels: it can be stored, approved, and applied later, by another process. It holds
 * all that a run needs except the values of Secrets, of which it only holds digests by the caller's
 * {@link PlanKey}; whoever opens it gives the key, and the Secrets again.
 *
 * <p>Read back it is equal. The digest covers all of it; a plan that was saved with a key is signed
 * by it as well, and can only be opened with the same key. Immutable.
 *
 * <pre>{@code
 * String text = SavedPlan.of(plan, key).orThrow().toJson();
 * SavedPlan saved = SavedPlan.read("shop.plan", text).orThrow();
 * Plan approved = saved.open(key, SecretSource.of(shop)).orThrow();
 * }</pre>
 */
public final class SavedPlan {
  private static final String DIGEST = "digest";
  private static final String SIGNATURE = "signature";

  /** A plan holds the manifests of all that it writes, each a few levels deep in it. */
  private static final ReadLimits LIMITS =
      ReadLimits.standard().withMaxBytes(64 << 20).withMaxNodes(10_000_000).withMaxDepth(120);

  private final Plan sealed;
  private final String digest;
  private final String signature;

  private SavedPlan(Plan sealed, String digest, String signature) {
    this.sealed = sealed;
    this.digest = digest;
    this.signature = signature;
  }

  /** Saves a plan that changes no Secret. */
  public static Saving of(Plan plan) {
    return save(plan, null);
  }

  /** Saves a plan, signed by the caller's key. */
  public static Saving of(Plan plan, PlanKey key) {
    return save(plan, requireNonNull(key, "key"));
  }

  /**
   * Reads a plan back. It is strict: whatever this release does not know, or does not write just
   * so, is a problem, as nobody could say what was approved. Never throws because of what is in the
   * text.
   *
   * @param source the name of the text for places, usually a file name
   * @param text what {@link #toJson} has written; its blanks and the order of its fields may differ
   */
  public static Reading read(String source, String text) {
    JsonDocument document = JsonDocument.read(source, text, LIMITS);
    List<Problem> problems = new ArrayList<>(document.problems());
    Fields fields = new Fields(Trees.object(document.tree()), "", document.source(), problems);
    if (!problems.isEmpty()) {
      return new Reading(Optional.empty(), problems);
    }
    if (!(document.tree() instanceof Map)) {
      fields.wrong(ProblemCode.NOT_AN_OBJECT, "", "a saved plan is a JSON object", "");
      return new Reading(Optional.empty(), problems);
    }
    String format = fields.text("format");
    if (!format.equals(PlanJson.FORMAT)) {
      if (!format.isEmpty()) {
        fields.wrong(
            ProblemCode.INVALID_VALUE,
            "format",
            "the format \"" + format + "\" is not " + PlanJson.FORMAT,
            "Read it with the release that has written it, or plan again.");
      }
      return new Reading(Optional.empty(), problems); // nothing else can be judged
    }
    if (!fields.has(DIGEST)) {
      fields.wrong(
          ProblemCode.MISSING_FIELD,
          DIGEST,
          "this plan was printed, not saved: it has no digest, and lacks what is sent",
          "Save the plan, as with: sailplan plan --out FILE.");
      return new Reading(Optional.empty(), problems);
    }
    String digest = fields.text(DIGEST);
    String signature = fields.has(SIGNATURE) ? fields.text(SIGNATURE) : "";
    if (!digest.isEmpty() && !digest.equals(digest(Trees.object(document.tree())))) {
      altered(fields, "this is not what was saved: it does not match its digest");
    }
    Plan plan = PlanReader.read(fields, problems).orElse(null);
    if (plan != null && !digest.equals(digest(PlanJson.whole(plan)))) {
      altered(fields, "this is not how a plan is saved: its parts contradict each other");
      plan = null;
    }
    return new Reading(
        Optional.ofNullable(plan).map(read -> new SavedPlan(read, digest, signature)), problems);
  }

  /** Opens a plan that was saved without a key. */
  public Opening open() {
    return signature.isEmpty()
        ? new Opening(Optional.of(sealed), List.of())
        : refused(
            Refusal.Code.NEEDS_KEY,
            "the plan was saved with a key, and is opened without",
            new Remedy("give-key", "Open it with the key that it was saved with."));
  }

  /**
   * Opens a plan that was saved with a key.
   *
   * @param key the same key
   * @param secrets the Secrets that the plan writes, as they were when it was made; anything else
   *     is refused
   */
  public Opening open(PlanKey key, SecretSource secrets) {
    requireNonNull(secrets, "secrets");
    if (signature.isEmpty()) {
      return refused(
          Refusal.Code.WRONG_KEY,
          "the plan was saved without a key, so the key does not vouch for it",
          new Remedy("plan-again", "Plan again, and save that with the key."),
          new Remedy("trust", "Open it without a key, if you trust where it comes from."));
    }
    if (!PlanKey.same(signature, sign(key, digest))) {
      return refused(
          Refusal.Code.WRONG_KEY,
          "the plan was not saved with this key, or was changed afterwards",
          new Remedy("give-key", "Open it with the key that it was saved with."),
          new Remedy("plan-again", "Plan again, and save that with this key."));
    }
    Unsealing unsealing = new Unsealing(key, secrets);
    Plan plan = unsealing.map(sealed).keyed(key);
    List<Refusal> refusals = unsealing.refusals();
    return new Opening(refusals.isEmpty() ? Optional.of(plan) : Optional.empty(), refusals);
  }

  /** Returns what is planned, for which application. */
  public PlannedOperation operation() {
    return sealed.operation();
  }

  /**
   * Returns the digest of the whole plan, such as {@code sha256:9f86…}: what an approval can name.
   */
  public String digest() {
    return digest;
  }

  /** Returns whether it was saved with a key, and can only be opened with it. */
  public boolean isSigned() {
    return !signature.isEmpty();
  }

  /** Returns the plan as people read it, without colours; see {@link Plan#render}. */
  public String render() {
    return sealed.render();
  }

  /** Returns the plan as JSON, ending with a line break; the same plan always gives the same. */
  public String toJson() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Map<String, @Nullable Object> plan = PlanJson.whole(sealed);
    tree.put("format", plan.get("format"));
    tree.put(DIGEST, digest);
    if (isSigned()) {
      tree.put(SIGNATURE, signature);
    }
    tree.putAll(plan);
    return Json.writePretty(tree) + "\n";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SavedPlan saved
        && sealed.equals(saved.sealed)
        && digest.equals(saved.digest)
        && signature.equals(saved.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(digest, signature);
  }

  @Override
  public String toString() {
    return "SavedPlan[" + sealed.operation() + " " + digest + "]";
  }

  private static Saving save(Plan plan, @Nullable PlanKey key) {
    Sealing sealing = new Sealing(key, plan.key());
    Plan sealed = sealing.map(plan);
    List<Refusal> refusals = new ArrayList<>();
    sealing
        .missed()
        .forEach(
            (resource, why) ->
                refusals.add(
                    new Refusal(
                        Refusal.Code.NEEDS_KEY,
                        resource,
                        resource + " cannot be saved: " + why,
                        key == null
                            ? List.of(
                                new Remedy(
                                    "give-key",
                                    "Save the plan with a key; whoever applies it needs the same"
                                        + " one, and the manifests."),
                                new Remedy("apply-now", "Apply the plan without saving it."))
                            : List.of(
                                new Remedy("apply-now", "Apply the plan without saving it.")))));
    if (!refusals.isEmpty()) {
      return new Saving(Optional.empty(), refusals);
    }
    String digest = digest(PlanJson.whole(sealed));
    return new Saving(
        Optional.of(new SavedPlan(sealed, digest, key == null ? "" : sign(key, digest))),
        List.of());
  }

  private static Opening refused(Refusal.Code code, String message, Remedy... remedies) {
    return new Opening(
        Optional.empty(), List.of(new Refusal(code, "", message, List.of(remedies))));
  }

  private static void altered(Fields fields, String message) {
    fields.wrong(ProblemCode.ALTERED, DIGEST, message, "Plan again, and have that approved.");
  }

  private static String sign(PlanKey key, String digest) {
    return key.digest("plan", digest);
  }

  /** Of the compact JSON without digest and signature, all fields ordered by name. */
  private static String digest(Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> signed = new TreeMap<>(tree);
    signed.remove(DIGEST);
    signed.remove(SIGNATURE);
    return "sha256:"
        + Hashing.sha256().hashString(Json.write(ordered(signed)), StandardCharsets.UTF_8);
  }

  private static @Nullable Object ordered(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      TreeMap<String, @Nullable Object> ordered = new TreeMap<>();
      Trees.object(value).forEach((name, item) -> ordered.put(name, ordered(item)));
      return ordered;
    }
    if (value instanceof List<?>) {
      List<@Nullable Object> items = new ArrayList<>();
      Trees.list(value).forEach(item -> items.add(ordered(item)));
      return items;
    }
    return value;
  }

  /**
   * What saving gives.
   *
   * @param saved the saved plan; empty if it was refused
   * @param refusals why it cannot be saved; empty if it can
   */
  public record Saving(Optional<SavedPlan> saved, List<Refusal> refusals) {
    /** Copies the list. */
    public Saving {
      requireNonNull(saved, "saved");
      refusals = List.copyOf(refusals);
    }

    /**
     * Returns the saved plan.
     *
     * @throws RefusedException if it was refused
     */
    public SavedPlan orThrow() {
      return saved.orElseThrow(() -> new RefusedException(refusals));
    }
  }

  /**
   * What reading gives.
   *
   * @param saved the saved plan; empty if there is a problem
   * @param problems everything that is wrong with the text
   */
  public record Reading(Optional<SavedPlan> saved, List<Problem> problems) {
    /** Copies the list. */
    public Reading {
      problems = List.copyOf(problems);
      saved = problems.isEmpty() ? saved : Optional.empty();
    }

    /**
     * Returns the saved plan.
     *
     * @throws InvalidInputException if there is a problem
     */
    public SavedPlan orThrow() {
      return saved.orElseThrow(() -> new InvalidInputException(problems));
    }
  }

  /**
   * What opening gives.
   *
   * @param plan the plan, ready to run; empty if it was refused
   * @param refusals why it cannot be opened; empty if it can
   */
  public record Opening(Optional<Plan> plan, List<Refusal> refusals) {
    /** Copies the list. */
    public Opening {
      requireNonNull(plan, "plan");
      refusals = List.copyOf(refusals);
    }

    /**
     * Returns the plan.
     *
     * @throws RefusedException if it was refused
     */
    public Plan orThrow() {
      return plan.orElseThrow(() -> new RefusedException(refusals));
    }
  }
}

package io.sailplan.readiness;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Look;
import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Why an object is not ready, for a person. What controllers, containers and the API server wrote
 * is masked before it gets in here.
 *
 * @param target the object that is waited for
 * @param headline what it is, and what its readiness rule says; a sentence
 * @param findings what was found, the cause before its consequences; empty if nothing was
 */
public record Diagnosis(ObjectKey target, String headline, List<Finding> findings) {

  /** Copies the list. */
  public Diagnosis {
    requireNonNull(target, "target");
    requireNonNull(headline, "headline");
    findings = List.copyOf(findings);
  }

  /**
   * Returns where to look for what explains the object's state: its pods, their claims, the events
   * of its namespace.
   */
  public static List<Look> needs(LiveObject target) {
    return Needs.of(target);
  }

  /**
   * Returns the containers whose logs would help, ordered by name; at most one of those that are in
   * the same trouble.
   *
   * @param related what the looks that {@link #needs} names have shown
   */
  public static List<ContainerName> logsWanted(LiveObject target, Collection<LiveObject> related) {
    TreeSet<ContainerName> wanted = new TreeSet<>();
    for (Finding finding : Explainer.findings(target, related)) {
      if (Explainer.hasLog(finding)) {
        wanted.add(Explainer.log(finding));
      }
    }
    return List.copyOf(wanted);
  }

  /**
   * Returns the explanation.
   *
   * @param target the object that is waited for
   * @param verdict what {@link Readiness} says of it
   * @param related what the looks that {@link #needs} names have shown; other objects do no harm
   * @param logs the logs of containers, in whole or their last part; may be empty
   * @param masker takes the values of Secrets out of a text
   */
  public static Diagnosis explain(
      LiveObject target,
      Verdict verdict,
      Collection<LiveObject> related,
      Map<ContainerName, String> logs,
      Function<String, String> masker) {
    requireNonNull(target, "target");
    requireNonNull(verdict, "verdict");
    return new Explainer(target, related, logs, masker).explain(verdict);
  }

  /**
   * Returns what to do about an API server's refusal to make an object, by the message it gave;
   * empty if nothing useful can be said.
   */
  public static String advice(String message) {
    return Refusals.hint(message);
  }

  /**
   * Returns the whole text, in lines: the headline, and each finding with what to do about it, the
   * latest warnings and the end of the log.
   */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add(headline);
    for (Finding finding : findings) {
      lines.add("  " + sentence(finding));
      if (!finding.hint().isEmpty()) {
        lines.add("    " + finding.hint());
      }
      finding.events().forEach(event -> lines.add("    event " + event));
      finding.log().forEach(line -> lines.add("    log | " + line));
    }
    return String.join("\n", lines);
  }

  private String sentence(Finding finding) {
    String message = finding.message();
    if (finding.object().equals(target)) {
      return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
    }
    String others = finding.alike() == 0 ? "" : " (and " + finding.alike() + " more like it)";
    return finding.object().kind() + " " + finding.object().name() + others + ": " + message + ".";
  }

  /** Returns {@link #text()}. */
  @Override
  public String toString() {
    return text();
  }
}

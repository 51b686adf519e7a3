package io.sailplan.graph;

import io.sailplan.model.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Job that writes a certificate into the configuration of a webhook, as many charts have one. It
 * is known by the arguments of the program {@code kube-webhook-certgen}. It fails while the
 * configuration does not exist; and until it is done, the API server cannot talk to the webhook.
 *
 * @param job the Job
 * @param configuration the name of the configuration
 * @param path the argument that names it
 */
record WebhookPatcher(Node job, String configuration, String path) {
  private static final String FLAG = "--webhook-name=";

  /** Returns all such Jobs, ordered by id. */
  static List<WebhookPatcher> findAll(Nodes nodes) {
    List<WebhookPatcher> found = new ArrayList<>();
    for (Node job : nodes.ofKind("batch", "Job")) {
      PodTemplate pods = job.pods();
      if (pods != null) {
        Visitor.each(
            pods.spec(),
            "containers",
            pods.path(),
            (container, at) -> find(job, Trees.get(container, "args"), at, found));
      }
    }
    return found;
  }

  private static void find(Node job, @Nullable Object args, String at, List<WebhookPatcher> found) {
    List<@Nullable Object> words = Trees.list(args);
    for (int i = 0; i < words.size() && words.contains("patch"); i++) {
      if (words.get(i) instanceof String word && word.startsWith(FLAG)) {
        String path = at + ".args[" + i + "]";
        found.add(new WebhookPatcher(job, word.substring(FLAG.length()), path));
      }
    }
  }

  /** Puts the Job after the configuration, if it is the one that the Job patches. */
  void link(Node other, Links links) {
    if (other.key().name().equals(configuration)) {
      links.soft(job, other, Links.Rank.REFERENCE, Provenance.reference(path));
    }
  }

  /** Puts what the webhook looks at after the Job. */
  void linkLookedAt(Node node, Node other, Links links) {
    if (other.key().name().equals(configuration)) {
      Provenance provenance = Provenance.reference(job.id() + ": " + path);
      links.soft(node, job, Links.Rank.ADMISSION, provenance);
    }
  }
}

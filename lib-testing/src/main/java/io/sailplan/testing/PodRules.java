package io.sailplan.testing;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Says what pods do. Of several rules that match a pod, the latest counts; a pod that no rule
 * matches does what its annotation {@value PodBehaviour#ANNOTATION} says, and is ready otherwise.
 * Not safe for use by several threads.
 *
 * <pre>{@code
 * cluster.pods().ofImage("shop/api:2").are(PodBehaviour.crashLoop());
 * }</pre>
 */
public final class PodRules {
  private final List<Rule> rules = new ArrayList<>();
  private final Runnable changed;

  PodRules(Runnable changed) {
    this.changed = changed;
  }

  /** Selects all pods. */
  public Selection all() {
    return matching(pod -> true);
  }

  /** Selects pods with a label. */
  public Selection labelled(String label, String value) {
    requireNonNull(label, "label");
    requireNonNull(value, "value");
    return matching(pod -> value.equals(pod.labels().get(label)));
  }

  /** Selects pods whose names start so: {@code api-} are the pods of a Deployment {@code api}. */
  public Selection named(String prefix) {
    requireNonNull(prefix, "prefix");
    return matching(pod -> pod.name().startsWith(prefix));
  }

  /** Selects pods one of whose containers has this image. */
  public Selection ofImage(String image) {
    requireNonNull(image, "image");
    return matching(
        pod ->
            Tree.objects(pod, "spec", "containers").stream()
                .anyMatch(container -> image.equals(container.get("image"))));
  }

  /** Selects pods by any test of their manifest. */
  public Selection matching(Predicate<Manifest> test) {
    return new Selection(requireNonNull(test, "test"));
  }

  /** Takes all rules back. Pods that have not ended do from now on what they would without them. */
  public void clear() {
    rules.clear();
    changed.run();
  }

  PodBehaviour of(Manifest pod) {
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (rules.get(i).test().test(pod)) {
        return rules.get(i).behaviour();
      }
    }
    String annotation = pod.annotations().getOrDefault(PodBehaviour.ANNOTATION, "");
    return annotation.isEmpty() ? PodBehaviour.ready() : PodBehaviour.parse(annotation);
  }

  private record Rule(Predicate<Manifest> test, PodBehaviour behaviour) {}

  /** Some pods, present and future. */
  public final class Selection {
    private final Predicate<Manifest> test;

    private Selection(Predicate<Manifest> test) {
      this.test = test;
    }

    /** Lets them behave so from now on; pods that live change or heal. */
    public void are(PodBehaviour behaviour) {
      rules.add(new Rule(test, requireNonNull(behaviour, "behaviour")));
      changed.run();
    }
  }
}

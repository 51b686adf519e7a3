package io.sailplan.shape;

import io.sailplan.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the rules behind what a real API server said to values. A value counts as refused only
 * where every place refused it for itself, so that rules are never stricter than the server.
 */
public final class ValueLearner {
  private static final String HEAD =
      """
      # What the API server demands of values beyond their type: type and field, with [] for items of a list, {} for values and
      # {key} for keys of a map; what every place demands; after a slash what no place refuses. Learned by .ci/learn-rules.
      """;

  /** What the server said to one value at all places of a field. */
  private static final class Answers {
    final Set<Object> taken = new LinkedHashSet<>();
    final Set<Object> refused = new LinkedHashSet<>();
    final Set<Object> unsure = new LinkedHashSet<>();

    /** What no place refuses or doubts. */
    final Set<Object> always = new LinkedHashSet<>();

    /** What some place refuses or doubts. */
    final Set<Object> not = new LinkedHashSet<>();

    final Set<String> words = new TreeSet<>();
    boolean needed;
  }

  /**
   * One answer.
   *
   * @param verdict TAKEN, DROPPED, REFUSED or ELSEWHERE
   * @param words what was wrong
   */
  public record Answer(Object value, String verdict, String words) {}

  /** The answers at one place. */
  public record Place(String key, ShapeType type, boolean clean, List<Answer> answers) {}

  /** Words by which the server refuses a value only because of what stands elsewhere. */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "^FieldValue(Forbidden|Duplicate|NotFound)|\\b(when|if|unless|because|requires|specified|completions)\\b|may only|only be set|must not be set|mutually exclusive|`");

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  /** What no trial can tell, and what the documents and the sources of the server say. */
  private static final Map<String, String> KNOWN = known();

  /** What {@code CrossRules} knows of what these have to do with other fields. */
  private static final Set<String> CROSS =
      Set.of(
          "apps.v1.DaemonSetUpdateStrategy.type",
          "apps.v1.DeploymentSpec.minReadySeconds",
          "apps.v1.DeploymentStrategy.type",
          "autoscaling.v1.HorizontalPodAutoscalerSpec.minReplicas",
          "autoscaling.v2.HorizontalPodAutoscalerSpec.minReplicas",
          "core.v1.ContainerPort.hostPort",
          "core.v1.EnvVar.value",
          "core.v1.ResourceRequirements.limits{}",
          "core.v1.ResourceRequirements.requests{}",
          "core.v1.Volume.name",
          "core.v1.VolumeMount.name",
          "core.v1.VolumeMount.subPath",
          "core.v1.VolumeMount.subPathExpr",
          "meta.v1.LabelSelector.matchLabels{key}",
          "meta.v1.LabelSelectorRequirement.key",
          "networking.v1.ServiceBackendPort.name",
          "networking.v1.ServiceBackendPort.number");

  private ValueLearner() {}

  private static Map<String, String> known() {
    Map<String, String> known = new TreeMap<>();
    try (InputStream stream = ValueLearner.class.getResourceAsStream("known-rules.txt")) {
      new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(
              line -> {
                int space = line.indexOf(' ');
                String before =
                    known.put(line.substring(0, space), line.substring(space + 1).strip());
                if (before != null) {
                  throw new IllegalStateException("twice: " + line);
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return known;
  }

  /** The values that the server itself names. */
  public static Set<String> allowed(String words) {
    Set<String> all = new TreeSet<>();
    int list = words.indexOf("supported values: ");
    if (list >= 0) {
      Matcher quoted = QUOTED.matcher(words.substring(list));
      while (quoted.find()) {
        all.add(quoted.group(1));
      }
    }
    return all;
  }

  /** Returns the text of the resource of rules, sorted. */
  public static String rules(Collection<Place> places) {
    Map<String, List<Place>> byKey = new TreeMap<>();
    places.forEach(
        place -> byKey.computeIfAbsent(place.key(), unused -> new ArrayList<>()).add(place));
    Map<String, String> rules = new TreeMap<>(KNOWN);
    byKey.forEach(
        (key, all) -> {
          if (KNOWN.containsKey(key)) {
            return;
          }
          List<Place> usable =
              all.stream()
                  .filter(
                      place ->
                          place.clean()
                              && place.answers().stream()
                                  .anyMatch(answer -> answer.verdict().equals("TAKEN")))
                  .toList();
          if (usable.isEmpty()) {
            System.err.println(
                "no usable place: "
                    + key
                    + " "
                    + all.get(0).answers().stream()
                        .map(Answer::words)
                        .distinct()
                        .limit(2)
                        .toList());
            return;
          }
          Answers answers = merge(usable, CROSS.contains(key));
          answers.needed |= isRequired(key);
          String rule =
              rule(usable.get(0).type(), answers)
                  .replace(isRequired(key) ? " needed" : "\u0000", "");
          if (rule.isEmpty()) {
            System.err.println(
                "no rule: "
                    + key
                    + " takes "
                    + shortened(answers.taken)
                    + " refuses "
                    + shortened(answers.refused)
                    + " unsure "
                    + shortened(answers.unsure));
            return;
          }
          rules.put(key, rule);
        });
    StringBuilder text = new StringBuilder(HEAD);
    rules.forEach((key, rule) -> text.append(key).append(' ').append(rule).append('\n'));
    return text.toString();
  }

  /** Whether the documents say so already. */
  private static boolean isRequired(String key) {
    int dot = key.lastIndexOf('.');
    FieldShape field =
        key.endsWith("]") || key.endsWith("}")
            ? null
            : BuiltInShapes.named(key.substring(0, dot)).field(key.substring(dot + 1));
    return field != null && field.required();
  }

  /** Returns whether a value is refused only because of what stands elsewhere. */
  public static boolean ofOthers(String words) {
    return OF_OTHERS.matcher(words).find() || words.matches("(?s)40[3-9].*");
  }

  private static String shortened(Set<Object> values) {
    return values.stream()
        .map(Json::write)
        .map(v -> v.length() > 30 ? v.substring(0, 30) + "…" : v)
        .limit(40)
        .collect(Collectors.joining(" "));
  }

  private static Answers merge(List<Place> places, boolean cross) {
    Answers merged = new Answers();
    for (Place place : places) {
      for (Answer answer : place.answers()) {
        if (answer.value() == null) {
          merged.needed |=
              answer.verdict().equals("REFUSED") && answer.words().startsWith("FieldValueRequired");
          continue;
        }
        if (answer.words().matches("(?s)40[3-9].*")) {
          continue; // admission, which looks for other objects
        }
        merged.words.addAll(allowed(answer.words()));
        boolean itself = !OF_OTHERS.matcher(answer.words()).find();
        switch (answer.verdict()) {
          case "TAKEN" -> merged.taken.add(answer.value());
          case "REFUSED" -> (itself ? merged.refused : merged.unsure).add(answer.value());
          default -> merged.unsure.add(answer.value());
        }
        if (cross) {
          merged.unsure.clear();
        }
      }
    }
    Set<Object> doubtful = new LinkedHashSet<>(merged.refused);
    doubtful.addAll(merged.unsure);
    merged.always.addAll(merged.taken);
    merged.always.removeAll(doubtful);
    merged.refused.removeAll(merged.taken);
    merged.not.addAll(doubtful);
    return merged;
  }

  private static String rule(ShapeType type, Answers answers) {
    if (type == ShapeType.STRING && !answers.words.isEmpty()) {
      return oneOf(answers);
    }
    // what is left out may be written as nothing
    boolean nothing = answers.refused.contains("") && !answers.needed;
    if (nothing) {
      answers.refused.remove("");
    }
    String outer = rule(type, answers.taken, answers.refused, false);
    if (outer.isEmpty()) {
      return "";
    }
    boolean more = nothing && type == ShapeType.STRING && !outer.endsWith("or-empty");
    String inner =
        answers.always.isEmpty() ? "none" : rule(type, answers.always, answers.not, true);
    inner = inner.isEmpty() ? "none" : inner;
    outer += more ? " or-empty" : "";
    return outer + (inner.equals(outer) ? "" : " / " + inner) + (answers.needed ? " needed" : "");
  }

  /**
   * @param known whether only what was tried counts, not what lies between
   */
  private static String rule(ShapeType type, Set<Object> in, Set<Object> out, boolean known) {
    return switch (type) {
      case STRING -> text(in, out, known && !out.isEmpty());
      case INT32 -> range(in, out, known, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> range(in, out, known, Long.MIN_VALUE, Long.MAX_VALUE);
      case QUANTITY -> amount(out);
      case INT_OR_STRING -> intOrString(in, out, known);
      case BOOLEAN ->
          !known || out.isEmpty() ? "any" : in.size() == 1 ? "one-of " + in.iterator().next() : "";
      default -> out.isEmpty() ? "any" : "";
    };
  }

  /** The words that the server names, if it takes no others. */
  private static String oneOf(Answers answers) {
    Set<String> all = new TreeSet<>(answers.words);
    all.remove("");
    boolean more =
        answers.taken.stream().anyMatch(v -> !v.equals("") && !all.contains(String.valueOf(v)));
    if (more || all.stream().anyMatch(word -> word.contains(" "))) {
      return "";
    }
    Set<String> always = new TreeSet<>();
    answers.always.forEach(value -> always.add(String.valueOf(value)));
    boolean empty = answers.taken.contains("") || (!answers.needed && !answers.always.contains(""));
    String outer = "one-of " + String.join(" ", all) + (empty ? " or-empty" : "");
    boolean emptyAlways = always.remove("");
    String inner =
        always.isEmpty()
            ? "none"
            : "one-of " + String.join(" ", always) + (emptyAlways ? " or-empty" : "");
    return outer + (inner.equals(outer) ? "" : " / " + inner) + (answers.needed ? " needed" : "");
  }

  /**
   * The form that has all of the one and none of the other; of several the widest, or narrowest.
   */
  private static String text(Set<Object> in, Set<Object> out, boolean narrow) {
    if (in.equals(Set.of(""))) {
      return "";
    }
    String best = "";
    long size = 0;
    for (TextForm form : TextForm.values()) {
      boolean fits =
          in.stream().allMatch(v -> v.equals("") || form.fits((String) v))
              && out.stream().noneMatch(v -> form.fits((String) v));
      long taken =
          Stream.concat(ValueProbes.TEXT.stream(), ValueProbes.FIRST.stream())
              .filter(form::fits)
              .count();
      if (fits && (best.isEmpty() || (narrow ? taken < size : taken > size))) {
        best = form.id();
        size = taken;
      }
    }
    return best.isEmpty() ? "" : best + (in.contains("") ? " or-empty" : "");
  }

  /** The numbers between the nearest ones that are out. */
  private static String range(
      Set<Object> in, Set<Object> out, boolean known, long least, long most) {
    TreeSet<Long> taken = longs(in);
    TreeSet<Long> not = longs(out);
    if (taken.isEmpty()) {
      return "";
    }
    if (!not.subSet(taken.first(), taken.last()).isEmpty()) {
      Long next = taken.higher(0L);
      boolean zero = taken.first() == 0 && next != null && not.subSet(next, taken.last()).isEmpty();
      String rest = zero ? range(Set.copyOf(taken.tailSet(1L)), out, known, least, most) : "";
      return rest.isEmpty() ? "" : "0 or " + rest;
    }
    Long below = not.lower(taken.first());
    Long above = not.higher(taken.last());
    long from = known ? taken.first() : below == null ? least : below + 1;
    long to = known ? taken.last() : above == null ? most : above - 1;
    return from == least && to == most
        ? "any"
        : (from == least ? "" : from) + ".." + (to == most ? "" : to);
  }

  private static TreeSet<Long> longs(Set<Object> values) {
    return values.stream()
        .filter(Long.class::isInstance)
        .map(Long.class::cast)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String amount(Set<Object> out) {
    String sign = !out.contains("-1") ? "" : !out.contains("0") ? " 0.." : " above-0";
    List<String> fine = List.of("0.5", "1.5", "1m", "1n", "100m", "1500m");
    boolean whole = out.containsAll(fine);
    boolean milli = out.contains("1n") && !out.contains("1m");
    boolean odd = fine.stream().anyMatch(out::contains) && !whole && !milli;
    boolean bounded = Stream.of("2", "1Gi", "1Ti", "1k", "9E", "1e3", "1M").anyMatch(out::contains);
    return odd || bounded ? "" : "amount" + sign + (whole ? " whole" : milli ? " milli" : "");
  }

  private static String intOrString(Set<Object> in, Set<Object> out, boolean known) {
    Set<Object> texts = in.stream().filter(String.class::isInstance).collect(Collectors.toSet());
    Set<Object> bad = out.stream().filter(String.class::isInstance).collect(Collectors.toSet());
    String numbers = range(in, out, known, Integer.MIN_VALUE, Integer.MAX_VALUE);
    String form = texts.isEmpty() ? "none" : bad.isEmpty() ? "any" : text(texts, bad, known);
    if (form.isEmpty() && texts.stream().allMatch(t -> ((String) t).matches("[0-9]+%"))) {
      form = texts.contains("1000%") ? "percent" : bad.contains("101%") ? "percent-100" : "";
    }
    return form.isEmpty() || numbers.isEmpty() ? "" : "number " + numbers + " or " + form;
  }
}

package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import io.sailplan.shape.ShapeType;
import io.sailplan.shape.ValueLearner;
import io.sailplan.shape.ValueProbes;
import io.sailplan.shape.ValueRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tries values at places by dry run, and writes down what the server says. */
final class ValueObserver {
  private static final int AT_ONCE = 4;
  private static final int CONTEXTS = 5;
  private static final int SAMPLES = 3;

  private final RealServer server;
  private final Map<String, Set<String>> baselines = new ConcurrentHashMap<>();

  ValueObserver(RealServer server) {
    this.server = server;
  }

  /** What the server said to one value. */
  enum Verdict {
    /** Taken. */
    TAKEN,
    /** Taken, but not stored: a gate is shut, or another field decides. */
    DROPPED,
    /** Refused for the value itself. */
    REFUSED,
    /** Refused because something else is missing or in the way. */
    ELSEWHERE
  }

  /** An answer and its words. */
  record Said(Verdict verdict, String words) {}

  /**
   * What was seen at one place.
   *
   * @param clean whether the object is taken as it is
   */
  record Seen(ValueSites.Site site, boolean clean, Map<Object, Said> answers) {
    ValueLearner.Place place() {
      List<ValueLearner.Answer> all = new ArrayList<>();
      answers.forEach(
          (value, said) ->
              all.add(new ValueLearner.Answer(value, said.verdict().name(), said.words())));
      return new ValueLearner.Place(site.key(), site.type(), clean, all);
    }

    boolean usable() {
      return clean && answers.values().stream().anyMatch(said -> said.verdict() == Verdict.TAKEN);
    }
  }

  /** Returns what was seen at the places of all fields. */
  List<ValueLearner.Place> observe(List<Manifest> seeds) {
    return inParallel(sites(seeds), this::contexts);
  }

  private static Map<String, List<ValueSites.Site>> sites(List<Manifest> seeds) {
    Map<String, List<ValueSites.Site>> sites = new TreeMap<>();
    for (Manifest seed : seeds) {
      KindShape kind = ShapeCatalog.builtIn().find(seed).orElseThrow();
      ValueSites.of(seed, kind)
          .forEach(
              (key, found) ->
                  sites.computeIfAbsent(key, unused -> new ArrayList<>()).addAll(found));
    }
    return sites;
  }

  private static <T> List<T> inParallel(
      Map<String, List<ValueSites.Site>> sites, Function<List<ValueSites.Site>, List<T>> work) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<List<T>>> running = new ArrayList<>();
      sites.values().forEach(found -> running.add(threads.submit(() -> work.apply(found))));
      List<T> all = new ArrayList<>();
      for (Future<List<T>> one : running) {
        all.addAll(one.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The first usable place in full, some others in short. */
  private List<ValueLearner.Place> contexts(List<ValueSites.Site> sites) {
    List<ValueSites.Site> ordered = new ArrayList<>(sites);
    // admission looks at pods, which hides what validation says
    ordered.sort(
        Comparator.comparing(ValueSites.Site::added)
            .thenComparing(site -> site.seed().kind().equals("Pod")));
    boolean always = sites.stream().filter(site -> !site.added()).allMatch(ValueSites.Site::filled);
    Set<String> known = new HashSet<>();
    List<Seen> seen = new ArrayList<>();
    boolean full = true;
    for (ValueSites.Site site : ordered) {
      String where = site.kind() + site.path().replaceAll("[0-9]+", "");
      if (seen.size() < CONTEXTS && (full || known.add(where))) {
        Seen found = probe(site, full);
        if (full
            && always
            && site.filled()
            && !site.key().endsWith("]")
            && !site.key().endsWith("}")) {
          found.answers().put(null, ask(site, null, Set.of()));
        }
        seen.add(found);
        known.add(where);
        full &= !found.usable();
      }
    }
    return seen.stream().map(Seen::place).toList();
  }

  private Seen probe(ValueSites.Site site, boolean full) {
    Manifest baseline = site.baseline();
    Set<String> before =
        baselines.computeIfAbsent(
            baseline.toJson(), unused -> causes(create(site.kind(), baseline)).keySet());
    Map<Object, Said> answers = new LinkedHashMap<>();
    List<Object> first = new ArrayList<>(first(site, full));
    if (site.value() != null && !first.contains(site.value())) {
      first.add(site.value());
    }
    first.forEach(value -> answers.put(value, ask(site, value, before)));
    boolean choosy =
        answers.values().stream()
            .anyMatch(
                said ->
                    said.verdict() == Verdict.REFUSED
                        && !said.words().startsWith("FieldValueForbidden"));
    if (full && (site.type() == ShapeType.INT32 || site.type() == ShapeType.INT64)) {
      bisect(site, answers, before);
    }
    if (full && choosy) {
      more(site).forEach(value -> answers.put(value, ask(site, value, before)));
      for (Said said : List.copyOf(answers.values())) {
        for (String word : ValueLearner.allowed(said.words())) {
          answers.computeIfAbsent(word, value -> ask(site, value, before));
        }
      }
    }
    return new Seen(site, before.isEmpty(), answers);
  }

  /** Finds where numbers begin and end to be taken. */
  private void bisect(ValueSites.Site site, Map<Object, Said> answers, Set<String> before) {
    TreeMap<Long, Verdict> known = new TreeMap<>();
    answers.forEach((value, said) -> known.put((Long) value, said.verdict()));
    for (long start : List.copyOf(known.keySet())) {
      Long next = known.higherKey(start);
      if (next != null && known.get(start) != known.get(next)) {
        long low = start;
        long high = next;
        while (high - low > 1) {
          long middle = low + (high - low) / 2;
          Said said = ask(site, middle, before);
          answers.put(middle, said);
          if (said.verdict() == known.get(start)) {
            low = middle;
          } else {
            high = middle;
          }
        }
      }
    }
  }

  private static List<?> first(ValueSites.Site site, boolean full) {
    switch (site.type()) {
      case BOOLEAN:
        return List.of(true, false);
      case INT32:
        return full ? ValueProbes.INT32 : List.of(-2147483648L, -1L, 0L, 1L, 100L, 2147483647L);
      case INT64:
        return full
            ? ValueProbes.INT64
            : List.of(-9223372036854775808L, -1L, 0L, 1L, 100L, 9223372036854775807L);
      case INT_OR_STRING:
        return ValueProbes.INT_OR_STRING;
      case QUANTITY:
        return ValueProbes.QUANTITY;
      case TIME:
      case MICRO_TIME:
        return List.of(
            "2026-01-02T03:04:05.000000Z",
            "1970-01-01T00:00:00.000000Z",
            "9000-01-01T00:00:00.000000Z");
      case BYTES:
        return List.of("", "YQ==");
      case NUMBER:
        return List.of(-1.5, 0L, 1L, 1e9);
      default:
        return ValueProbes.FIRST;
    }
  }

  private static List<String> more(ValueSites.Site site) {
    return site.type() == ShapeType.STRING ? ValueProbes.TEXT : List.of();
  }

  private Said ask(ValueSites.Site site, @Nullable Object value, Set<String> before) {
    Manifest sent = site.with(value);
    RealServer.Answer answer = create(site.kind(), sent);
    if (answer.ok()) {
      return new Said(stored(site, value, answer.body()) ? Verdict.TAKEN : Verdict.DROPPED, "");
    }
    Map<String, String> causes = causes(answer);
    String own = site.path();
    String outer = own.replaceAll("(\\[[^\\]]*\\]|\\.[^.\\[]*)$", "");
    boolean item = site.key().endsWith("]") || site.key().endsWith("}");
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> cause : causes.entrySet()) {
      String field = cause.getValue().substring(0, cause.getValue().indexOf(' '));
      String words = cause.getValue().substring(field.length() + 1);
      String bare = own.replaceAll("\\[[0-9]+\\](?=[^\\[\\]]*$)", ""); // as the server names some
      boolean mine =
          field.equals(bare)
              || field.equals(own)
              || field.startsWith(own + ".")
              || field.startsWith(own + "[");
      if (mine || (item && field.equals(outer))) {
        return new Said(Verdict.REFUSED, words);
      }
      if (!before.contains(cause.getKey())) {
        others.add(field + " " + words);
      }
    }
    Collections.sort(others);
    return causes.isEmpty()
        ? new Said(
            answer.status() == 400 ? Verdict.REFUSED : Verdict.ELSEWHERE,
            answer.status() + " " + answer.message())
        : new Said(Verdict.ELSEWHERE, String.join("; ", others));
  }

  private static boolean stored(ValueSites.Site site, @Nullable Object value, Manifest body) {
    Object at = body.tree();
    List<Object> steps = site.steps();
    for (Object step : steps) {
      at =
          step instanceof Integer index
              ? index < Trees.list(at).size() ? Trees.list(at).get(index) : null
              : Trees.object(at).get(step.equals(ValueSites.KEY) ? String.valueOf(value) : step);
    }
    boolean nothing = value == null || value.equals("") || value.equals(0L) || value.equals(false);
    return at != null || nothing;
  }

  private RealServer.Answer create(KindShape kind, Manifest manifest) {
    return server.post(kind, manifest, "learner", "&dryRun=All");
  }

  /** The causes by field and reason: field, reason and message. */
  private static Map<String, String> causes(RealServer.Answer answer) {
    Map<String, String> causes = new TreeMap<>();
    for (Object cause : Trees.list(answer.body().get("details", "causes"))) {
      String field = Trees.string(Trees.get(cause, "field"));
      String reason = Trees.string(Trees.get(cause, "reason"));
      causes.put(
          field + " " + reason,
          field + " " + reason + " " + Trees.string(Trees.get(cause, "message")));
    }
    if (!answer.ok() && causes.isEmpty() && answer.status() == 422) {
      causes.put("?", "? " + answer.message());
    }
    return causes;
  }

  /**
   * Tries at one place of each rule some values that it says are taken, and some that it says are
   * refused, and returns where the server thinks otherwise.
   */
  List<String> contradictions(List<Manifest> seeds) {
    List<String> found = Collections.synchronizedList(new ArrayList<>());
    inParallel(
        sites(seeds),
        sites -> {
          sites.stream()
              .filter(site -> !site.added() && site.rule() != null)
              .limit(2)
              .forEach(site -> contradictions(site, found));
          return List.of();
        });
    return found;
  }

  private void contradictions(ValueSites.Site site, List<String> found) {
    Map<ValueRule.Verdict, Integer> tried = new HashMap<>();
    List<Object> values = new ArrayList<>(first(site, true));
    values.addAll(more(site));
    for (Object value : values) {
      ValueRule.Verdict verdict = site.rule().judge(value);
      if (verdict != ValueRule.Verdict.UNKNOWN
          && tried.merge(verdict, 1, Integer::sum) <= SAMPLES) {
        Said said = ask(site, value, Set.of());
        boolean refused = said.verdict() == Verdict.REFUSED || said.verdict() == Verdict.ELSEWHERE;
        boolean itself = !ValueLearner.ofOthers(said.words()) && said.verdict() == Verdict.REFUSED;
        boolean wrong = verdict == ValueRule.Verdict.TAKEN ? itself : !refused;
        Manifest sent = site.with(value);
        // what other fields have to say is told by rules of their own
        boolean told = wrong && itself && !ShapeValidator.validate(sent, Kinds.of(sent)).isEmpty();
        if (wrong && !told) {
          found.add(
              site.key()
                  + " at "
                  + site.kind()
                  + " "
                  + site.path()
                  + " is said to be "
                  + verdict
                  + ": "
                  + Json.write(value)
                  + " "
                  + said);
        }
      }
    }
  }
}

package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the LimitRanges of a namespace fill into a new pod, and refuse (the plugin LimitRanger). */
final class PodLimits {
  private static final List<String> LISTS = List.of("containers", "initContainers");
  private static final BigDecimal MILLI = new BigDecimal(1000);

  private PodLimits() {}

  /** Returns whether a range fills anything into containers. */
  static boolean fills(Manifest range) {
    return items(range).stream()
        .anyMatch(
            item ->
                "Container".equals(item.get("type"))
                    && !(Trees.object(item.get("default")).isEmpty()
                        && Trees.object(item.get("defaultRequest")).isEmpty()));
  }

  /** Gives containers what they did not ask for; returns what the pod says of it, if anything. */
  static Optional<String> fill(Map<String, @Nullable Object> spec, Manifest range) {
    Map<String, @Nullable Object> limits = new LinkedHashMap<>();
    Map<String, @Nullable Object> requests = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> item : items(range)) {
      if ("Container".equals(item.get("type"))) {
        limits.putAll(Trees.object(item.get("default")));
        requests.putAll(Trees.object(item.get("defaultRequest")));
      }
    }
    List<String> told = new ArrayList<>();
    for (String list : LISTS) {
      if (spec.get(list) != null) {
        String what = list.equals("containers") ? "container " : "init container ";
        List<@Nullable Object> containers = new ArrayList<>();
        for (Object container : Trees.list(spec.get(list))) {
          Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.object(container));
          String name = what + Trees.string(copy.get("name"));
          fill(copy, "requests", requests).ifPresent(n -> told.add(n + " request for " + name));
          fill(copy, "limits", limits).ifPresent(n -> told.add(n + " limit for " + name));
          containers.add(copy);
        }
        spec.put(list, containers);
      }
    }
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of("LimitRanger plugin set: " + String.join("; ", told));
  }

  private static Optional<String> fill(
      Map<String, @Nullable Object> container,
      String field,
      Map<String, @Nullable Object> defaults) {
    Map<String, @Nullable Object> resources =
        new LinkedHashMap<>(Trees.object(container.get("resources")));
    Map<String, @Nullable Object> amounts = new LinkedHashMap<>(Trees.object(resources.get(field)));
    TreeSet<String> missing = new TreeSet<>(defaults.keySet());
    missing.removeAll(amounts.keySet());
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    missing.forEach(name -> amounts.put(name, defaults.get(name)));
    resources.put(field, amounts);
    container.put("resources", resources);
    return Optional.of(String.join(", ", missing));
  }

  /** Returns what a range refuses, in the server's words; its order is not the server's. */
  static List<String> errors(Map<String, @Nullable Object> spec, Manifest range) {
    List<String> errors = new ArrayList<>();
    for (Map<String, @Nullable Object> item : items(range)) {
      if ("Container".equals(item.get("type"))) {
        for (String list : LISTS) {
          for (Object container : Trees.list(spec.get(list))) {
            Object resources = Trees.get(container, "resources");
            check(item, amounts(resources, "requests"), amounts(resources, "limits"), errors);
          }
        }
      } else if ("Pod".equals(item.get("type"))) {
        check(item, whole(spec, "requests"), whole(spec, "limits"), errors);
      }
    }
    return errors;
  }

  private static void check(
      Map<String, @Nullable Object> item,
      Map<String, Amount> requests,
      Map<String, Amount> limits,
      List<String> errors) {
    String type = Trees.string(item.get("type"));
    amounts(item, "min")
        .forEach(
            (name, least) -> {
              String rule = "minimum " + name + " usage per " + type + " is " + least.text();
              Amount request = requests.get(name);
              Amount limit = limits.get(name);
              if (request == null) {
                errors.add(rule + ".  No request is specified");
              } else if (request.isLessThan(least)) {
                errors.add(rule + ", but request is " + request.text());
              } else if (limit != null && limit.isLessThan(least)) {
                errors.add(rule + ", but limit is " + limit.text());
              }
            });
    amounts(item, "max")
        .forEach(
            (name, most) -> {
              String rule = "maximum " + name + " usage per " + type + " is " + most.text();
              Amount request = requests.get(name);
              Amount limit = limits.get(name);
              if (limit == null) {
                errors.add(rule + ".  No limit is specified");
              } else if (most.isLessThan(limit)) {
                errors.add(rule + ", but limit is " + limit.text());
              } else if (request != null && most.isLessThan(request)) {
                errors.add(rule + ", but request is " + request.text());
              }
            });
    amounts(item, "maxLimitRequestRatio")
        .forEach(
            (name, most) ->
                ratio(
                    name
                        + " max limit to request ratio per "
                        + type
                        + " is "
                        + most.text()
                        + ", but ",
                    most,
                    requests.get(name),
                    limits.get(name),
                    errors));
  }

  private static void ratio(
      String rule,
      Amount most,
      @Nullable Amount request,
      @Nullable Amount limit,
      List<String> errors) {
    if (request == null || request.value().signum() == 0) {
      errors.add(rule + "no request is specified or request is 0");
    } else if (limit == null || limit.value().signum() == 0) {
      errors.add(rule + "no limit is specified or limit is 0");
    } else {
      // in floating point, as the server computes it
      double ratio = limit.value().doubleValue() / request.value().doubleValue();
      if (ratio * 1000 > most.value().multiply(MILLI).doubleValue()) {
        errors.add(rule + "provided ratio is " + String.format(Locale.ROOT, "%f", ratio));
      }
    }
  }

  /**
   * What a pod asks for as a whole: its containers together, or an init container if that is more.
   */
  private static Map<String, Amount> whole(Map<String, @Nullable Object> spec, String field) {
    Map<String, Amount> sum = new TreeMap<>();
    for (Object container : Trees.list(spec.get("containers"))) {
      add(sum, amounts(Trees.get(container, "resources"), field));
    }
    Map<String, Amount> staying = new TreeMap<>();
    Map<String, Amount> most = new TreeMap<>();
    for (Object container : Trees.list(spec.get("initContainers"))) {
      Map<String, Amount> own = amounts(Trees.get(container, "resources"), field);
      if ("Always".equals(Trees.get(container, "restartPolicy"))) {
        add(sum, own);
        add(staying, own);
        raise(most, staying);
      } else {
        Map<String, Amount> together = new TreeMap<>(own);
        add(together, staying);
        raise(most, together);
      }
    }
    raise(sum, most);
    Map<String, Amount> ofPod = amounts(spec.get("resources"), field);
    ofPod.keySet().retainAll(List.of("cpu", "memory"));
    sum.putAll(ofPod);
    return sum;
  }

  private static void add(Map<String, Amount> sum, Map<String, Amount> more) {
    more.forEach((name, amount) -> sum.merge(name, amount, Amount::plus));
  }

  private static void raise(Map<String, Amount> most, Map<String, Amount> other) {
    other.forEach((name, amount) -> most.merge(name, amount, Amount::or));
  }

  private static Map<String, Amount> amounts(@Nullable Object holder, String field) {
    Map<String, Amount> amounts = new TreeMap<>();
    Trees.object(Trees.get(holder, field))
        .forEach(
            (name, written) ->
                Quantities.value(written)
                    .ifPresent(
                        value -> amounts.put(name, Amount.of(value, String.valueOf(written)))));
    return amounts;
  }

  /** An amount in thousandths, rounded up as the server does, and as it is written. */
  private record Amount(BigDecimal value, String text) {
    static Amount of(BigDecimal value, String text) {
      return new Amount(value.setScale(3, RoundingMode.UP), text);
    }

    boolean isLessThan(Amount other) {
      return value.compareTo(other.value) < 0;
    }

    Amount plus(Amount other) {
      BigDecimal sum = value.add(other.value);
      String plain = sum.stripTrailingZeros().toPlainString();
      return new Amount(sum, Quantities.canonical(plain, true).orElse(plain));
    }

    Amount or(Amount other) {
      return isLessThan(other) ? other : this;
    }
  }

  private static List<Map<String, @Nullable Object>> items(Manifest range) {
    List<Map<String, @Nullable Object>> items = new ArrayList<>();
    Trees.list(range.get("spec", "limits")).forEach(item -> items.add(Trees.object(item)));
    return items;
  }
}

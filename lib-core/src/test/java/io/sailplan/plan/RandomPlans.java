package io.sailplan.plan;

import io.sailplan.lifecycle.Membership;
import io.sailplan.model.GroupVersionKind;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.PathElement;
import io.sailplan.problem.Problem;
import io.sailplan.problem.ProblemCode;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans of every kind of step, precondition, payload, rule and certainty there is, found by
 * reflection: a component that a record gains tomorrow is filled as well, and missed if it is not
 * saved.
 */
final class RandomPlans {
  private static final String[] TEXTS = {
    "a", "web", "x-1", "ü€😀", "\"quoted\"", "back\\slash", "line\nline", "\u2028", "{\"a\":1}", " "
  };

  private final Random random;
  private final Map<ObjectKey, Manifest> secrets = new TreeMap<>();
  private int count;
  private boolean secret;

  RandomPlans(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** The Secrets that the plans so far write. */
  SecretSource secrets() {
    return key -> Optional.ofNullable(secrets.get(key));
  }

  Plan next() {
    List<Step> steps = new ArrayList<>();
    for (Class<?> kind : Step.class.getPermittedSubclasses()) {
      for (int i = random.nextInt(3); i >= 0; i--) {
        steps.add((Step) step(kind, steps));
      }
    }
    List<Problem> warnings = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ProblemCode code = ProblemCode.values()[random.nextInt(ProblemCode.values().length)];
      warnings.add(Problem.warning(code, text()).hint(text()));
    }
    return Plan.of(new PlannedOperation(text(), new Membership(text(), text())), steps, warnings);
  }

  private Object step(Class<?> kind, List<Step> before) {
    secret = random.nextInt(4) == 0;
    count++;
    Target target =
        new Target(
            "resource-" + count,
            secret ? GroupVersionKind.of("v1", "Secret") : value(GroupVersionKind.class),
            text(),
            "object-" + count);
    return make(
        kind,
        component ->
            switch (component.getName()) {
              case "id" -> "step " + count + " " + text();
              case "target" -> target;
              case "after" ->
                  before.stream().filter(step -> random.nextBoolean()).map(Step::id).toList();
              case "precondition" ->
                  kind == Step.Delete.class
                      ? value(
                          random.nextBoolean()
                              ? Precondition.SameObject.class
                              : Precondition.Unchanged.class)
                      : null;
              case "payload" -> secret ? secret(target) : null;
              case "operations" -> List.of(PatchOperation.add("/a~1b/" + text(), tree(2)));
              default -> null;
            });
  }

  private Payload secret(Target target) {
    Map<String, Object> data = new TreeMap<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      data.put("key" + i, "c2VjcmV0" + "QUJD".repeat(random.nextInt(9)));
    }
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of(
                    "name",
                    target.name(),
                    "namespace",
                    target.namespace(),
                    "annotations",
                    Map.of("copy", "{\"kind\":\"Secret\",\"data\":{\"a\":\"c2VjcmV0\"},\"n\":1}")),
                "data",
                data));
    secrets.put(target.key(), manifest);
    return new Payload.Literal(manifest);
  }

  private interface Wish {
    @Nullable Object of(RecordComponent component);
  }

  private Object make(Class<?> type, Wish wish) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object wished = wish.of(components[i]);
      values[i] = wished == null ? value(components[i].getGenericType()) : wished;
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + ": " + e.getCause(), e);
    }
  }

  private <T> T value(Class<T> type) {
    return type.cast(value((Type) type));
  }

  private @Nullable Object value(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return collection(parameterized);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return text();
    } else if (raw == boolean.class) {
      return random.nextBoolean();
    } else if (raw == int.class) {
      return random.nextInt(1000);
    } else if (raw == long.class) {
      return (long) random.nextInt();
    } else if (raw == Duration.class) {
      return Duration.ofMillis(random.nextInt(1_000_000));
    } else if (raw == Object.class) {
      return tree(2);
    } else if (raw == Manifest.class) {
      return Manifest.of(Map.of("apiVersion", "v1", "kind", text(), "spec", map(3)));
    } else if (raw == GroupVersionKind.class) {
      return new GroupVersionKind(random.nextBoolean() ? "" : "apps", "v" + count, "Kind" + count);
    } else if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    } else if (raw.isSealed()) {
      Class<?>[] kinds = raw.getPermittedSubclasses();
      return value((Type) kinds[random.nextInt(kinds.length)]);
    } else if (raw == FieldChange.class) {
      return make(raw, component -> component.getName().equals("secret") ? secret : null);
    } else if (raw == PathElement.Value.class) {
      return new PathElement.Value(random.nextBoolean() ? text() : null);
    } else if (raw.isRecord()) {
      return make(raw, component -> null);
    }
    throw new IllegalStateException("say how to make a " + type);
  }

  private Object collection(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == Map.class) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i <= random.nextInt(2); i++) {
        map.put("key" + i + text(), of[1] == Object.class ? text() : value(of[1]));
      }
      return map;
    }
    if (type.getRawType() == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(value(of[0]));
    }
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      list.add(value(of[0]));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      map.put(text() + i, tree(depth - 1));
    }
    return map;
  }

  private @Nullable Object tree(int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0:
        return null;
      case 1:
        return random.nextBoolean();
      case 2:
        return random.nextLong();
      case 3:
        return random.nextInt(1000) + 0.5;
      case 6:
        return map(depth);
      case 7:
        return Arrays.asList(tree(depth - 1), tree(depth - 1));
      default:
        return text();
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
    }
    return text.toString();
  }
}

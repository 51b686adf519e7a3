package io.sailplan.k8s;

import static java.util.Objects.requireNonNull;

import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Manifests from the typed models of {@code client-java}. Safe for use by several threads. */
public final class KubernetesManifests {
  private KubernetesManifests() {}

  /**
   * Returns the manifest that a typed object describes.
   *
   * <p>The models hold an empty list or map for each one that nobody set, and cannot tell the two
   * apart; sent, they would be claimed as the caller's own. So every empty list and map that a
   * model declares is left out. Empty objects stay, such as {@code emptyDir: {}}: somebody set
   * them. A missing {@code apiVersion} or {@code kind} is filled in for built-in kinds.
   *
   * <p>Quantities come in the models' spelling: {@code 1000m} is {@code 1}.
   *
   * @throws IllegalArgumentException if the object has no {@code apiVersion} or {@code kind}: a
   *     model does not know its own unless it was set
   */
  public static Manifest manifest(KubernetesObject object) {
    requireNonNull(object, "object");
    Manifest manifest =
        object instanceof DynamicKubernetesObject dynamic
            ? Manifest.parseJson(dynamic.getRaw().toString())
            : Manifest.of(model(object));
    if (manifest.apiVersion().isEmpty() || manifest.kind().isEmpty()) {
      throw new IllegalArgumentException(
          "object must have an apiVersion and a kind, which a new "
              + object.getClass().getSimpleName()
              + " does not have by itself");
    }
    return manifest;
  }

  private static Map<String, @Nullable Object> model(Object model) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (Field field : model.getClass().getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null && !Modifier.isStatic(field.getModifiers())) {
        Object value = read(field, model);
        if (value != null && !isUnset(field.getType(), value)) {
          tree.put(name.value(), tree(value));
        }
      }
    }
    return tree;
  }

  private static boolean isUnset(Class<?> declared, Object value) {
    return (Collection.class.isAssignableFrom(declared) && ((Collection<?>) value).isEmpty())
        || (Map.class.isAssignableFrom(declared) && ((Map<?, ?>) value).isEmpty());
  }

  private static @Nullable Object tree(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      map.forEach((key, item) -> tree.put(String.valueOf(key), tree(item)));
      return tree;
    }
    if (value instanceof Collection<?> items) {
      List<@Nullable Object> tree = new ArrayList<>();
      items.forEach(item -> tree.add(tree(item)));
      return tree;
    }
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    // Times, quantities, bytes, numbers and the like know their own text.
    return isModel(value.getClass()) ? model(value) : Json.read(JSON.serialize(value));
  }

  private static boolean isModel(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (field.isAnnotationPresent(SerializedName.class)) {
        return true;
      }
    }
    return type.getName().startsWith("io.kubernetes.client.openapi.models.") && !type.isEnum();
  }

  private static @Nullable Object read(Field field, Object model) {
    try {
      field.setAccessible(true);
      return field.get(model);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "object has a field that cannot be read: " + field.getName(), e);
    }
  }
}

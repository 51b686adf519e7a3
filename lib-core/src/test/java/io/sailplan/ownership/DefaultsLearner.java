package io.sailplan.ownership;

import io.sailplan.model.Json;
import io.sailplan.model.Manifest;
import io.sailplan.model.PathElement;
import io.sailplan.shape.FieldShape;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ListType;
import io.sailplan.shape.Presence;
import io.sailplan.shape.Shape;
import io.sailplan.shape.ShapeCatalog;
import io.sailplan.shape.ShapeType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a real API server which constant values it fills in where a field is missing, and
 * writes the resource of defaults; run by {@code .ci/learn-defaults}. What it fills in only
 * sometimes, or with several values, is named: {@link ConditionalDefaults} and {@link Creation}
 * must know it.
 */
final class DefaultsLearner {
  static final String RESOURCE = "lib-core/src/main/resources/io/sailplan/shape/defaults.txt";

  /** Always filled in, but with a value that depends on other fields. */
  private static final Set<String> DERIVED =
      Set.of(
          "apiextensions.v1.CustomResourceDefinitionNames.listKind",
          "apiextensions.v1.CustomResourceDefinitionNames.singular",
          "apps.v1.DaemonSetUpdateStrategy.rollingUpdate",
          "apps.v1.DeploymentStrategy.rollingUpdate",
          "apps.v1.StatefulSetUpdateStrategy.rollingUpdate",
          "apps.v1.StatefulSetUpdateStrategy.type",
          "autoscaling.v2.HPAScalingRules.policies",
          "autoscaling.v2.HPAScalingRules.selectPolicy",
          "autoscaling.v2.HorizontalPodAutoscalerBehavior.scaleUp",
          "core.v1.NamespaceSpec.finalizers",
          "core.v1.PersistentVolumeClaim.apiVersion",
          "core.v1.PersistentVolumeClaim.kind",
          "core.v1.ReplicationControllerSpec.selector",
          "core.v1.Secret.data",
          "core.v1.ServicePort.targetPort",
          "resource.v1.ExactDeviceRequest.count");

  /** The values that were filled in, by type and field; "" where the field stayed missing. */
  private final Map<String, Set<String>> seen = new TreeMap<>();

  /** Returns the text of the resource. */
  static String learn() {
    DefaultsLearner learner = new DefaultsLearner();
    try (RealServer server = RealServer.connect()) {
      server.createNamespace("seeds");
      for (Manifest seed : Seeds.all()) {
        KindShape shape = ShapeCatalog.builtIn().find(seed).orElseThrow();
        learner.learn(
            seed, server.apply(shape, seed, "learner", false, "&dryRun=All").object(), shape);
      }
    }
    return learner.text();
  }

  private void learn(Manifest sent, Manifest answer, KindShape shape) {
    Manifest stored = shape.status() ? answer.without("status") : answer;
    value(sent.without("metadata").tree(), stored.without("metadata").tree(), shape.shape());
  }

  private void value(@Nullable Object sent, @Nullable Object answer, Shape shape) {
    if (sent instanceof Map && answer instanceof Map) {
      Map<String, @Nullable Object> before = Values.map(sent);
      Map<String, @Nullable Object> after = Values.map(answer);
      for (FieldShape field : shape.fields().values()) {
        if (before.get(field.name()) == null) {
          Object filled = after.get(field.name());
          if (field.presence() == Presence.ALWAYS && field.shape().type() == ShapeType.OBJECT) {
            value(Map.of(), filled, field.shape());
            continue;
          }
          boolean zero =
              Values.equal(filled, StoredForm.zero(field.shape()))
                  && field.presence() != Presence.WHEN_SET
                  && field.presence() != Presence.OR_NULL;
          seen.computeIfAbsent(shape.name() + "." + field.name(), unused -> new TreeSet<>())
              .add(filled == null || zero ? "" : Json.write(filled));
        }
      }
      before.forEach((key, value) -> value(value, after.get(key), Values.child(shape, key)));
    } else if (sent instanceof List && answer instanceof List) {
      items(Values.list(sent), Values.list(answer), shape);
    }
  }

  private void items(List<@Nullable Object> sent, List<@Nullable Object> answer, Shape shape) {
    for (int i = 0; i < sent.size(); i++) {
      Object match = i < answer.size() ? answer.get(i) : null;
      if (shape.listType() == ListType.KEYED) {
        PathElement element = Values.element(shape, sent.get(i));
        for (Object item : answer) {
          match = element != null && element.equals(Values.element(shape, item)) ? item : match;
        }
      }
      value(sent.get(i), match, shape.items());
    }
  }

  private String text() {
    StringBuilder text =
        new StringBuilder(
            "# Constant values that the API server fills in where a field is missing: type, field, value as JSON.\n"
                + "# Learned from the server by .ci/learn-defaults.\n");
    seen.forEach(
        (field, values) -> {
          if (DERIVED.contains(field)) {
            return;
          }
          if (values.size() == 1 && !values.contains("")) {
            text.append(field).append(' ').append(values.iterator().next()).append('\n');
          } else if (!values.equals(Set.of(""))) {
            System.err.println("depends on other fields: " + field + " " + values);
          }
        });
    return text.toString();
  }
}

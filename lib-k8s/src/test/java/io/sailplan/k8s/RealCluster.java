package io.sailplan.k8s;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link ControlPlane}, one for all classes that ask for it as a parameter.
 *
 * <p>{@code -Dsailplan.test.controlPlane=SCRIPT} names a script that starts one, {@code
 * -Dsailplan.test.kubeconfig=FILE} an existing cluster. With neither, the tests are skipped, unless
 * {@code -Dsailplan.test.clusterRequired=true}.
 */
public final class RealCluster implements ExecutionCondition, ParameterResolver {
  private static final String SCRIPT = "sailplan.test.controlPlane";
  private static final String KUBECONFIG = "sailplan.test.kubeconfig";
  private static final String REQUIRED = "sailplan.test.clusterRequired";
  private static final String MISSING =
      "no real cluster: neither -D" + SCRIPT + " nor -D" + KUBECONFIG + " is given";

  /** Returns a control plane in which nothing has happened yet, if there is a way to start one. */
  public static ControlPlane fresh() {
    String script = System.getProperty(SCRIPT, "");
    if (!script.isEmpty()) {
      return ControlPlane.start(Path.of(script));
    }
    String kubeconfig = System.getProperty(KUBECONFIG, "");
    if (kubeconfig.isEmpty()) {
      throw new IllegalStateException(MISSING);
    }
    return ControlPlane.existing(Path.of(kubeconfig));
  }

  /**
   * Returns a control plane in which nothing has happened yet, and which behaves and describes
   * itself as one of an older version of Kubernetes; empty if no script is given that could start
   * it.
   *
   * @param version such as {@code 1.35}
   */
  public static Optional<ControlPlane> emulating(String version) {
    String script = System.getProperty(SCRIPT, "");
    return script.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ControlPlane.start(
                Path.of(script),
                Map.of("SAILPLAN_APISERVER_FLAGS", "--emulated-version=" + version)));
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean given =
        !System.getProperty(SCRIPT, "").isEmpty() || !System.getProperty(KUBECONFIG, "").isEmpty();
    return given || Boolean.getBoolean(REQUIRED)
        ? ConditionEvaluationResult.enabled("a real cluster is there, or required")
        : ConditionEvaluationResult.disabled(MISSING);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(RealCluster.class))
        .getOrComputeIfAbsent(Shared.class, key -> new Shared(fresh()), Shared.class)
        .plane();
  }

  /** Ends with the last test. */
  private record Shared(ControlPlane plane) implements AutoCloseable {
    @Override
    public void close() {
      plane.close();
    }
  }
}

package io.sailplan.dialect;

/** A tool whose annotations are understood. */
public enum Dialect {
  /** {@code sigs.k8s.io/cli-utils}, as kpt uses it. */
  CLI_UTILS("cli-utils"),
  /** Carvel's kapp. */
  KAPP("kapp"),
  /** Argo CD. */
  ARGO("Argo CD"),
  /** Helm; its annotations mean the same after a chart is rendered. */
  HELM("Helm"),
  /** Flux's kustomize-controller. */
  FLUX("Flux"),
  /** The ApplySets of {@code kubectl apply --prune}. */
  APPLYSET("ApplySet"),
  /** werf and its engine nelm. */
  NELM("nelm"),
  /** Pulumi's provider for Kubernetes. */
  PULUMI("Pulumi");

  private final String title;

  Dialect(String title) {
    this.title = title;
  }

  /** Returns the name that people know it by, such as {@code Argo CD}. */
  public String title() {
    return title;
  }
}

package io.sailplan.testing;

import io.sailplan.model.GroupKind;

/** The kinds that the simulated cluster itself acts on. */
final class Kind {
  static final GroupKind CLAIM = new GroupKind("", "PersistentVolumeClaim");
  static final GroupKind CONFIG_MAP = new GroupKind("", "ConfigMap");
  static final GroupKind CONTROLLER_REVISION = new GroupKind("apps", "ControllerRevision");
  static final GroupKind CRON_JOB = new GroupKind("batch", "CronJob");
  static final GroupKind DAEMON_SET = new GroupKind("apps", "DaemonSet");
  static final GroupKind DEFINITION =
      new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");
  static final GroupKind DEPLOYMENT = new GroupKind("apps", "Deployment");
  static final GroupKind DISRUPTION_BUDGET = new GroupKind("policy", "PodDisruptionBudget");
  static final GroupKind EVENT = new GroupKind("", "Event");
  static final GroupKind JOB = new GroupKind("batch", "Job");
  static final GroupKind LIMIT_RANGE = new GroupKind("", "LimitRange");
  static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
  static final GroupKind NODE = new GroupKind("", "Node");
  static final GroupKind POD = new GroupKind("", "Pod");
  static final GroupKind PRIORITY_CLASS = new GroupKind("scheduling.k8s.io", "PriorityClass");
  static final GroupKind QUOTA = new GroupKind("", "ResourceQuota");
  static final GroupKind REPLICA_SET = new GroupKind("apps", "ReplicaSet");
  static final GroupKind REPLICATION_CONTROLLER = new GroupKind("", "ReplicationController");
  static final GroupKind SECRET = new GroupKind("", "Secret");
  static final GroupKind SERVICE = new GroupKind("", "Service");
  static final GroupKind SERVICE_ACCOUNT = new GroupKind("", "ServiceAccount");
  static final GroupKind STATEFUL_SET = new GroupKind("apps", "StatefulSet");
  static final GroupKind STORAGE_CLASS = new GroupKind("storage.k8s.io", "StorageClass");
  static final GroupKind VALIDATING_WEBHOOKS =
      new GroupKind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration");
  static final GroupKind MUTATING_WEBHOOKS =
      new GroupKind("admissionregistration.k8s.io", "MutatingWebhookConfiguration");
  static final GroupKind VOLUME = new GroupKind("", "PersistentVolume");

  private Kind() {}
}

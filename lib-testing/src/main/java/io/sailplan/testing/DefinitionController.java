package io.sailplan.testing;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Establishes CustomResourceDefinitions, serves their kinds, and removes their objects. */
final class DefinitionController extends Controller {
  static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private final Kinds kinds;
  private final Duration lag;

  DefinitionController(ControllerClient client, Kinds kinds, Duration lag) {
    super(client, Kind.DEFINITION);
    this.kinds = kinds;
    this.lag = lag;
  }

  @Override
  void changed(Store.Change change) {
    super.changed(change);
    if (change.after() == null) {
      for (Manifest definition : client.list(Kind.DEFINITION, "")) {
        if (Owners.isTerminating(definition)
            && groupKind(definition).equals(change.key().groupKind())) {
          enqueue(definition.key());
        }
      }
    }
  }

  @Override
  void reconcile(ObjectKey key) {
    Manifest definition = client.get(key);
    if (definition == null) {
      kinds.forget(key);
    } else if (Owners.isTerminating(definition)) {
      cleanUp(definition);
    } else {
      establish(definition);
    }
  }

  private void establish(Manifest definition) {
    Conditions conditions = Conditions.of(definition, client.now());
    boolean known = conditions.isTrue("Established");
    conditions.set("NamesAccepted", "True", "NoConflicts", "no conflicts found");
    conditions.set(
        "Established", "True", "InitialNamesAccepted", "the initial names have been accepted");
    Map<String, @Nullable Object> names =
        Tree.mutableObject(Trees.object(definition.get("spec", "names")));
    names.putIfAbsent(
        "singular", Trees.string(names.get("kind")).toLowerCase(java.util.Locale.ROOT));
    names.putIfAbsent("listKind", Trees.string(names.get("kind")) + "List");
    client.updateStatus(
        definition,
        Tree.of(
            "conditions", conditions.tree(),
            "acceptedNames", names,
            "storedVersions", storedVersions(definition)));
    if (known) {
      serve(definition.key());
    } else {
      client.timeline().react(lag, () -> serve(definition.key()));
    }
  }

  private void serve(ObjectKey key) {
    Manifest definition = client.get(key);
    if (definition != null) {
      kinds.define(definition);
    }
  }

  private static List<Object> storedVersions(Manifest definition) {
    List<Object> stored =
        new java.util.ArrayList<>(
            Trees.list(definition.get("status", "storedVersions")).stream()
                .map(Trees::string)
                .toList());
    for (Map<String, @Nullable Object> version : Tree.objects(definition, "spec", "versions")) {
      String name = Trees.string(version.get("name"));
      if (Boolean.TRUE.equals(version.get("storage")) && !stored.contains(name)) {
        stored.add(name);
      }
    }
    return stored;
  }

  private void cleanUp(Manifest definition) {
    List<String> finalizers = LiveObject.of(definition).finalizers();
    if (!finalizers.contains(CLEANUP)) {
      return;
    }
    for (Manifest object : client.list(groupKind(definition), "")) {
      if (!Owners.isTerminating(object)) {
        client.delete(object);
      }
    }
    if (client.list(groupKind(definition), "").isEmpty()) {
      kinds.forget(definition.key());
      List<String> rest = finalizers.stream().filter(name -> !name.equals(CLEANUP)).toList();
      client.update(Tree.set(definition, rest.isEmpty() ? null : rest, "metadata", "finalizers"));
    } else {
      Conditions conditions = Conditions.of(definition, client.now());
      conditions.set(
          "Terminating",
          "True",
          "InstanceDeletionInProgress",
          "CustomResource deletion is in progress");
      Map<String, @Nullable Object> status =
          Tree.mutableObject(Trees.object(definition.get("status")));
      status.put("conditions", conditions.tree());
      client.updateStatus(definition, status);
    }
  }

  static GroupKind groupKind(Manifest definition) {
    return new GroupKind(
        definition.string("spec", "group"), definition.string("spec", "names", "kind"));
  }
}

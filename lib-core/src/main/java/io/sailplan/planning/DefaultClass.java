package io.sailplan.planning;

import io.sailplan.model.GroupKind;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The class that admission fills into a new object that names none: of the default ones the newest,
 * then the first by name.
 *
 * @param kind the kind of the class
 * @param field the field of {@code spec} that names it
 * @param marks annotations that make a class the default one
 * @param old an annotation that names a class as well
 */
record DefaultClass(GroupKind kind, String field, List<String> marks, String old) {
  private static final DefaultClass STORAGE =
      new DefaultClass(
          Consulted.STORAGE_CLASS,
          "storageClassName",
          List.of(
              "storageclass.kubernetes.io/is-default-class",
              "storageclass.beta.kubernetes.io/is-default-class"),
          "volume.beta.kubernetes.io/storage-class");
  private static final DefaultClass INGRESS =
      new DefaultClass(
          Consulted.INGRESS_CLASS,
          "ingressClassName",
          List.of("ingressclass.kubernetes.io/is-default-class"),
          "kubernetes.io/ingress.class");

  /** Returns what is filled into such an object; empty if nothing is. */
  static Optional<DefaultClass> of(Manifest object) {
    DefaultClass sort =
        switch (object.groupVersionKind().groupKind().toString()) {
          case "PersistentVolumeClaim" -> STORAGE;
          case "Ingress.networking.k8s.io" -> INGRESS;
          default -> null;
        };
    return sort == null
            || object.get("spec", sort.field) != null
            || object.annotations().containsKey(sort.old)
        ? Optional.empty()
        : Optional.of(sort);
  }

  /** Returns the object as admission completes it, as far as is known. */
  Manifest fillIn(Manifest object, World world) {
    return seen(world).stream()
        .filter(this::isDefault)
        .min(
            Comparator.comparing((Manifest of) -> of.string("metadata", "creationTimestamp"))
                .reversed()
                .thenComparing(Manifest::name))
        .map(first -> object.with(first.name(), "spec", field))
        .orElse(object);
  }

  /** Returns why it is not known what is filled in; empty if it is. */
  Optional<String> doubt(World world) {
    Optional<String> unseen = world.unseen(kind, "");
    if (unseen.isPresent()) {
      return Optional.of(
          "whether there is a default " + kind.kind() + " is not known: " + unseen.get());
    }
    boolean planned =
        world.declared().stream()
            .map(resource -> resource.manifest())
            .anyMatch(
                manifest ->
                    manifest.groupVersionKind().groupKind().equals(kind) && isDefault(manifest));
    return planned && seen(world).stream().noneMatch(this::isDefault)
        ? Optional.of("the default " + kind.kind() + " is made by this plan")
        : Optional.empty();
  }

  private boolean isDefault(Manifest of) {
    return marks.stream().anyMatch(mark -> "true".equals(of.annotations().get(mark)));
  }

  private List<Manifest> seen(World world) {
    List<Manifest> seen = new ArrayList<>();
    for (LiveObject object : world.snapshot().objects()) {
      if (object.key().groupKind().equals(kind)) {
        seen.add(object.manifest());
      }
    }
    return seen;
  }
}

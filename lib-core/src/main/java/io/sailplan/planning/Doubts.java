package io.sailplan.planning;

import io.sailplan.model.FieldPath;
import io.sailplan.model.Lookup;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Trees;
import io.sailplan.ownership.Assumption;
import io.sailplan.ownership.FieldSet;
import io.sailplan.ownership.ValueCertainty;
import io.sailplan.plan.Certainty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why the server may decide otherwise than is predicted; nothing of that means proven. */
final class Doubts {
  private static final Assumption NOT_COMPARED =
      Assumption.ofAll("the server's own OpenAPI document and its admission were not looked at");

  private final World world;
  private final Structures structures;
  private final AdmissionPlugins plugins;
  private @Nullable Admission admission;

  Doubts(World world) {
    this.world = world;
    this.structures = new Structures(world);
    this.plugins = new AdmissionPlugins(world);
  }

  /** Returns what speaks against a prediction. */
  List<Assumption> about(Write write) {
    List<Assumption> doubts = new ArrayList<>(write.applied().assumptions());
    ServerFacts server = world.snapshot().server().orElse(null);
    if (server == null) {
      doubts.add(NOT_COMPARED);
      return doubts;
    }
    structures.doubts(write.shape(), server).forEach(why -> doubts.add(Assumption.ofAll(why)));
    admission().doubts(write).forEach(why -> doubts.add(Assumption.ofAll(why)));
    plugins.doubts(write).forEach(why -> doubts.add(Assumption.ofAll(why)));
    doubts.addAll(
        ValueCertainty.doubts(
            write.live() == null ? null : write.live().manifest(), write.result(), write.shape()));
    if (write.is("", "Service")) {
      service(write, doubts);
    }
    if (!write.applied().serverChosen().isEmpty()) {
      doubts.add(new Assumption(write.applied().serverChosen(), "the server chooses it"));
    }
    return doubts;
  }

  /** Returns how sure a change of a field is. */
  static Certainty certainty(FieldPath path, List<Assumption> doubts) {
    String reasons =
        doubts.stream()
            .filter(doubt -> doubt.concerns(path))
            .map(Assumption::reason)
            .distinct()
            .collect(Collectors.joining("; "));
    return reasons.isEmpty() ? new Certainty.Proven() : new Certainty.Assumed(reasons);
  }

  private Admission admission() {
    Admission known = admission;
    if (known == null) {
      known = new Admission(world);
      admission = known;
    }
    return known;
  }

  /** Addresses and ports of Services are given out by the cluster. */
  private void service(Write write, List<Assumption> doubts) {
    if (write.payload().get("spec", "ipFamilies") == null
        && write.before("spec", "ipFamilies") == null
        && !prefersVersion4()) {
      doubts.add(
          new Assumption(
              FieldSet.of(
                  FieldPath.of("spec", "ipFamilies"), FieldPath.of("spec", "ipFamilyPolicy")),
              "which address family the cluster prefers is not known"));
    }
    if (asks(write, "clusterIP") && !"None".equals(write.result().get("spec", "clusterIP"))) {
      doubts.add(Assumption.ofAll("whether the address is free is not known"));
    }
    if (asks(write, "healthCheckNodePort") || asksForPort(write)) {
      doubts.add(Assumption.ofAll("whether the node port is free is not known"));
    }
  }

  private boolean prefersVersion4() {
    return world.snapshot().lookup(Consulted.FIRST_SERVICE) instanceof Lookup.Found first
        && Trees.list(first.object().manifest().get("spec", "ipFamilies")).equals(List.of("IPv4"));
  }

  private static boolean asks(Write write, String field) {
    Object wanted = write.payload().get("spec", field);
    return wanted != null && !Objects.equals(wanted, write.before("spec", field));
  }

  private static boolean asksForPort(Write write) {
    List<@Nullable Object> before = Trees.list(write.before("spec", "ports"));
    return Trees.list(write.payload().get("spec", "ports")).stream()
        .map(port -> Trees.get(port, "nodePort"))
        .anyMatch(
            wanted ->
                wanted != null
                    && before.stream()
                        .noneMatch(port -> wanted.equals(Trees.get(port, "nodePort"))));
  }
}

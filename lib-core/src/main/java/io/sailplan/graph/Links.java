package io.sailplan.graph;

import io.sailplan.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects what the rules infer: links between nodes, and references to what is not there. */
final class Links {

  /** Which soft links give way first when together they make a circle: the last. */
  enum Rank {
    /** Somebody wrote it down as an order. */
    WRITTEN,
    /** A field names the other. */
    REFERENCE,
    /** A selector or a rule relates the two. */
    ORDER,
    /** An admission webhook of the same application looks at the object. */
    ADMISSION
  }

  /** All that is known of one pair; {@code rank} matters for soft links only. */
  static final class Link {
    final int from;
    final int to;
    boolean hard;
    Rank rank = Rank.ADMISSION;
    final TreeSet<Provenance> provenances = new TreeSet<>();

    Link(int from, int to) {
      this.from = from;
      this.to = to;
    }

    static final Comparator<Link> BY_ENDS =
        Comparator.<Link>comparingInt(link -> link.from).thenComparingInt(link -> link.to);
    static final Comparator<Link> BY_RANK =
        Comparator.<Link, Rank>comparing(link -> link.rank).thenComparing(BY_ENDS);
  }

  private record Producer(Node node, String path) {}

  private final Nodes nodes;
  private final Map<Long, Link> links = new HashMap<>();
  private final TreeSet<ExternalReference> external = new TreeSet<>();
  private final Map<ObjectKey, Producer> producers = new HashMap<>();

  Links(Nodes nodes) {
    this.nodes = nodes;
  }

  void hard(Node from, Node to, Provenance provenance) {
    add(from.index(), to.index(), true, Rank.WRITTEN, provenance);
  }

  /** Notes what somebody wrote, between nodes or milestones. */
  void written(int from, int to, boolean hard, Provenance provenance) {
    add(from, to, hard, Rank.WRITTEN, provenance);
  }

  void soft(Node from, Node to, Rank rank, Provenance provenance) {
    add(from.index(), to.index(), false, rank, provenance);
  }

  /** Notes that {@code node}, once ready, has made the object {@code made}. */
  void produces(Node node, ObjectKey made, String path) {
    producers.putIfAbsent(made, new Producer(node, path));
  }

  /**
   * Notes that {@code from} names {@code key} at {@code path}: as a link if it is in the
   * application or made by something that is, else as a reference to the outside.
   */
  void refer(Node from, ObjectKey key, Strength strength, boolean optional, String path) {
    if (key.name().isEmpty() || key.name().contains("${") || WellKnown.isAlwaysThere(key)) {
      return;
    }
    Node to = nodes.find(key);
    if (to != null) {
      add(
          from.index(),
          to.index(),
          strength == Strength.HARD,
          Rank.REFERENCE,
          Provenance.reference(path));
      return;
    }
    Producer producer = producers.get(key);
    if (producer == null) {
      external.add(new ExternalReference(from.id(), key, optional, Provenance.reference(path)));
    } else {
      // Soft: what it makes may exist already, whatever its maker's state is.
      soft(
          from,
          producer.node,
          Rank.REFERENCE,
          Provenance.reference(path + ", made by " + producer.node.id() + ": " + producer.path));
    }
  }

  /** Returns the links, ordered by their ends. */
  List<Link> links() {
    List<Link> sorted = new ArrayList<>(links.values());
    sorted.sort(Link.BY_ENDS);
    return sorted;
  }

  Collection<ExternalReference> external() {
    return external;
  }

  private void add(int from, int to, boolean hard, Rank rank, Provenance provenance) {
    boolean inferred = provenance.origin().compareTo(Provenance.Origin.REFERENCE) >= 0;
    if (from == to && inferred) {
      return; // an object that names or selects itself waits for nothing
    }
    long pair = (long) from * nodes.count() + to; // spreads: hashes of two halves would meet
    @Nullable Link known = links.get(pair);
    Link link = known == null ? new Link(from, to) : known;
    link.hard |= hard;
    link.rank = rank.compareTo(link.rank) < 0 ? rank : link.rank;
    link.provenances.add(provenance);
    links.put(pair, link);
  }
}

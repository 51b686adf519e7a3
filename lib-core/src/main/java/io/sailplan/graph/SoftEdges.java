package io.sailplan.graph;

import io.sailplan.graph.Links.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which soft links stay. They are tried by rank, then by their ends; one that would close a
 * circle with the hard links and the soft ones kept so far is dropped.
 *
 * <p>A link between two components of the graph of all links lies on no circle and stays without
 * further search, so the search is confined to where circles are.
 */
final class SoftEdges {
  private final List<List<Integer>> kept;

  private SoftEdges(int nodes) {
    this.kept = new ArrayList<>(nodes);
    for (int i = 0; i < nodes; i++) {
      kept.add(new ArrayList<>(2));
    }
  }

  /** Returns the links to drop, ordered by their ends. */
  static List<Link> toDrop(int nodes, List<Link> links) {
    int[] component = Components.of(successors(nodes, links));
    SoftEdges soft = new SoftEdges(nodes);
    List<Link> doubtful = new ArrayList<>();
    for (Link link : links) {
      if (component[link.from] == component[link.to]) {
        if (link.hard) {
          soft.kept.get(link.from).add(link.to);
        } else {
          doubtful.add(link);
        }
      }
    }
    doubtful.sort(Link.BY_RANK);
    List<Link> dropped = new ArrayList<>();
    for (Link link : doubtful) {
      if (soft.leads(link.to, link.from)) {
        dropped.add(link);
      } else {
        soft.kept.get(link.from).add(link.to);
      }
    }
    dropped.sort(Link.BY_ENDS);
    return dropped;
  }

  /** Returns, for each node, what it needs. */
  static int[][] successors(int nodes, List<Link> links) {
    int[] counts = new int[nodes];
    for (Link link : links) {
      counts[link.from]++;
    }
    int[][] successors = new int[nodes][];
    for (int node = 0; node < nodes; node++) {
      successors[node] = new int[counts[node]];
    }
    for (Link link : links) {
      successors[link.from][--counts[link.from]] = link.to;
    }
    return successors;
  }

  private boolean leads(int start, int goal) {
    Set<Integer> seen = new HashSet<>();
    ArrayDeque<Integer> open = new ArrayDeque<>();
    open.add(start);
    while (!open.isEmpty()) {
      int node = open.removeLast();
      if (node == goal) {
        return true;
      }
      if (seen.add(node)) {
        open.addAll(kept.get(node));
      }
    }
    return false;
  }
}

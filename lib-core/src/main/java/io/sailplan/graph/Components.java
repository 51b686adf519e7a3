package io.sailplan.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The strongly connected components of a directed graph over {@code 0..n-1}: Tarjan's algorithm,
 * without recursion, so that a long chain costs heap and not stack.
 */
final class Components {
  private static final int UNSEEN = -1;

  private final int[][] successors;
  private final int[] seen;
  private final int[] low;
  private final int[] component;
  private final int[] open;
  private int openSize;
  private int clock;
  private int count;

  private Components(int[][] successors) {
    this.successors = successors;
    this.seen = filled(successors.length);
    this.low = new int[successors.length];
    this.component = filled(successors.length);
    this.open = new int[successors.length];
  }

  /** Returns for each node the number of its component. */
  static int[] of(int[][] successors) {
    Components components = new Components(successors);
    for (int node = 0; node < successors.length; node++) {
      if (components.seen[node] == UNSEEN) {
        components.walk(node);
      }
    }
    return components.component;
  }

  /**
   * Returns the components that hold a circle: more than one node, or a node that leads to itself.
   * Ordered by their least node, as are the nodes in each.
   */
  static List<List<Integer>> circular(int[][] successors) {
    int[] component = of(successors);
    List<List<Integer>> members = new ArrayList<>();
    for (int i = 0; i < successors.length; i++) {
      members.add(new ArrayList<>(1));
    }
    for (int node = 0; node < successors.length; node++) {
      members.get(component[node]).add(node);
    }
    List<List<Integer>> circular = new ArrayList<>();
    for (int node = 0; node < successors.length; node++) {
      List<Integer> all = members.get(component[node]);
      if (all.get(0) == node && (all.size() > 1 || leadsToItself(successors, node))) {
        circular.add(all);
      }
    }
    return circular;
  }

  private static boolean leadsToItself(int[][] successors, int node) {
    return Arrays.stream(successors[node]).anyMatch(next -> next == node);
  }

  private void walk(int root) {
    int[] path = new int[16];
    int[] position = new int[16];
    int depth = 0;
    path[0] = root;
    enter(root);
    while (depth >= 0) {
      int node = path[depth];
      if (position[depth] < successors[node].length) {
        int next = successors[node][position[depth]++];
        if (seen[next] == UNSEEN) {
          depth++;
          if (depth == path.length) {
            path = Arrays.copyOf(path, depth * 2);
            position = Arrays.copyOf(position, depth * 2);
          }
          path[depth] = next;
          position[depth] = 0;
          enter(next);
        } else if (component[next] == UNSEEN) {
          low[node] = Math.min(low[node], seen[next]);
        }
      } else {
        close(node);
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[node]);
        }
      }
    }
  }

  private void enter(int node) {
    seen[node] = clock;
    low[node] = clock;
    clock++;
    open[openSize++] = node;
  }

  private void close(int node) {
    if (low[node] == seen[node]) {
      int member;
      do {
        member = open[--openSize];
        component[member] = count;
      } while (member != node);
      count++;
    }
  }

  private static int[] filled(int length) {
    int[] array = new int[length];
    Arrays.fill(array, UNSEEN);
    return array;
  }
}

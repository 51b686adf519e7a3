package io.sailplan.graph;

import static io.sailplan.graph.Graphs.KINDS;
import static io.sailplan.graph.Graphs.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Application;
import io.sailplan.model.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What holds for every graph: all of them up to three nodes, many on four, and random ones. A seed
 * is part of every failure's text.
 */
class GraphPropertiesTest {
  private static final int HARD = 1;
  private static final int SOFT = 2;

  @Test
  void every_graph_on_three_nodes_is_ordered_or_refused_as_brute_force_says() {
    int[][] strengths = new int[3][3];
    int pairs = 9;
    for (int code = 0; code < Math.pow(3, pairs); code++) {
      int rest = code;
      for (int pair = 0; pair < pairs; pair++) {
        int strength = rest % 3;
        // A soft edge to oneself is nothing that anybody asks for.
        strengths[pair / 3][pair % 3] = pair / 3 == pair % 3 && strength == SOFT ? 0 : strength;
        rest /= 3;
      }
      check("graph " + code, strengths);
    }
  }

  @Test
  void every_hard_graph_on_four_nodes_is_ordered_or_refused_as_brute_force_says() {
    int[][] strengths = new int[4][4];
    for (int code = 0; code < 1 << 12; code++) {
      int bit = 0;
      for (int from = 0; from < 4; from++) {
        for (int to = 0; to < 4; to++) {
          strengths[from][to] = from == to ? 0 : code >> bit++ & HARD;
        }
      }
      check("graph " + code, strengths);
    }
  }

  @Test
  void random_graphs_keep_what_is_hard_and_give_up_only_soft_edges_that_close_a_circle() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int nodes = 2 + random.nextInt(12);
      int[][] strengths = new int[nodes][nodes];
      for (int edge = 0; edge < nodes * 2; edge++) {
        int from = random.nextInt(nodes);
        int to = random.nextInt(nodes);
        // Most hard edges lead downwards, so that most graphs have an order.
        boolean soft = from <= to && random.nextInt(20) > 0;
        strengths[from][to] = soft ? from == to ? 0 : SOFT : HARD;
      }
      check("seed " + seed, strengths);
    }
  }

  @Test
  void the_order_of_the_input_does_not_matter() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<Resource> resources = new ArrayList<>();
      List<Edge> more = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        resources.add(i == 0 ? configMap(id(i)) : configMap(id(i), id(random.nextInt(i))));
        more.add(edge(random.nextInt(20), (i + 7) % 20));
      }
      more.removeIf(edge -> edge.from().equals(edge.to()));
      ResourceGraph expected = Graphs.graph(resources, more);
      Collections.shuffle(resources, random);
      Collections.shuffle(more, random);
      ResourceGraph shuffled = Graphs.graph(resources, more);
      assertThat(shuffled.edges()).as("seed %d", seed).isEqualTo(expected.edges());
      assertThat(shuffled.droppedEdges()).as("seed %d", seed).isEqualTo(expected.droppedEdges());
      assertThat(shuffled.order()).as("seed %d", seed).isEqualTo(expected.order());
    }
  }

  private static void check(String what, int[][] strengths) {
    List<Resource> resources = new ArrayList<>();
    List<Edge> soft = new ArrayList<>();
    boolean[][] hard = new boolean[strengths.length][strengths.length];
    for (int from = 0; from < strengths.length; from++) {
      Resource resource = configMap(id(from));
      for (int to = 0; to < strengths.length; to++) {
        if (strengths[from][to] == HARD) {
          resource = resource.after(id(to));
          hard[from][to] = true;
        } else if (strengths[from][to] == SOFT) {
          soft.add(edge(from, to));
        }
      }
      resources.add(resource);
    }
    GraphResult result = ResourceGraph.compile(Application.of("test", resources), KINDS, soft);
    boolean[][] reach = closure(hard);
    assertThat(result.problems()).as(what).hasSize(circles(reach));
    result.graph().ifPresent(graph -> check(what, graph, hard, soft));
    assertThat(result.graph().isPresent()).as(what).isEqualTo(circles(reach) == 0);
  }

  private static void check(String what, ResourceGraph graph, boolean[][] hard, List<Edge> soft) {
    List<String> order = graph.order();
    assertThat(order).as(what).hasSize(hard.length).doesNotHaveDuplicates();
    for (Edge edge : graph.edges()) {
      assertThat(order.indexOf(edge.to())).as(what).isLessThan(order.indexOf(edge.from()));
    }
    assertThat(order).as(what).isEqualTo(leastFirst(graph));
    Set<Edge> all = new TreeSet<>(graph.edges());
    all.removeIf(Edge::isHard);
    all.addAll(graph.droppedEdges());
    assertThat(all).as(what).isEqualTo(new TreeSet<>(soft));

    boolean[][] kept = new boolean[hard.length][];
    for (int i = 0; i < hard.length; i++) {
      kept[i] = hard[i].clone();
    }
    for (Edge edge : graph.edges()) {
      kept[number(edge.from())][number(edge.to())] = true;
    }
    boolean[][] reach = closure(kept);
    for (Edge dropped : graph.droppedEdges()) {
      assertThat(reach[number(dropped.to())][number(dropped.from())])
          .as("%s: %s would close a circle", what, dropped)
          .isTrue();
    }
  }

  /** The order by its definition: again and again the least of those that wait for nothing. */
  private static List<String> leastFirst(ResourceGraph graph) {
    List<String> order = new ArrayList<>();
    TreeSet<String> rest = new TreeSet<>();
    graph.resources().forEach(resource -> rest.add(resource.id()));
    while (!rest.isEmpty()) {
      String next =
          rest.stream()
              .filter(
                  id -> graph.dependencies(id).stream().noneMatch(edge -> rest.contains(edge.to())))
              .findFirst()
              .orElseThrow();
      order.add(next);
      rest.remove(next);
    }
    return order;
  }

  /** How many sets of nodes there are that all reach each other. */
  private static int circles(boolean[][] reach) {
    int count = 0;
    for (int node = 0; node < reach.length; node++) {
      boolean least = reach[node][node];
      for (int smaller = 0; smaller < node; smaller++) {
        least &= !(reach[node][smaller] && reach[smaller][node]);
      }
      count += least ? 1 : 0;
    }
    return count;
  }

  private static boolean[][] closure(boolean[][] edges) {
    int size = edges.length;
    boolean[][] reach = new boolean[size][];
    for (int i = 0; i < size; i++) {
      reach[i] = edges[i].clone();
    }
    for (int via = 0; via < size; via++) {
      for (int from = 0; from < size; from++) {
        for (int to = 0; to < size; to++) {
          reach[from][to] |= reach[from][via] && reach[via][to];
        }
      }
    }
    return reach;
  }

  private static Edge edge(int from, int to) {
    return Edge.of(id(from), id(to), Strength.SOFT, Provenance.annotation("test"));
  }

  private static String id(int number) {
    return "r" + (100 + number);
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(1)) - 100;
  }
}

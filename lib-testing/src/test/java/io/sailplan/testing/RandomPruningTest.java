package io.sailplan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.lifecycle.Membership;
import io.sailplan.lifecycle.Operation;
import io.sailplan.model.Application;
import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.model.Resource;
import io.sailplan.plan.Plan;
import io.sailplan.run.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random applications of which a random part is not declared any more: nothing is lost that should
 * stay, nothing is left that should go, whatever happens on the way.
 */
class RandomPruningTest {
  private static final int MOST_RESOURCES = 30;

  @Test
  void whatever_goes_wrong_what_should_stay_stays_and_what_should_go_goes() {
    Seeds.forEach(
        1,
        seed -> {
          RandomRemoval removal = new RandomRemoval(seed, MOST_RESOURCES);
          Voyage voyage = harbour(removal);
          Map<ObjectKey, String> uids = uids(voyage, removal.stays());
          Operation deploy = new Operation.Deploy(removal.after());
          Plan plan = voyage.plan(deploy);
          RandomTrouble trouble =
              new RandomTrouble(voyage.cluster, seed, Seeds.random(seed, "sea").nextInt(4) * 8);
          voyage.cluster.run(plan, progress -> {});
          nothingIsPrunedTooEarly(voyage, trouble, removal);
          voyage.cluster.faults().clear();
          voyage.cluster.advance(Duration.ofMinutes(1));
          voyage.sail(deploy);
          voyage.cluster.advance(Duration.ofMinutes(2));
          arrived(voyage, removal, uids);
        });
  }

  @Test
  void a_crash_after_any_request_changes_nothing_of_the_end() {
    Seeds.forEach(
        10,
        seed -> {
          RandomRemoval removal = new RandomRemoval(seed, seed % 10 == 9 ? MOST_RESOURCES : 8);
          Operation deploy = new Operation.Deploy(removal.after());
          Crashes.everywhere(
              seed, deploy, () -> harbour(removal), voyage -> arrived(voyage, removal, Map.of()));
        });
  }

  private static Voyage harbour(RandomRemoval removal) {
    Voyage voyage = new Voyage();
    voyage.cluster.given(Yaml.configMap("stranger", "colour", "red"), "somebody-else");
    voyage.sail(
        new Operation.Deploy(
            Application.read(
                "other", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: neighbour}")));
    return voyage.sail(new Operation.Deploy(removal.before()));
  }

  private static void arrived(Voyage voyage, RandomRemoval removal, Map<ObjectKey, String> uids) {
    Set<ObjectKey> present = voyage.present();
    assertThat(present).as("what should stay").containsAll(removal.stays());
    assertThat(present).filteredOn(removal.goes()::contains).as("what should go").isEmpty();
    assertThat(present)
        .as("what is nobody's business")
        .contains(
            new ObjectKey("", "ConfigMap", "default", "stranger"),
            new ObjectKey("", "ConfigMap", "default", "neighbour"),
            new ObjectKey("", "ConfigMap", "default", "sailplan-other"));
    for (Resource resource : removal.after().resources()) {
      if (!resource.manifest().kind().equals("Job")) {
        assertThat(present).as("what is declared").contains(resource.manifest().key());
      }
    }
    assertThat(uids(voyage, uids.keySet())).as("the same objects").isEqualTo(uids);
    for (ObjectKey key : removal.detached()) {
      assertThat(voyage.cluster.object(key).orElseThrow().manifest().labels())
          .as("labels of %s", key)
          .doesNotContainKey(Membership.PART_OF);
    }
    Plan next = voyage.plan(new Operation.Deploy(removal.after()));
    assertThat(next.isEmpty()).as(next.render()).isTrue();
  }

  private static Map<ObjectKey, String> uids(Voyage voyage, Set<ObjectKey> keys) {
    Map<ObjectKey, String> uids = new TreeMap<>();
    for (ObjectKey key : keys) {
      uids.put(key, voyage.cluster.object(key).map(LiveObject::uid).orElse("gone"));
    }
    return uids;
  }

  /** Nothing was deleted while somebody still read it. */
  private static void nothingIsPrunedTooEarly(
      Voyage voyage, RandomTrouble trouble, RandomRemoval removal) {
    for (RandomTrouble.Sent sent : trouble.sent()) {
      if (sent.request() instanceof Request.Delete delete) {
        assertThat(removal.goes()).as("what is deleted").contains(delete.key());
        for (Manifest reader : stateAt(voyage, sent.at()).values()) {
          assertThat(RandomRemoval.config(reader))
              .as("what %s reads when %s is deleted", reader.key(), delete.key())
              .doesNotContain(delete.key());
        }
      }
    }
  }

  private static Map<ObjectKey, Manifest> stateAt(Voyage voyage, Instant at) {
    Map<ObjectKey, Manifest> state = new TreeMap<>();
    for (Voyage.State change : voyage.history) {
      if (!change.at().isAfter(at)) {
        Manifest manifest = change.manifest();
        if (manifest == null) {
          state.remove(change.key());
        } else {
          state.put(change.key(), manifest);
        }
      }
    }
    // A ReplicaSet of an earlier revision keeps its template, and has no pods. A pod that has ended
    // reads nothing any more, and soon goes.
    state
        .values()
        .removeIf(
            manifest ->
                manifest.kind().equals("ReplicaSet")
                    || (manifest.kind().equals("Pod")
                        && List.of("Succeeded", "Failed")
                            .contains(manifest.string("status", "phase"))));
    return state;
  }
}

package io.sailplan.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettledTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> MANAGERS = List.of("one", "two");

  private int settled;
  private int unchanged;

  @Test
  void what_is_settled_at_a_glance_is_unchanged_when_worked_out_in_full() {
    ShapeCatalog catalog =
        ShapeCatalog.builtIn().withCustomResources(List.of(Seeds.widget().get(0)));
    List<Manifest> seeds = new ArrayList<>(Seeds.all());
    seeds.add(Seeds.widget().get(1));
    for (int round = 0; round < 40; round++) {
      for (Manifest seed : seeds) {
        write(seed, catalog.find(seed).orElseThrow(), round * 1000L + seeds.indexOf(seed));
      }
    }
    // It is there to save work: most of what is unchanged has to be seen at a glance.
    assertThat(settled).isGreaterThan(unchanged * 6 / 10).isGreaterThan(1000);
  }

  /** Several managers write; each of them then repeats what it wrote, or writes something near. */
  private void write(Manifest seed, KindShape shape, long number) {
    Random random = new Random(number);
    Mutations mutations = new Mutations(number);
    Manifest live = null;
    Manifest last = seed;
    for (int i = 0; i < 6; i++) {
      boolean update = live != null && random.nextInt(4) == 0;
      if (update) {
        Manifest next = mutations.mutate(live.without("metadata", "managedFields"), 1);
        live =
            after(
                ServerSideUpdate.update(UpdateRequest.of(live, next, "updater", shape, NOW)), live);
      }
      Manifest desired = random.nextInt(3) > 0 ? last : mutations.mutate(seed, 1);
      desired = random.nextInt(3) > 0 ? Canonical.canonical(desired, shape) : desired;
      last = desired;
      ApplyRequest request =
          new ApplyRequest(
              live,
              desired,
              MANAGERS.get(random.nextInt(MANAGERS.size())),
              random.nextBoolean(),
              "",
              shape,
              NOW);
      ApplyResult full = ServerSideApply.inFull(request);
      if (!changes(full)) {
        unchanged++;
      }
      if (Settled.is(request)) {
        settled++;
        assertThat(changes(full)).as("%s, number %d, write %d", seed.key(), number, i).isFalse();
        assertThat(Canonical.canonical(desired, shape).tree()).isEqualTo(desired.tree());
      }
      live = after(full, live);
    }
  }

  private static boolean changes(ApplyResult result) {
    return !(result instanceof ApplyResult.Applied applied) || applied.changed();
  }

  private static Manifest after(ApplyResult result, Manifest live) {
    return result instanceof ApplyResult.Applied applied ? applied.object() : live;
  }
}

package io.sailplan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sailplan.model.Manifest;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final LeaseServer server = new LeaseServer();

  @Test
  void the_first_one_creates_the_lease_and_leads() {
    Candidate a = new Candidate("a", Duration.ZERO);
    play(Duration.ofSeconds(1), a);
    assertThat(a.election.leads(server.now)).isTrue();
    assertThat(server.lease()).isNotNull();
    assertThat(server.lease().string("spec", "holderIdentity")).isEqualTo("a");
    assertThat(server.lease().get("spec", "leaseDurationSeconds")).isEqualTo(15L);
    assertThat(server.lease().get("spec", "renewTime")).isEqualTo("2026-01-02T03:04:05.000000Z");
  }

  @Test
  void a_leader_renews_and_another_one_waits() {
    Candidate a = new Candidate("a", Duration.ZERO);
    Candidate b = new Candidate("b", Duration.ofHours(-3));
    play(Duration.ofMinutes(10), a, b);
    assertThat(a.told).containsExactly("Lead 0");
    assertThat(b.told).isEmpty();
  }

  @Test
  void another_one_takes_over_once_the_lease_was_not_renewed_for_its_duration() {
    Candidate a = new Candidate("a", Duration.ZERO);
    Candidate b = new Candidate("b", Duration.ofDays(2));
    play(Duration.ofMinutes(1), a, b);
    a.cut = true;
    play(Duration.ofSeconds(10), a, b);
    assertThat(a.told).containsExactly("Lead 0", "Yield");
    assertThat(b.told).isEmpty();
    play(Duration.ofSeconds(10), a, b);
    assertThat(b.told).containsExactly("Lead 1");
    a.cut = false;
    play(Duration.ofMinutes(5), a, b);
    assertThat(a.told).hasSize(2);
    assertThat(server.lease().get("spec", "leaseTransitions")).isEqualTo(1L);
  }

  @Test
  void a_leader_that_was_cut_off_for_a_short_time_goes_on() {
    Candidate a = new Candidate("a", Duration.ZERO);
    play(Duration.ofMinutes(1), a);
    a.cut = true;
    play(Duration.ofSeconds(5), a);
    a.cut = false;
    play(Duration.ofMinutes(1), a);
    assertThat(a.told).containsExactly("Lead 0");
  }

  @Test
  void one_that_resigns_frees_the_lease_for_the_next_at_once() {
    Candidate a = new Candidate("a", Duration.ZERO);
    Candidate b = new Candidate("b", Duration.ZERO);
    play(Duration.ofMinutes(1), a, b);
    a.feed(new ElectionEvent.Resigned());
    play(Duration.ofSeconds(3), a, b);
    assertThat(a.told).containsExactly("Lead 0", "Yield", "Finish");
    assertThat(b.told).containsExactly("Lead 1");
  }

  @Test
  void one_that_never_led_resigns_without_a_request() {
    Candidate a = new Candidate("a", Duration.ZERO);
    a.feed(new ElectionEvent.Resigned());
    assertThat(a.told).containsExactly("Finish");
    assertThat(server.requests).isZero();
  }

  @Test
  void an_answer_that_took_longer_than_the_deadline_does_not_make_a_leader() {
    LeaderElection election = LeaderElection.of(LeaseTerms.standard("default", "l", "a"));
    List<ElectionAction> first = election.handle(new ElectionEvent.Tick(), START);
    ElectionAction.Send read = (ElectionAction.Send) first.get(0);
    List<ElectionAction> second =
        election.handle(new ElectionEvent.Answered(read.number(), LeaseServer.error(404)), START);
    ElectionAction.Send claim = (ElectionAction.Send) second.get(0);
    Response late = server.answer(claim.request());
    List<ElectionAction> third =
        election.handle(new ElectionEvent.Answered(claim.number(), late), START.plusSeconds(11));
    assertThat(third).noneMatch(ElectionAction.Lead.class::isInstance);
    assertThat(election.leads(START.plusSeconds(11))).isFalse();
  }

  @Test
  void a_leader_that_was_not_told_the_time_does_not_lead_all_the_same() {
    Candidate a = new Candidate("a", Duration.ZERO);
    play(Duration.ofSeconds(1), a);
    assertThat(a.election.leads(server.now)).isTrue();
    assertThat(a.election.leads(server.now.plusSeconds(30))).isFalse();
  }

  @Test
  void there_are_never_two_leaders_whatever_happens_to_requests_and_clocks() {
    for (long seed = 0; seed < Integer.getInteger("sailplan.seeds", 100); seed++) {
      LeaseServer fresh = new LeaseServer();
      Random random = new Random(seed * 7919 + 1);
      List<Candidate> all = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        all.add(new Candidate(name, Duration.ofSeconds(random.nextInt(100_000) - 50_000), fresh));
      }
      int led = 0;
      for (int step = 0; step < 3000; step++) {
        fresh.now = fresh.now.plusMillis(random.nextInt(1500));
        for (Candidate one : all) {
          if (random.nextInt(50) == 0) {
            one.cut = !one.cut;
          }
          if (random.nextInt(40) == 0) {
            one.frozenUntil = fresh.now.plusSeconds(random.nextInt(40));
          }
          one.fates = random;
          one.step();
        }
        long leaders = all.stream().filter(one -> one.election.leads(one.clock(fresh.now))).count();
        assertThat(leaders).as("seed " + seed + ", step " + step).isLessThanOrEqualTo(1);
        led += (int) leaders;
      }
      assertThat(led).as("seed " + seed).isGreaterThan(300);
      for (Candidate one : all) {
        one.cut = false;
        one.fates = null;
        one.frozenUntil = START;
      }
      Candidate[] calm = all.toArray(new Candidate[0]);
      play(fresh, Duration.ofMinutes(1), calm);
      assertThat(all.stream().filter(one -> one.election.leads(one.clock(fresh.now))))
          .as("seed " + seed)
          .hasSize(1);
    }
  }

  @Test
  void terms_that_would_let_two_lead_are_refused() {
    LeaseTerms terms = LeaseTerms.standard("default", "l", "a");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                terms.within(
                    Duration.ofMillis(10_900), Duration.ofSeconds(10), Duration.ofSeconds(2)))
        .withMessageContaining("duration");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                terms.within(Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(2)))
        .withMessageContaining("retry");
  }

  private void play(Duration time, Candidate... all) {
    play(server, time, all);
  }

  private static void play(LeaseServer server, Duration time, Candidate... all) {
    Instant end = server.now.plus(time);
    while (server.now.isBefore(end)) {
      for (Candidate one : all) {
        one.step();
      }
      server.now = server.now.plusMillis(100);
    }
  }

  /** One instance with a clock of its own. */
  private final class Candidate {
    final LeaderElection election;
    final List<String> told = new ArrayList<>();
    final LeaseServer at;
    private final Duration skew;
    private final List<Runnable> arriving = new ArrayList<>();
    boolean cut;
    Instant frozenUntil = START;
    @Nullable Random fates;
    private @Nullable Instant wake = Instant.MIN;

    Candidate(String name, Duration skew) {
      this(name, skew, server);
    }

    Candidate(String name, Duration skew, LeaseServer at) {
      this.election = LeaderElection.of(LeaseTerms.standard("default", "l", name));
      this.skew = skew;
      this.at = at;
    }

    Instant clock(Instant real) {
      return real.plus(skew);
    }

    void step() {
      if (at.now.isBefore(frozenUntil)) {
        return;
      }
      deliver();
      Instant at = wake;
      if (at != null && !at.isAfter(clock(this.at.now))) {
        wake = null;
        feed(new ElectionEvent.Tick());
      }
      if (fates == null && !cut) {
        deliver(); // answers come at once
      }
    }

    private void deliver() {
      while (!arriving.isEmpty()) {
        List<Runnable> due = List.copyOf(arriving);
        arriving.clear();
        due.forEach(Runnable::run);
        if (fates != null) {
          return;
        }
      }
    }

    void feed(ElectionEvent event) {
      for (ElectionAction action : election.handle(event, clock(at.now))) {
        if (action instanceof ElectionAction.Send send) {
          send(send);
        } else if (action instanceof ElectionAction.Wake wish) {
          wake = wish.at();
        } else if (action instanceof ElectionAction.Lead lead) {
          told.add("Lead " + lead.term());
        } else {
          told.add(action.getClass().getSimpleName());
        }
      }
    }

    private void send(ElectionAction.Send send) {
      int fate = fates == null ? 9 : fates.nextInt(10);
      boolean arrives = !cut && fate > 0;
      Response answer = arrives ? at.answer(send.request()) : null;
      if (answer == null || fate == 1) {
        arriving.add(() -> feed(new ElectionEvent.Lost(send.number())));
      } else {
        arriving.add(() -> feed(new ElectionEvent.Answered(send.number(), answer)));
      }
    }
  }

  /** Keeps one Lease, and compares resourceVersions as an API server does. */
  private static final class LeaseServer {
    Instant now = START;
    int requests;
    private @Nullable Manifest lease;
    private long version = 100;

    Manifest lease() {
      assertThat(lease).isNotNull();
      return lease;
    }

    Response answer(Request request) {
      requests++;
      Manifest present = lease;
      if (request instanceof Request.Get) {
        return present == null ? error(404) : Response.of(200, present);
      }
      if (request instanceof Request.Create create) {
        return present == null ? store(create.manifest()) : error(409);
      }
      Manifest next = ((Request.Replace) request).manifest();
      return present != null
              && next.string("metadata", "resourceVersion")
                  .equals(present.string("metadata", "resourceVersion"))
          ? store(next)
          : error(409);
    }

    private Response store(Manifest next) {
      version++;
      Manifest stored = next.with(Long.toString(version), "metadata", "resourceVersion");
      lease = stored;
      return Response.of(200, stored);
    }

    static Response error(int status) {
      return Response.of(
          status,
          Manifest.of(
              Map.of("apiVersion", "v1", "kind", "Status", "reason", "No", "code", status)));
    }
  }
}

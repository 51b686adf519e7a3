package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.ObjectKey;
import io.sailplan.run.RunEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MailboxTest {
  private static final ObjectKey A = Samples.configMap("a");

  private final RunClock clock = new RunClock(Clock.systemUTC());
  private final Mailbox mailbox = new Mailbox(clock);

  @Test
  void only_the_latest_state_of_an_object_waits() throws InterruptedException {
    mailbox.watch(A);
    for (int version = 1; version <= 1000; version++) {
      observe(version);
    }
    mailbox.post(new RunEvent.Cancelled());

    assertThat(mailbox.take()).isEqualTo(observed(1000));
    assertThat(mailbox.take()).isEqualTo(new RunEvent.Cancelled());
  }

  @Test
  void an_older_state_never_replaces_a_newer_one() throws InterruptedException {
    mailbox.watch(A);
    observe(9);
    observe(10);
    observe(8);
    mailbox.observe(A, "7", new RunEvent.Vanished(A, "7"));
    assertThat(mailbox.take()).isEqualTo(observed(10));

    observe(9); // nor after the newer one was told
    mailbox.observe(A, "11", new RunEvent.Vanished(A, "11"));
    assertThat(mailbox.take()).isEqualTo(new RunEvent.Vanished(A, "11"));
  }

  @Test
  void what_has_vanished_is_told_with_the_state_that_nobody_was_told_of()
      throws InterruptedException {
    mailbox.watch(A);
    observe(9);
    mailbox.observe(A, "11", new RunEvent.Vanished(A, "11"));
    mailbox.observe(A, "12", new RunEvent.Vanished(A, "12"));
    RunEvent.Observed before = (RunEvent.Observed) observed(9);
    assertThat(mailbox.take()).isEqualTo(new RunEvent.Vanished(A, "12", before.object()));
  }

  @Test
  void nothing_is_told_of_what_nobody_watches() throws InterruptedException {
    observe(1);
    mailbox.watch(A);
    observe(2);
    mailbox.unwatch(A);
    observe(3);
    mailbox.post(new RunEvent.Cancelled());

    assertThat(mailbox.take()).isEqualTo(new RunEvent.Cancelled());
  }

  @Test
  void ticks_when_it_is_time() throws InterruptedException {
    mailbox.wakeAt(clock.now().plus(Duration.ofDays(1)));
    mailbox.wakeAt(clock.now().plusMillis(20)); // replaces the wish before

    assertThat(mailbox.take()).isEqualTo(new RunEvent.Tick());
  }

  @Test
  void a_tick_that_is_due_is_not_put_off_for_ever() throws InterruptedException {
    mailbox.wakeAt(clock.now());
    int before = 0;
    mailbox.post(new RunEvent.Cancelled());
    while (!(mailbox.take() instanceof RunEvent.Tick)) {
      before++;
      mailbox.post(new RunEvent.Cancelled());
    }
    assertThat(before).isPositive().isLessThan(1000);
  }

  private void observe(int version) {
    mailbox.observe(A, Integer.toString(version), observed(version));
  }

  private static RunEvent observed(int version) {
    return new RunEvent.Observed(
        LiveObject.of(Manifest.parseJson(Samples.object("a", Integer.toString(version)))));
  }
}

package io.sailplan.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class InboxTest {
  private final RunClock clock = new RunClock(Clock.systemUTC());
  private final Inbox inbox = new Inbox(clock);
  private final List<String> done = new ArrayList<>();

  @Test
  void does_what_came_in_in_its_order_and_of_one_thing_only_the_latest_state()
      throws InterruptedException {
    inbox.post(() -> done.add("first"));
    for (int i = 0; i < 1000; i++) {
      String state = "state " + i;
      inbox.replace("thing", () -> done.add(state));
    }
    inbox.post(() -> done.add("last"));
    next(3);
    assertThat(done).containsExactly("first", "state 999", "last");
  }

  @Test
  void what_is_due_comes_first_and_a_later_wish_replaces_an_earlier_one()
      throws InterruptedException {
    inbox.wakeAt("a", clock.now().plus(Duration.ofHours(1)));
    inbox.wakeAt("b", clock.now());
    inbox.post(() -> done.add("task"));
    inbox.wakeAt("a", clock.now());
    next(3);
    assertThat(done).containsExactly("a is due", "b is due", "task");
  }

  @Test
  void waits_for_a_time_that_was_asked_for() throws InterruptedException {
    inbox.wakeAt("a", clock.now().plusMillis(20));
    next(1);
    assertThat(done).containsExactly("a is due");
  }

  private void next(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      inbox.next(name -> done.add(name + " is due"));
    }
  }
}

package io.sailplan.testing;

import io.sailplan.model.Look;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Snapshot;
import io.sailplan.planning.ObservationScope;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes the looks that a scope asks for, round by round, and asks again what fails. */
final class Observation {
  private static final int ATTEMPTS = 5;

  private final World world;
  private final Network network;
  private final ServerFacts facts;
  private final Authority authority;
  private final Consumer<Duration> pass;

  /**
   * Looks for somebody.
   *
   * @param pass lets time pass
   */
  Observation(
      World world,
      Network network,
      ServerFacts facts,
      Authority authority,
      Consumer<Duration> pass) {
    this.world = world;
    this.network = network;
    this.facts = facts;
    this.authority = authority;
    this.pass = pass;
  }

  Snapshot of(ObservationScope scope) {
    Snapshot.Builder first =
        Snapshot.builder()
            .served(world.kinds().served())
            .unavailable(Aggregation.unavailable(world));
    Snapshot seen = (scope.wantsServerFacts() ? first.server(facts) : first).build();
    for (List<Look> next = scope.next(seen); !next.isEmpty(); next = scope.next(seen)) {
      Snapshot.Builder builder = seen.toBuilder();
      next.forEach(look -> look(look, builder));
      seen = builder.build();
    }
    return seen;
  }

  private void look(Look look, Snapshot.Builder into) {
    Optional<String> unavailable = Aggregation.unavailable(world, look.groupKind());
    if (unavailable.isPresent()) {
      into.refused(look, unavailable.get());
      return;
    }
    Request request = look instanceof Look.AtObject one ? get(one) : list((Look.AtList) look);
    Response response = persistently(request);
    if (response.status() == 403) {
      into.refused(look, response.message());
    } else if (response.status() == 404) {
      into.looked(look, List.of());
    } else if (!response.isSuccess()) {
      throw new ClusterException(response.status() + " " + response.message(), null);
    } else if (look instanceof Look.AtObject) {
      into.looked(look, List.of(response.object()));
    } else {
      into.looked(look, response.objects());
    }
  }

  /** A version that is not served shows nothing; the preferred one may. */
  private Request get(Look.AtObject one) {
    boolean served =
        world.kinds().served().stream()
            .anyMatch(
                kind ->
                    kind.kind().groupKind().equals(one.groupKind())
                        && kind.kind().version().equals(one.version()));
    return new Request.Get(one.key(), served ? one.version() : "");
  }

  private static Request list(Look.AtList list) {
    return new Request.ListObjects(list.groupKind(), list.namespace(), list.labels(), Map.of());
  }

  /** Sends a read until it is answered, with growing pauses. */
  private Response persistently(Request request) {
    for (int attempt = 1; ; attempt++) {
      Response response = network.sendNow(request, authority);
      boolean fails = response == null || response.status() == 429 || response.status() >= 500;
      if (!fails && response != null) {
        return response;
      }
      if (attempt == ATTEMPTS) {
        throw new ClusterException(
            response == null ? "the connection was lost" : response.toString(), null);
      }
      Duration pause = Duration.ofMillis(500L << attempt);
      Duration asked = response == null ? null : response.retryAfter();
      pass.accept(asked != null && asked.compareTo(pause) > 0 ? asked : pause);
    }
  }
}

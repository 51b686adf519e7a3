package io.sailplan.testing;

import io.sailplan.model.ObjectKey;
import io.sailplan.run.Request;
import io.sailplan.run.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way between clients and the server: it takes time, it is watched, and it may fail. */
final class Network {
  private final ApiServer server;
  private final Timeline timeline;
  private final Faults faults;
  private final Duration latency;
  private final List<SentRequest> log = new ArrayList<>();
  private final List<ObjectKey> watched = new ArrayList<>();

  Network(ApiServer server, Timeline timeline, Faults faults, Duration latency) {
    this.server = server;
    this.timeline = timeline;
    this.faults = faults;
    this.latency = latency;
  }

  List<SentRequest> log() {
    return Collections.unmodifiableList(new ArrayList<>(log));
  }

  List<ObjectKey> watched() {
    return List.copyOf(watched);
  }

  /** Notes that a client watches an object. */
  void watches(ObjectKey key) {
    watched.add(key);
  }

  void clearLog() {
    log.clear();
    watched.clear();
  }

  /**
   * Sends a request that is answered later.
   *
   * @return whether the client dies with it
   */
  boolean send(
      Request request, Authority authority, Consumer<Response> answered, Consumer<String> lost) {
    Fault fault = faults.next(request);
    boolean last = faults.isCrash();
    Duration delay =
        fault != null && fault.sort() == Fault.Sort.DELAY ? latency.plus(fault.time()) : latency;
    timeline.react(
        delay,
        () -> {
          Response response = arrive(request, authority, fault);
          if (response == null) {
            lost.accept("the connection was lost");
          } else {
            answered.accept(response);
          }
        });
    return last;
  }

  /** Carries out a request at once; returns null if its answer is lost. */
  @Nullable Response sendNow(Request request, Authority authority) {
    Fault fault = faults.next(request);
    Response response = arrive(request, authority, fault);
    if (faults.isCrash()) {
      throw new ClientCrash(faults.sent());
    }
    return response;
  }

  /** Answers without being noticed. */
  Response serve(Request request, Authority authority) {
    return server.answer(request, 0, authority);
  }

  private @Nullable Response arrive(Request request, Authority authority, @Nullable Fault fault) {
    String name = fault == null ? "" : fault.toString();
    long number = log.size() + 1L;
    if (fault == null || fault.sort() == Fault.Sort.DELAY) {
      return logged(number, request, server.answer(request, 0, authority), name);
    }
    switch (fault.sort()) {
      case ANSWER:
        return logged(number, request, fault.response(), name);
      case STALE:
        return logged(
            number,
            request,
            server.answer(request, request.isWrite() ? 0 : fault.revisions(), authority),
            name);
      case LOST_AFTER:
        logged(number, request, server.answer(request, 0, authority), name);
        return null;
      case LOST_LATE:
        timeline.react(
            fault.time(),
            () -> logged(log.size() + 1L, request, server.answer(request, 0, authority), name));
        return null;
      default:
        log.add(new SentRequest(number, timeline.now(), request, 0, name));
        return null;
    }
  }

  private Response logged(long number, Request request, Response response, String fault) {
    log.add(new SentRequest(number, timeline.now(), request, response.status(), fault));
    return response;
  }
}

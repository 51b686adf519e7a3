package io.sailplan.k8s;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.sailplan.model.Manifest;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges bytes with an API server. What goes wrong on the way is a {@link ClusterException}
 * without credentials; nothing of client-java or OkHttp gets out.
 */
final class Wire {
  private static final int UNAUTHORIZED = 401;
  private static final String[] AUTHENTICATION = {"BearerToken"};

  private final Connection connection;
  private final Clock clock;

  Wire(Connection connection, Clock clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /** Sends a call and reads its whole answer. */
  Response send(HttpCall http, Calls calls) {
    return exchange(http, calls).response();
  }

  /** Sends a call and reads its whole answer; expired credentials are renewed once. */
  Answer exchange(HttpCall http, Calls calls) {
    Connection.Link link = connection.link();
    Answer answer = once(http, link, link.requests(), calls, null);
    if (answer.response().status() == UNAUTHORIZED) {
      Connection.Link renewed = connection.renew(link);
      if (!renewed.equals(link)) {
        return once(http, renewed, renewed.requests(), calls, null);
      }
    }
    return answer;
  }

  /**
   * Opens a watch and hands over its lines until the server ends it.
   *
   * @return the answer; without content if there were lines
   */
  Response watch(HttpCall http, Calls calls, Consumer<String> lines) {
    Connection.Link link = connection.link();
    Response response = once(http, link, link.watches(), calls, lines).response();
    if (response.status() == UNAUTHORIZED) {
      connection.renew(link);
    }
    return response;
  }

  private Answer once(
      HttpCall http,
      Connection.Link link,
      OkHttpClient client,
      Calls calls,
      @Nullable Consumer<String> lines) {
    Call call = client.newCall(request(http, link));
    calls.begin(call);
    try (okhttp3.Response answer = call.execute()) {
      if (lines != null && answer.isSuccessful()) {
        forward(answer.body().source(), lines);
        return new Answer(new Response(answer.code(), null, "", null, List.of()), "");
      }
      String etag = answer.header("ETag");
      return new Answer(read(http, answer), etag == null ? "" : etag);
    } catch (IOException e) {
      String what = calls.isCancelled() ? "was cancelled" : Failures.describe(e);
      throw new ClusterException("no answer to " + http + ": " + what, Failures.cause(e));
    } catch (ClusterException e) {
      throw e;
    } catch (RuntimeException e) {
      // Who hands out credentials may throw anything, and may quote them.
      throw new ClusterException(
          http + " could not be sent: " + e.getClass().getSimpleName(), null);
    } finally {
      calls.end(call);
    }
  }

  private static void forward(BufferedSource source, Consumer<String> lines) throws IOException {
    for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
      if (!line.isBlank()) {
        lines.accept(line);
      }
    }
  }

  private static Request request(HttpCall http, Connection.Link link) {
    List<Pair> query = new ArrayList<>();
    http.query().forEach((name, value) -> query.add(new Pair(name, value)));
    try {
      Request request =
          link.client()
              .buildRequest(
                  null,
                  http.path(),
                  http.method(),
                  query,
                  List.of(),
                  null,
                  new HashMap<>(http.headers()),
                  new HashMap<>(),
                  new HashMap<>(),
                  AUTHENTICATION,
                  null);
      return http.body().isEmpty()
          ? request
          : request.newBuilder().method(http.method(), new OneShot(http)).build();
    } catch (ApiException | RuntimeException e) {
      throw new ClusterException(
          http + " could not be made: " + e.getClass().getSimpleName(), null);
    }
  }

  private Response read(HttpCall http, okhttp3.Response answer) throws IOException {
    ResponseBody body = answer.body();
    String text = body.string();
    MediaType type = body.contentType();
    boolean json = type != null && type.subtype().toLowerCase(Locale.ROOT).contains("json");
    Manifest manifest = json && !text.isBlank() ? manifest(http, text) : null;
    return new Response(
        answer.code(),
        manifest,
        manifest == null ? text : "",
        retryAfter(answer, manifest),
        Warnings.parse(answer.headers("Warning")));
  }

  private static Manifest manifest(HttpCall http, String text) {
    try {
      return Manifest.parseJson(text);
    } catch (IllegalArgumentException e) {
      throw new ClusterException("the answer to " + http + " is " + e.getMessage(), null);
    }
  }

  private @Nullable Duration retryAfter(okhttp3.Response answer, @Nullable Manifest body) {
    Duration asked =
        RetryAfter.parse(answer.header("Retry-After"), answer.header("Date"), clock.instant());
    if (asked == null && body != null && body.kind().equals("Status")) {
      long seconds = body.integer(0, "details", "retryAfterSeconds");
      return seconds > 0 ? Duration.ofSeconds(seconds) : null;
    }
    return asked;
  }

  /**
   * A body that is never sent a second time behind our back: whether the first one took effect is
   * for the run to find out.
   */
  private static final class OneShot extends RequestBody {
    private final byte[] bytes;
    private final @Nullable MediaType type;

    OneShot(HttpCall http) {
      this.bytes = http.body().getBytes(StandardCharsets.UTF_8);
      this.type = MediaType.parse(http.headers().getOrDefault("Content-Type", HttpCall.JSON));
    }

    @Override
    public @Nullable MediaType contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return bytes.length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.write(bytes);
    }

    @Override
    public boolean isOneShot() {
      return true;
    }
  }
}

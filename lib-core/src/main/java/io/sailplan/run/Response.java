package io.sailplan.run;

import static java.util.Objects.requireNonNull;

import io.sailplan.model.LiveObject;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an API server answered. {@link #toString} shows no content but an error's reason.
 *
 * @param status the HTTP status
 * @param body the object, list or {@code Status} that came back; null if the answer was not JSON
 * @param text the answer if it was not JSON; empty otherwise
 * @param retryAfter how long the server asks to wait; null if it does not
 * @param warnings the texts of the {@code Warning} headers, in their order
 */
public record Response(
    int status,
    @Nullable Manifest body,
    String text,
    @Nullable Duration retryAfter,
    List<String> warnings) {

  /** Copies the warnings. */
  public Response {
    requireNonNull(text, "text");
    warnings = List.copyOf(warnings);
  }

  /** Returns an answer that holds {@code body} and nothing else. */
  public static Response of(int status, Manifest body) {
    return new Response(status, body, "", null, List.of());
  }

  /** Returns whether the status is 2xx. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * Returns the object that came back.
   *
   * @throws IllegalStateException if there is none
   */
  public LiveObject object() {
    if (body == null) {
      throw new IllegalStateException("the answer " + status + " holds no object");
    }
    return LiveObject.of(body);
  }

  /**
   * Returns the objects of a list, in the server's order, each with its {@code apiVersion} and
   * {@code kind}.
   */
  public List<LiveObject> objects() {
    List<LiveObject> objects = new ArrayList<>();
    if (body != null) {
      String kind =
          body.kind().endsWith("List") ? body.kind().substring(0, body.kind().length() - 4) : "";
      for (Object item : Trees.list(body.get("items"))) {
        Manifest object = Manifest.of(Trees.object(item));
        objects.add(
            LiveObject.of(
                object.kind().isEmpty()
                    ? object.with(kind, "kind").with(body.apiVersion(), "apiVersion")
                    : object));
      }
    }
    return objects;
  }

  /**
   * Returns the machine-readable reason of an error, such as {@code AlreadyExists}; empty if it has
   * none.
   */
  public String reason() {
    return isStatus() ? present().string("reason") : "";
  }

  /** Returns the message of an error; empty if it has none. */
  public String message() {
    return isStatus() ? present().string("message") : text;
  }

  /**
   * Returns the causes of an error: objects with {@code reason}, {@code field} and {@code message}.
   */
  public List<Map<String, @Nullable Object>> causes() {
    return isStatus()
        ? Trees.list(present().get("details", "causes")).stream().map(Trees::object).toList()
        : List.of();
  }

  @Override
  public String toString() {
    return "Response[" + status + (reason().isEmpty() ? "" : " " + reason()) + "]";
  }

  private boolean isStatus() {
    return body != null && body.kind().equals("Status");
  }

  private Manifest present() {
    return requireNonNull(body);
  }
}

package io.sailplan.k8s;

import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.run.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads whole lists in pages, and makes one list of them. */
final class Lists {
  static final int PAGE = 500;
  private static final int RESTARTS = 3;

  private Lists() {}

  /** Sends one call. */
  interface Sender {
    Response send(HttpCall http);
  }

  /** Adds selectors to a call. */
  static HttpCall select(HttpCall http, Map<String, String> labels, Map<String, String> fields) {
    HttpCall selected = http;
    if (!labels.isEmpty()) {
      selected = selected.query("labelSelector", selector(labels));
    }
    if (!fields.isEmpty()) {
      selected = selected.query("fieldSelector", selector(fields));
    }
    return selected;
  }

  /**
   * Returns the whole list, or the first error. A continuation that has expired starts the list
   * again, so that it always shows one moment; after some restarts it is asked for in one piece.
   */
  static Response all(HttpCall http, Sender sender) {
    for (int restart = 0; restart < RESTARTS; restart++) {
      Response whole = inPages(http, sender);
      if (whole.status() != Refusals.GONE) {
        return whole;
      }
    }
    return sender.send(http);
  }

  private static Response inPages(HttpCall http, Sender sender) {
    HttpCall paged = http.query("limit", Integer.toString(PAGE));
    Response first = sender.send(paged);
    String next = continuation(first);
    if (next.isEmpty()) {
      return first;
    }
    List<@Nullable Object> items = new ArrayList<>(items(first));
    List<String> warnings = new ArrayList<>(first.warnings());
    Response page = first;
    while (!next.isEmpty()) {
      page = sender.send(paged.query("continue", next));
      if (!page.isSuccess()) {
        return page;
      }
      items.addAll(items(page));
      page.warnings().stream().filter(text -> !warnings.contains(text)).forEach(warnings::add);
      next = continuation(page);
    }
    Manifest body = page.body();
    Manifest whole = body == null ? null : body.with(items, "items");
    return new Response(page.status(), whole, "", null, warnings);
  }

  /** Returns the token of the page after this one; empty if this is the last. */
  static String continuation(Response response) {
    Manifest body = response.body();
    return body == null || !response.isSuccess() ? "" : body.string("metadata", "continue");
  }

  private static List<@Nullable Object> items(Response response) {
    Manifest body = response.body();
    return body == null ? List.of() : Trees.list(body.get("items"));
  }

  private static String selector(Map<String, String> terms) {
    return terms.entrySet().stream()
        .map(term -> term.getKey() + "=" + escape(term.getValue()))
        .collect(Collectors.joining(","));
  }

  /** Field selectors know these three escapes; label values cannot hold such characters. */
  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }
}

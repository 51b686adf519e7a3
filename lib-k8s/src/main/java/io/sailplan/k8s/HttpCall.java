package io.sailplan.k8s;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes over the wire, before there is a connection. {@link #toString} shows neither body nor
 * query.
 *
 * @param method the HTTP method
 * @param path the path, already escaped
 * @param query the query parameters, not yet escaped
 * @param headers the headers, credentials apart
 * @param body JSON; empty for none
 */
record HttpCall(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {
  static final String JSON = "application/json";

  HttpCall {
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static HttpCall get(String path) {
    return new HttpCall("GET", path, Map.of(), Map.of("Accept", JSON), "");
  }

  static HttpCall of(String method, String path, String contentType, String body) {
    return new HttpCall(method, path, Map.of(), Map.of("Accept", JSON), body)
        .header("Content-Type", contentType);
  }

  HttpCall query(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new HttpCall(method, path, more, headers, body);
  }

  HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCall(method, path, query, more, body);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}

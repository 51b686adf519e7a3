package io.sailplan.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an API server tells about itself. Immutable; thread-safe.
 *
 * @param version its version, such as {@code v1.36.4}; empty if it did not tell
 * @param schemaHashes the hashes of its OpenAPI v3 documents by their names, such as {@code
 *     apis/apps/v1}: equal hashes mean equal documents; ordered by name
 * @param unread why the documents could not be read, part of a sentence; empty if they were
 */
public record ServerFacts(String version, Map<String, String> schemaHashes, String unread) {

  /** Copies the hashes, in the order of their names. */
  public ServerFacts {
    requireNonNull(version, "version");
    SortedMap<String, String> ordered = new TreeMap<>(schemaHashes);
    schemaHashes = Collections.unmodifiableSortedMap(ordered);
    requireNonNull(unread, "unread");
  }

  /** Returns the facts of a server that told everything. */
  public static ServerFacts of(String version, Map<String, String> schemaHashes) {
    return new ServerFacts(version, schemaHashes, "");
  }

  /**
   * Returns the facts of a server whose documents could not be read, and why; see {@link #unread}.
   */
  public static ServerFacts unread(String version, String why) {
    return new ServerFacts(version, Map.of(), why);
  }

  /**
   * Returns the hash of the document that describes an API version; empty if there is none.
   *
   * @param apiVersion group and version as manifests write them: {@code v1}, {@code apps/v1}
   */
  public Optional<String> schemaHash(String apiVersion) {
    String name = (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
    return Optional.ofNullable(schemaHashes.get(name));
  }

  /** Returns the version and the number of documents. */
  @Override
  public String toString() {
    return "ServerFacts[" + version + ", " + schemaHashes.size() + " documents]";
  }
}

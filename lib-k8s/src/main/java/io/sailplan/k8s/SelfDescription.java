package io.sailplan.k8s;

import io.sailplan.model.Manifest;
import io.sailplan.model.ServerFacts;
import io.sailplan.model.Trees;
import io.sailplan.run.ClusterException;
import io.sailplan.run.Response;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server tells about itself. */
final class SelfDescription {
  private static final Pattern HASH = Pattern.compile("[?&]hash=([^&]+)");

  private final Reads reads;
  private final Calls calls;
  private volatile String known = "";

  SelfDescription(Reads reads, Calls calls) {
    this.reads = reads;
    this.calls = calls;
  }

  String version() {
    return read("/version", "the server's version").string("gitVersion");
  }

  /**
   * What plans need. The version only adds to what people read: it is asked for once, and may be
   * missing.
   */
  ServerFacts facts(Calls calls) {
    SelfDescription here = new SelfDescription(reads, calls);
    if (known.isEmpty()) {
      try {
        known = here.version();
      } catch (ClusterException e) {
        known = "";
      }
    }
    try {
      return ServerFacts.of(known, here.schemaHashes());
    } catch (ClusterException e) {
      return ServerFacts.unread(known, String.valueOf(e.getMessage()));
    }
  }

  /** The index of all documents names each with the hash of its content. */
  SortedMap<String, String> schemaHashes() {
    Manifest index = read("/openapi/v3", "the server's OpenAPI documents");
    SortedMap<String, String> hashes = new TreeMap<>();
    Trees.object(index.get("paths"))
        .forEach(
            (name, document) -> {
              Matcher hash = HASH.matcher(Trees.string(Trees.get(document, "serverRelativeURL")));
              if (hash.find()) {
                hashes.put(name, hash.group(1));
              }
            });
    return Collections.unmodifiableSortedMap(hashes);
  }

  private Manifest read(String path, String what) {
    Response response = reads.read(HttpCall.get(path), calls).response();
    if (!response.isSuccess()) {
      throw new ClusterException(Refusals.explain(what, response), null);
    }
    Manifest body = response.body();
    try {
      // A server of 1.36 calls its index of OpenAPI documents text/plain.
      return body == null ? Manifest.parseJson(response.text()) : body;
    } catch (IllegalArgumentException e) {
      throw new ClusterException("could not read " + what + ": " + e.getMessage(), null);
    }
  }
}

package io.sailplan.k8s.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a real server of an older version has told of its documents. */
final class RecordedDocuments {
  static final String VERSION = "1.35";

  private RecordedDocuments() {}

  /** The hashes by the names of the documents. */
  static Map<String, String> hashes() {
    Map<String, String> hashes = new TreeMap<>();
    try (InputStream in =
        RecordedDocuments.class.getResourceAsStream("documents-" + VERSION + ".txt")) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .forEach(
              words ->
                  hashes.put((words[0].contains("/") ? "apis/" : "api/") + words[0], words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hashes;
  }
}

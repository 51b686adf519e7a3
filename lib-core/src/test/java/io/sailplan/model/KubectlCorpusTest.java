package io.sailplan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Asks a real kubectl about the corpus. Without a server: {@code kubectl annotate --local} reads a
 * file with the same code as {@code kubectl apply} and prints what it read.
 *
 * <p>To write the decisions anew, after adding to the corpus or with a newer kubectl:
 *
 * <pre>
 * mvn -pl lib-core test -Dtest=KubectlCorpusTest -Dsailplan.test.kubectl=PATH -Dsailplan.test.corpus=write
 * </pre>
 */
@EnabledIfSystemProperty(named = "sailplan.test.kubectl", matches = ".+")
class KubectlCorpusTest {
  private static final String KUBECTL = System.getProperty("sailplan.test.kubectl", "");
  private static final String PROBE = "corpus.test/probe";

  @Test
  void kubectl_still_decides_as_it_did() throws Exception {
    Map<String, String> decided = new LinkedHashMap<>();
    for (YamlCorpus.Case text : YamlCorpus.cases()) {
      decided.put(text.id(), ask(text));
    }
    if ("write".equals(System.getProperty("sailplan.test.corpus"))) {
      write(decided);
    } else {
      assertThat(YamlCorpus.decided()).isEqualTo(decided);
    }
  }

  private static String ask(YamlCorpus.Case text) throws Exception {
    Process process =
        new ProcessBuilder(KUBECTL, "annotate", "--local", "-f", "-", "-o", "json", PROBE + "=x")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(text.text().getBytes(StandardCharsets.UTF_8));
    } catch (IOException closedEarly) {
      // kubectl need not read all of what it refuses
    }
    String out = read(process.getInputStream());
    if (process.waitFor() != 0) {
      return YamlCorpus.REFUSED;
    }
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String object : out.split("(?m)^(?=\\{$)")) {
      if (!object.isBlank()) {
        objects.add(withoutProbe(object));
      }
    }
    return Json.write(text.essence(objects));
  }

  private static Map<String, Object> withoutProbe(String json) {
    Manifest manifest = Manifest.parseJson(json).without("metadata", "annotations", PROBE);
    return Trees.object(manifest.get("metadata", "annotations")).isEmpty()
        ? manifest.without("metadata", "annotations").tree()
        : manifest.tree();
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void write(Map<String, String> decided) throws Exception {
    Process version = new ProcessBuilder(KUBECTL, "version", "--client", "-o", "json").start();
    String json = read(version.getInputStream());
    StringBuilder text = new StringBuilder();
    text.append("# Decided by kubectl ")
        .append(Manifest.parseJson(json).string("clientVersion", "gitVersion"))
        .append("; written by KubectlCorpusTest, not by hand.\n");
    decided.forEach((id, result) -> text.append(id).append('\t').append(result).append('\n'));
    Files.writeString(Path.of("src/test/resources/yaml-corpus/decided.txt"), text);
  }
}

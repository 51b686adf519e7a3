package io.sailplan.ownership;

import io.sailplan.model.Manifest;
import io.sailplan.model.ManifestReader;
import io.sailplan.model.Resource;
import io.sailplan.shape.KindShape;
import io.sailplan.shape.ShapeCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Objects to try things with. */
final class Seeds {
  private Seeds() {}

  /** One small object per kind. */
  static List<Manifest> all() {
    return resource("seeds.yaml");
  }

  /** The definition of a custom kind, and an object of it. */
  static List<Manifest> widget() {
    return resource("widget.yaml");
  }

  /** The objects of a resource of this package. */
  static List<Manifest> resource(String name) {
    try (InputStream in = Seeds.class.getResourceAsStream(name)) {
      return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of real applications; it may not exist. */
  static Path applications() {
    Path checkout = Path.of("").toAbsolutePath();
    if (checkout.endsWith("lib-core")) {
      checkout = checkout.getParent();
    }
    return Path.of(
            System.getProperty("sailplan.data", checkout.resolve("../shared/data").toString()))
        .resolve("manifests");
  }

  /**
   * The objects of real applications, by the name of their files; each in a namespace of that name
   * if it has none.
   */
  static Map<String, List<Manifest>> ofApplications() {
    try (Stream<Path> files = Files.list(applications())) {
      Map<String, List<Manifest>> all = new TreeMap<>();
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".yaml", "");
        List<Manifest> placed = new ArrayList<>();
        for (Manifest manifest : read(name, Files.readString(file))) {
          boolean homeless =
              manifest.namespace().isEmpty()
                  && ShapeCatalog.builtIn().find(manifest).map(KindShape::namespaced).orElse(true);
          placed.add(homeless ? manifest.inNamespace(name) : manifest);
        }
        all.put(name, placed);
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Manifest> read(String name, String text) {
    return ManifestReader.standard().read(name, text).orThrow().stream()
        .map(Resource::manifest)
        .toList();
  }
}

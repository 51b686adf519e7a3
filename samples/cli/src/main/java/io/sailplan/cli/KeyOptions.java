package io.sailplan.cli;

import io.sailplan.plan.PlanKey;
import io.sailplan.run.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The key of saved plans. */
final class KeyOptions {
  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "The key of a saved plan: a file of at least 16 random bytes, as from \"head -c 32"
              + " /dev/urandom\". A plan that changes Secrets cannot be saved without; whoever"
              + " applies it needs the same one.")
  @Nullable Path file;

  /**
   * Returns the key; empty if there is none.
   *
   * @throws ClusterException if the file cannot be used
   */
  Optional<PlanKey> key() {
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(PlanKey.of(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new ClusterException("the key file " + file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new ClusterException("the key file " + file + " holds fewer than 16 bytes", e);
    }
  }
}

package io.sailplan.kro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Trees;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PluralsTest {
  /** Abbreviations that end in s; kro makes a name of these that no API server takes. */
  private static final Set<String> BROKEN =
      Set.of(
          "aes", "aws", "bss", "cmos", "css", "des", "dns", "ess", "fcs", "https", "ids", "ips",
          "mpls", "os", "pots", "tls");

  @Test
  void kinds_have_the_plural_that_kro_gives_them() {
    TreeMap<String, String> differing = new TreeMap<>();
    for (Object outcome : Trees.list(Tables.outcomes("plurals"))) {
      String word = Trees.string(Trees.get(outcome, "name"));
      String kro = Trees.string(Trees.get(outcome, "plural"));
      boolean possible = kro.matches("[a-z0-9]+");
      assertThat(possible || BROKEN.contains(word)).as(word).isTrue();
      if (possible && !Plurals.of(word).equals(kro)) {
        differing.put(word, kro + " but " + Plurals.of(word));
      }
    }
    assertThat(differing).isEmpty();
  }

  @Test
  void every_plural_can_stand_in_a_url() {
    assertThat(new TreeSet<>(BROKEN)).allMatch(word -> Plurals.of(word).matches("[a-z0-9]+"));
    assertThat(Plurals.of("WebApp")).isEqualTo("webapps");
  }
}

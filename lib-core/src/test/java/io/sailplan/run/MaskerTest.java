package io.sailplan.run;

import static io.sailplan.run.Fixtures.create;
import static io.sailplan.run.Fixtures.json;
import static io.sailplan.run.Fixtures.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.sailplan.model.Manifest;
import org.junit.jupiter.api.Test;

class MaskerTest {
  private static final Manifest SECRET =
      json(
          "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db','namespace':'shop'},"
              + "'data':{'password':'aHVudGVyMg==','pin':'MTIz'},"
              + "'stringData':{'url':'postgres://u:p@db/x','key':'BEGIN\\nabcdefghij\\nEND'}}");

  private final Masker masker = Masker.of(plan(create(SECRET)));

  @Test
  void values_are_taken_out_decoded_and_encoded() {
    assertThat(masker.mask("login hunter2 failed, aHVudGVyMg== too"))
        .isEqualTo("login *** failed, *** too");
    assertThat(masker.mask("cannot reach postgres://u:p@db/x")).isEqualTo("cannot reach ***");
    assertThat(masker.mask("cG9zdGdyZXM6Ly91OnBAZGIveA==")).isEqualTo("***");
  }

  @Test
  void long_lines_of_a_value_are_values_and_short_values_are_none() {
    assertThat(masker.mask("bad line abcdefghij")).isEqualTo("bad line ***");
    assertThat(masker.mask("exit code 123 at END")).isEqualTo("exit code 123 at END");
    assertThat(masker.mask("\"BEGIN\\nabcdefghij\\nEND\"")).isEqualTo("\"***\"");
  }

  @Test
  void of_values_that_overlap_nothing_is_left() {
    masker.learn(
        json(
            "{'apiVersion':'v1','kind':'Secret','stringData':{'a':'abcdef','b':'defghijk','c':'abcd'}}"));
    assertThat(masker.mask("<abcdefghijk>")).isEqualTo("<***>");
    assertThat(masker.mask("<abcdabcdef>")).isEqualTo("<******>");
    assertThat(masker.mask("<abc>")).isEqualTo("<abc>");
  }

  @Test
  void secrets_that_are_seen_on_the_way_are_learned() {
    assertThat(masker.mask("s3cr3t")).isEqualTo("s3cr3t");
    masker.learn(json("{'apiVersion':'v1','kind':'Secret','data':{'x':'czNjcjN0'}}"));
    masker.learn(json("{'apiVersion':'v1','kind':'ConfigMap','data':{'x':'public'}}"));
    assertThat(masker.mask("s3cr3t public")).isEqualTo("*** public");
  }
}

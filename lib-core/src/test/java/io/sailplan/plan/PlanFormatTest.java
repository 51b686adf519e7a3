package io.sailplan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps what docs/plan-format.md shows the same as what the code writes. */
class PlanFormatTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern GOLDEN =
      Pattern.compile(
          "<!-- golden: (\\S+) -->\n```\\w+\n(.*?)```\n<!-- /golden -->", Pattern.DOTALL);

  @Test
  void the_document_shows_what_is_written() throws IOException {
    Path document = ROOT.resolve("docs/plan-format.md");
    String text = Files.readString(document);
    if (Boolean.getBoolean("sailplan.golden.update")) {
      text = GOLDEN.matcher(text).replaceAll(PlanFormatTest::filled);
      Files.writeString(document, text);
    }
    Matcher blocks = GOLDEN.matcher(text);
    int count = 0;
    while (blocks.find()) {
      count++;
      assertThat(blocks.group(2)).as(blocks.group(1)).isEqualTo(golden(blocks.group(1)));
    }
    assertThat(count).isEqualTo(2);
  }

  private static String filled(java.util.regex.MatchResult block) {
    String all = block.group();
    int start = all.indexOf('\n', all.indexOf("```")) + 1;
    return Matcher.quoteReplacement(
        all.substring(0, start) + golden(block.group(1)) + all.substring(all.lastIndexOf("```")));
  }

  private static String golden(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

package io.sailplan.run;

import com.google.common.io.BaseEncoding;
import io.sailplan.model.Manifest;
import io.sailplan.model.Trees;
import io.sailplan.plan.FieldChange;
import io.sailplan.plan.Payload;
import io.sailplan.plan.Plan;
import io.sailplan.plan.Step;
import io.sailplan.plan.StepVisitor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values of Secrets out of texts that a server or a program has written: as they are, in
 * base64, and as a string literal. Values of up to three characters stay: they say nothing, and
 * would tear every text apart.
 */
final class Masker {
  private static final int SHORT = 3;
  private static final int START = SHORT + 1;
  private static final int SHORT_LINE = 8;
  private static final String MASK = "***";

  /** By their first characters: there may be thousands, and every text is searched for them. */
  private final Map<String, Set<String>> values = new HashMap<>();

  private Masker() {}

  /** Returns a masker of all values of Secrets that the plan knows. */
  static Masker of(Plan plan) {
    Masker masker = new Masker();
    Collector collector = new Collector(masker::add);
    plan.steps().forEach(step -> step.accept(collector));
    return masker;
  }

  /** Also takes out the values of this object, if it is a Secret. */
  void learn(Manifest manifest) {
    new Collector(this::add).manifest(manifest);
  }

  /** Learns all text in a value that was made from something secret. */
  void learnAll(@Nullable Object secret) {
    new Collector(this::add).all(secret);
  }

  private void add(String value) {
    if (value.length() > SHORT) {
      values.computeIfAbsent(value.substring(0, START), any -> new HashSet<>()).add(value);
    }
  }

  /** Takes out whatever is part of a value; values that overlap go as one. */
  String mask(String text) {
    StringBuilder masked = new StringBuilder();
    int end = 0; // of what was found so far
    for (int at = 0; at < text.length(); at++) {
      int found = at + longest(text, at);
      if (at >= end && found > at) {
        masked.append(MASK);
      }
      end = Math.max(end, found);
      if (at >= end) {
        masked.append(text.charAt(at));
      }
    }
    return masked.toString();
  }

  /** Returns the length of the longest value that begins there. */
  private int longest(String text, int at) {
    int longest = 0;
    if (at + START <= text.length()) {
      for (String value : values.getOrDefault(text.substring(at, at + START), Set.of())) {
        if (value.length() > longest && text.startsWith(value, at)) {
          longest = value.length();
        }
      }
    }
    return longest;
  }

  /** Finds the values. */
  private static final class Collector implements StepVisitor<Boolean> {
    private final Consumer<String> values;

    Collector(Consumer<String> values) {
      this.values = values;
    }

    @Override
    public Boolean create(Step.Create step) {
      payload(step.payload());
      return changes(step.changes());
    }

    @Override
    public Boolean apply(Step.Apply step) {
      payload(step.payload());
      return changes(step.changes());
    }

    @Override
    public Boolean patch(Step.Patch step) {
      if (step.target().kind().kind().equals("Secret")) {
        step.operations().stream()
            .filter(
                operation ->
                    operation.pointer().startsWith("/data")
                        || operation.pointer().startsWith("/stringData"))
            .forEach(operation -> all(operation.value()));
      }
      return changes(step.changes());
    }

    @Override
    public Boolean delete(Step.Delete step) {
      return false;
    }

    @Override
    public Boolean awaitReady(Step.AwaitReady step) {
      return false;
    }

    @Override
    public Boolean awaitGone(Step.AwaitGone step) {
      return false;
    }

    @Override
    public Boolean unchanged(Step.Unchanged step) {
      return false;
    }

    @Override
    public Boolean gate(Step.Gate step) {
      return false;
    }

    private void payload(Payload payload) {
      manifest(payload.manifest());
    }

    void manifest(Manifest manifest) {
      if (manifest.kind().equals("Secret") && manifest.apiVersion().equals("v1")) {
        all(manifest.get("data"));
        all(manifest.get("stringData"));
      }
    }

    private boolean changes(List<FieldChange> changes) {
      changes.stream()
          .filter(FieldChange::secret)
          .forEach(
              change -> {
                all(change.before());
                all(change.after());
              });
      return true;
    }

    private void all(@Nullable Object value) {
      if (value instanceof String text) {
        add(text);
        decode(text);
        add(BaseEncoding.base64().encode(text.getBytes(StandardCharsets.UTF_8)));
      }
      Trees.object(value).values().forEach(this::all);
      Trees.list(value).forEach(this::all);
    }

    private void add(String value) {
      values.accept(value);
      values.accept(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      value.lines().filter(line -> line.length() > SHORT_LINE).forEach(values);
    }

    private void decode(String text) {
      String base64 = text.replaceAll("\\s", "");
      if (BaseEncoding.base64().canDecode(base64)) {
        try {
          add(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(BaseEncoding.base64().decode(base64)))
                  .toString());
        } catch (CharacterCodingException notText) {
          return; // bytes that are no text cannot stand in one
        }
      }
    }
  }
}

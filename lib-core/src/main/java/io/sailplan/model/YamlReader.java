package io.sailplan.model;

import io.sailplan.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Reads one YAML document into nodes. Used once. */
final class YamlReader {
  private static final Pattern ANCHOR = Pattern.compile("[A-Za-z0-9_-]*+");
  private static final String MERGE = "tag:yaml.org,2002:merge";

  private final TextChunk chunk;
  private final ReadBudget budget;
  private final ProblemLog log;
  private final CodePoints text;
  private final ParserImpl parser;
  private final Map<String, TextNode> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private Spot last;

  YamlReader(TextChunk chunk, ReadBudget budget, ProblemLog log) {
    this.chunk = chunk;
    this.budget = budget;
    this.log = log;
    this.last = new Spot(chunk.line(), chunk.column(), Trail.root());
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    this.text = new CodePoints(chunk.text());
    this.parser = new ParserImpl(new TabScanner(chunk.text(), text, options));
  }

  /** Where something stands. */
  private record Spot(int line, int column, Trail trail) {
    Spot at(Trail other) {
      return new Spot(line, column, other);
    }
  }

  /**
   * Returns the document; null if problems kept it from being read.
   *
   * @throws ReadBudget.Spent after reporting it, if the rest of the text cannot be read either
   */
  @Nullable TextNode read() {
    try {
      next();
      if (peek().is(Event.ID.StreamEnd)) {
        error(
            ProblemCode.SYNTAX,
            last,
            "a directive without a document; kubectl does not read directives",
            "Remove it.");
        return null;
      }
      next();
      TextNode root = node(next(), Trail.root(), 0);
      nothingMore(next());
      return root;
    } catch (ReadBudget.Spent e) {
      error(ProblemCode.TOO_LARGE, last, e.what(), e.hint());
      if (e.forGood()) {
        throw e;
      }
      return null;
    } catch (YAMLException e) {
      new SyntaxTrouble(chunk, log).report(e);
      return null;
    }
  }

  /** A directive at the end makes no event; it stands where the document ends. */
  private void nothingMore(Event end) {
    boolean directive = text.at(end.getStartMark().getIndex()) == '%';
    Event event = peek();
    if (directive || !event.is(Event.ID.StreamEnd)) {
      error(
          ProblemCode.SYNTAX,
          spot(directive ? end : event, Trail.root()),
          "the document has ended, and kubectl passes over what follows",
          "Separate documents by a line \"---\".");
    }
  }

  private TextNode node(Event event, Trail trail, int depth) {
    Spot spot = spot(event, trail);
    if (event instanceof AliasEvent alias) {
      return alias(alias.getAnchor(), spot, depth);
    }
    budget.take(1, depth);
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor != null) {
      checkAnchor(anchor, spot);
      anchors.remove(anchor);
      open.add(anchor);
    }
    TextNode node;
    if (event instanceof ScalarEvent scalar) {
      Object value = scalar(scalar, spot).value();
      node = new TextNode.Scalar(spot.line, spot.column, value, written(scalar, spot, value));
    } else if (event.is(Event.ID.MappingStart)) {
      node = mapping(spot, depth + 1);
    } else {
      node = items(spot, depth + 1);
    }
    if (anchor != null) {
      anchors.put(anchor, node);
      open.remove(anchor);
    }
    return node;
  }

  private void checkAnchor(String name, Spot spot) {
    if (!ANCHOR.matcher(name).matches()) {
      error(
          ProblemCode.SYNTAX,
          spot,
          "the name of an anchor holds more than kubectl takes",
          "Use letters, digits, \"-\" and \"_\".");
    }
  }

  private TextNode alias(String name, Spot spot, int depth) {
    checkAnchor(name, spot);
    TextNode target = anchors.get(name);
    if (target != null) {
      budget.take(target.size(), depth + target.height());
      return target;
    }
    String shown = Trail.cut(name);
    boolean itself = open.contains(name);
    error(
        ProblemCode.BAD_ALIAS,
        spot,
        "the alias *" + shown + (itself ? " stands in what it refers to" : " refers to nothing"),
        itself ? "Write the value out." : "Define &" + shown + " before it in the same document.");
    return new TextNode.Scalar(spot.line, spot.column, null);
  }

  private TextNode items(Spot spot, int depth) {
    budget.take(0, depth);
    List<TextNode> items = new ArrayList<>();
    while (!peek().is(Event.ID.SequenceEnd)) {
      items.add(node(next(), spot.trail.item(items.size()), depth));
    }
    next();
    return new TextNode.Items(spot.line, spot.column, items);
  }

  private TextNode mapping(Spot spot, int depth) {
    budget.take(0, depth);
    Fields fields = new Fields(spot.trail);
    while (!peek().is(Event.ID.MappingEnd)) {
      Event event = next();
      Spot at = spot(event, spot.trail);
      if (event instanceof ScalarEvent scalar && isMerge(scalar)) {
        merge(fields, at, depth);
        continue;
      }
      String name = key(event, at, depth);
      TextNode value = node(next(), name == null ? at.trail : at.trail.field(name), depth);
      if (name != null) {
        fields.add(name, at, value);
      }
    }
    next();
    return new TextNode.Mapping(spot.line, spot.column, fields.byName);
  }

  /** The fields of a mapping while they come in. */
  private final class Fields {
    private final Trail trail;
    private final Map<String, TextNode.Field> byName = new java.util.LinkedHashMap<>();
    private final Map<String, Integer> written = new HashMap<>();

    Fields(Trail trail) {
      this.trail = trail;
    }

    void add(String name, Spot at, TextNode value) {
      Integer first = written.putIfAbsent(name, at.line);
      if (first == null) {
        byName.put(name, new TextNode.Field(at.line, at.column, value));
        return;
      }
      String what = "the key \"" + Trail.cut(name) + "\" is written twice, first in line " + first;
      TextNode.Field before = byName.get(name);
      if (before != null && Objects.equals(before.value().tree(), value.tree())) {
        // whichever kubectl takes, it is the same
        warn(
            ProblemCode.DUPLICATE_KEY,
            at.at(trail.field(name)),
            what + ", with the same value",
            "Remove one of them.");
        return;
      }
      error(ProblemCode.DUPLICATE_KEY, at.at(trail.field(name)), what, "Keep one of them.");
    }

    /** In go-yaml v2, what is merged wins over what stands before it, and loses to what follows. */
    void merge(TextNode.Mapping source, Spot at) {
      source
          .fields()
          .forEach(
              (name, field) -> {
                byName.put(name, field);
                Integer before = written.get(name);
                if (before != null) {
                  warn(
                      ProblemCode.DUPLICATE_KEY,
                      at.at(trail.field(name)),
                      "\"<<\" overrules the key \"" + Trail.cut(name) + "\" of line " + before,
                      "Write \"<<\" first, so that the keys after it win.");
                }
              });
    }
  }

  private static boolean isMerge(ScalarEvent key) {
    return key.getValue().equals("<<")
        && (MERGE.equals(key.getTag()) || (key.getTag() == null && key.isPlain()));
  }

  private void merge(Fields fields, Spot at, int depth) {
    boolean alias = peek() instanceof AliasEvent;
    int errors = log.errors();
    Spot below = at.at(at.trail.field("<<"));
    TextNode value = node(next(), below.trail, depth);
    List<TextNode> sources = new ArrayList<>();
    if (value instanceof TextNode.Items list && !alias) {
      sources.addAll(list.items());
      java.util.Collections.reverse(sources); // the first one wins
    } else {
      sources.add(value);
    }
    for (TextNode source : sources) {
      if (source instanceof TextNode.Mapping mapping) {
        fields.merge(mapping, at);
      } else if (log.errors() == errors) {
        error(
            ProblemCode.WRONG_TYPE,
            below,
            "\"<<\" takes a mapping or a list of mappings",
            "Put it in quotes if a key is meant.");
      }
    }
  }

  /** Returns the text of a key; null, after reporting it, if it has none. */
  private @Nullable String key(Event event, Spot at, int depth) {
    budget.take(1, depth);
    YamlScalars.Reading reading;
    String written = null;
    if (event instanceof ScalarEvent scalar) {
      int errors = log.errors();
      reading = scalar(scalar, at);
      if (log.errors() > errors) {
        return null;
      }
      written = scalar.getValue();
      checkColon(scalar, at);
      if (scalar.getAnchor() != null) {
        anchors.put(scalar.getAnchor(), new TextNode.Scalar(at.line, at.column, reading.value()));
      }
    } else {
      TextNode node = node(event, at.trail, depth);
      if (!(node instanceof TextNode.Scalar scalar)) {
        notText(at, node instanceof TextNode.Items ? "a list" : "a mapping");
        return null;
      }
      reading = YamlScalars.Reading.of(scalar.tree());
    }
    String text = YamlKeys.text(reading);
    if (text == null) {
      notText(at, "null");
    } else if (written != null && !text.equals(written)) {
      warn(
          ProblemCode.KEY_NOT_A_STRING,
          at.at(at.trail.field(text)),
          "the key " + Trail.cut(written) + " is read as \"" + Trail.cut(text) + "\"",
          "Put it in quotes.");
    }
    return text;
  }

  /** In flow style, go-yaml v2 takes a colon before a comma or bracket for a part of the text. */
  private void checkColon(ScalarEvent key, Spot at) {
    int end = key.getEndMark().getIndex();
    if (key.isPlain() && text.at(end) == ':' && ",[]{}".indexOf(text.at(end + 1)) >= 0) {
      error(
          ProblemCode.SYNTAX,
          at,
          "kubectl takes the \":\" behind this for a part of it",
          "Write a blank behind \":\", or put the text in quotes if the colon belongs to it.");
    }
  }

  private void notText(Spot at, String what) {
    error(ProblemCode.KEY_NOT_A_STRING, at, what + " is used as a key", "Use a string.");
  }

  private YamlScalars.Reading scalar(ScalarEvent event, Spot spot) {
    budget.takeScalar(event.getValue().length());
    YamlScalars.Reading reading =
        YamlScalars.read(event.getValue(), event.isPlain(), event.getTag());
    if (hasHalfPair(event.getValue())) {
      error(
          ProblemCode.SYNTAX,
          spot,
          "an escape names half of a surrogate pair",
          "Write the character, or \\U and eight digits.");
    }
    YamlScalars.Trouble trouble = reading.trouble();
    if (trouble != null) {
      String shown = Secrecy.shown(event.getValue(), spot.trail.path());
      error(trouble.code(), spot, String.format(trouble.message(), shown), trouble.hint());
    }
    return reading;
  }

  /** Only where expressions may stand is it worth knowing where each character does. */
  private @Nullable WrittenText written(ScalarEvent event, Spot spot, @Nullable Object value) {
    if (!(value instanceof String string) || !string.contains("${")) {
      return null;
    }
    StringBuilder raw = new StringBuilder();
    for (int i = event.getStartMark().getIndex(); i < event.getEndMark().getIndex(); i++) {
      raw.appendCodePoint(text.at(i));
    }
    return new WrittenText(raw.toString(), spot.line, spot.column);
  }

  /** Only escapes can make one: the parser does not take it from the text. */
  private static boolean hasHalfPair(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private Event next() {
    return parser.getEvent();
  }

  private Event peek() {
    return parser.peekEvent();
  }

  private Spot spot(Event event, Trail trail) {
    Mark mark = event.getStartMark();
    int column = (mark.getLine() == 0 ? chunk.column() : 1) + mark.getColumn();
    last = new Spot(chunk.line() + mark.getLine(), column, trail);
    return last;
  }

  private void error(ProblemCode code, Spot at, String message, String hint) {
    log.error(code, log.place(at.line, at.column, at.trail.path()), message, hint);
  }

  private void warn(ProblemCode code, Spot at, String message, String hint) {
    log.warn(code, log.place(at.line, at.column, at.trail.path()), message, hint);
  }
}

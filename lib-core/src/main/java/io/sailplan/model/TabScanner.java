package io.sailplan.model;

import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.Token;

/**
 * A SnakeYAML scanner that takes tabs between tokens, where go-yaml does: everywhere but in the
 * indentation of block style and behind a block indicator.
 */
final class TabScanner implements Scanner {
  private final CodePoints text;
  private final StreamReader reader;
  private final ScannerImpl scanner;
  private int taken;
  private int flowLevel;

  TabScanner(String text, LoaderOptions options) {
    this.text = new CodePoints(text);
    this.reader = new StreamReader(text);
    this.scanner = new ScannerImpl(reader, options);
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    return pastTabs(() -> scanner.checkToken(choices));
  }

  @Override
  public boolean checkToken(Token.ID choice) {
    return pastTabs(() -> scanner.checkToken(choice));
  }

  @Override
  public Token peekToken() {
    return pastTabs(scanner::peekToken);
  }

  @Override
  public Token getToken() {
    Token token = pastTabs(scanner::getToken);
    Token.ID id = token.getTokenId();
    if (id == Token.ID.FlowMappingStart || id == Token.ID.FlowSequenceStart) {
      flowLevel++;
    } else if (id == Token.ID.FlowMappingEnd || id == Token.ID.FlowSequenceEnd) {
      flowLevel--;
    }
    taken = token.getEndMark().getIndex();
    return token;
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }

  /** The scanner stops before a tab without having changed anything: skip it and ask again. */
  private <T> T pastTabs(Supplier<T> ask) {
    while (true) {
      try {
        return ask.get();
      } catch (ScannerException e) {
        if (reader.peek() != '\t'
            || !e.getProblem().contains("cannot start any token")
            || !mayStandHere(reader.getIndex())) {
          throw e;
        }
        while (reader.peek() == '\t') {
          reader.forward();
        }
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        // what SnakeYAML 2.7 throws for an escape that the end of the text cuts off
        throw new ScannerException(
            "while scanning a double-quoted scalar",
            null,
            "found unknown escape character",
            reader.getMark());
      }
    }
  }

  private boolean mayStandHere(int tab) {
    if (flowLevel + text.openBrackets(taken, tab) > 0) {
      return true;
    }
    int before = tab - 1;
    while (before >= 0 && (text.at(before) == ' ' || text.at(before) == '\t')) {
      before--;
    }
    if (before < 0 || text.at(before) == '\n' || text.at(before) == '\r') {
      return false;
    }
    boolean alone = before == 0 || Character.isWhitespace(text.at(before - 1));
    return !alone || (text.at(before) != '-' && text.at(before) != '?');
  }

  /** The text by code point, as the scanner counts; made only once a tab is met. */
  private static final class CodePoints {
    private final String text;
    private int[] points = new int[0];

    CodePoints(String text) {
      this.text = text;
    }

    int at(int index) {
      if (points.length == 0) {
        points = text.codePoints().toArray();
      }
      return points[index];
    }

    /**
     * Counts the brackets that tokens not yet handed out have opened. There are few of these: the
     * scanner looks ahead only as far as a key may reach.
     */
    int openBrackets(int from, int to) {
      int open = 0;
      int quote = 0;
      for (int i = from; i < to; i++) {
        int c = at(i);
        if (quote != 0) {
          if (c == '\\' && quote == '"') {
            i++;
          } else if (c == quote) {
            quote = 0;
          }
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (c == '[' || c == '{') {
          open++;
        } else if (c == ']' || c == '}') {
          open--;
        }
      }
      return open;
    }
  }
}

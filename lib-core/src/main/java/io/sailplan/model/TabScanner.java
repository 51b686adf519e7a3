package io.sailplan.model;

import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerException;
import org.yaml.snakeyaml.scanner.ScannerImpl;
import org.yaml.snakeyaml.tokens.Token;

/**
 * A SnakeYAML scanner that takes tabs between tokens where go-yaml does: everywhere but in the
 * indentation of block style and behind a block indicator. SnakeYAML itself takes them in flow
 * style only, and there no blanks behind them.
 */
final class TabScanner implements Scanner {
  private final CodePoints text;
  private final StreamReader reader;
  private final ScannerImpl scanner;

  TabScanner(String text, CodePoints points, LoaderOptions options) {
    this.text = points;
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
    return pastTabs(scanner::getToken);
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
        if (!e.getProblem().contains("cannot start any token") || !mayBlankStandHere()) {
          throw e;
        }
        while (reader.peek() == '\t' || reader.peek() == ' ') {
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

  private boolean mayBlankStandHere() {
    if (reader.peek() == ' ') {
      return true; // behind a tab in flow style
    }
    if (reader.peek() != '\t') {
      return false;
    }
    int before = reader.getIndex() - 1;
    while (before >= 0 && (text.at(before) == ' ' || text.at(before) == '\t')) {
      before--;
    }
    if (before < 0 || text.at(before) == '\n' || text.at(before) == '\r') {
      return false;
    }
    boolean alone = before == 0 || Character.isWhitespace(text.at(before - 1));
    return !alone || (text.at(before) != '-' && text.at(before) != '?');
  }
}

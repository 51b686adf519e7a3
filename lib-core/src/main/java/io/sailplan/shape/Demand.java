package io.sailplan.shape;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set of values, as the resource of rules names it. */
sealed interface Demand {
  /** Returns whether a value of the right type is one of them. */
  boolean has(Object value);

  /** Returns what to write, without a verb. */
  String wanted();

  /**
   * Reads {@code any}, {@code one-of A B}, {@code 1..65535}, {@code amount 0..}, or a form of text.
   */
  static Demand parse(String text) {
    List<String> words = List.of(text.split(" "));
    boolean empty = words.get(words.size() - 1).equals("or-empty");
    List<String> more = words.subList(1, words.size() - (empty ? 1 : 0));
    String first = words.get(0);
    switch (first) {
      case "any":
        return new Any();
      case "none":
        return new None();
      case "one-of":
        return new OneOf(List.copyOf(more), empty);
      case "amount":
        return new Amount(
            more.contains("0.."),
            more.contains("above-0"),
            more.contains("whole"),
            more.contains("milli"));
      case "number":
        int or = more.lastIndexOf("or");
        return new NumberOr(
            parse(String.join(" ", more.subList(0, or))),
            parse(more.get(or + 1) + (empty ? " or-empty" : "")));
      case "percent":
        return new Percent(Integer.MAX_VALUE);
      case "percent-100":
        return new Percent(100);
      default:
        break;
    }
    if (first.contains("..") || first.equals("0")) {
      String range = words.get(words.size() - 1);
      int dots = range.indexOf("..");
      return new Range(
          number(range.substring(0, dots), Long.MIN_VALUE),
          number(range.substring(dots + 2), Long.MAX_VALUE),
          words.size() > 1);
    }
    return new Form(
        TextForm.of(first).orElseThrow(() -> new IllegalStateException("no rule " + text)), empty);
  }

  private static long number(String text, long otherwise) {
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  /** Every value. */
  record Any() implements Demand {
    @Override
    public boolean has(Object value) {
      return true;
    }

    @Override
    public String wanted() {
      return "any value";
    }
  }

  /** No value of which anything is known. */
  record None() implements Demand {
    @Override
    public boolean has(Object value) {
      return false;
    }

    @Override
    public String wanted() {
      return "nothing";
    }
  }

  /** Some words; {@code true} and {@code false} are booleans as well. */
  record OneOf(List<String> words, boolean empty) implements Demand {
    @Override
    public boolean has(Object value) {
      return words.contains(String.valueOf(value)) || (empty && value.equals(""));
    }

    @Override
    public String wanted() {
      return "one of " + String.join(", ", new TreeSet<>(words));
    }
  }

  /** A form of text. */
  record Form(TextForm form, boolean empty) implements Demand {
    @Override
    public boolean has(Object value) {
      return value instanceof String text && (text.isEmpty() ? empty : form.fits(text));
    }

    @Override
    public String wanted() {
      return form.wanted();
    }
  }

  /** Whole numbers from one to another; zero may stand for nothing. */
  record Range(long least, long most, boolean zero) implements Demand {
    @Override
    public boolean has(Object value) {
      if (!(value instanceof Number number)) {
        return false;
      }
      long whole = number.longValue();
      return (whole >= least && whole <= most) || (zero && whole == 0);
    }

    @Override
    public String wanted() {
      String or = zero ? "0 or " : "";
      return most == Long.MAX_VALUE
          ? or + "a number of at least " + least
          : least == Long.MIN_VALUE
              ? or + "a number of at most " + most
              : or + "a number from " + least + " to " + most;
    }
  }

  /** Amounts, such as {@code 500m} and {@code 1Gi}. */
  record Amount(boolean notNegative, boolean positive, boolean whole, boolean milli)
      implements Demand {
    private static final Map<String, Integer> POWERS =
        Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);

    @Override
    public boolean has(Object value) {
      BigDecimal amount = amount(value);
      if (amount == null) {
        return false;
      }
      int least = positive ? 1 : notNegative ? 0 : -1;
      int scale = whole ? 0 : milli ? 3 : Integer.MAX_VALUE;
      return amount.signum() >= least && amount.stripTrailingZeros().scale() <= scale;
    }

    @Override
    public String wanted() {
      return (whole ? "a whole amount" : "an amount")
          + (positive ? " above 0" : notNegative ? " of at least 0" : "")
          + (milli ? ", not finer than 1m" : "");
    }

    static @Nullable BigDecimal amount(Object value) {
      String text = String.valueOf(value);
      try {
        if (text.endsWith("i")) {
          int power = "KMGTPE".indexOf(text.charAt(text.length() - 2)) + 1;
          return new BigDecimal(text.substring(0, text.length() - 2))
              .multiply(BigDecimal.valueOf(1024).pow(power));
        }
        Integer power = POWERS.get(text.substring(text.length() - 1));
        return power == null
            ? new BigDecimal(text)
            : new BigDecimal(text.substring(0, text.length() - 1)).scaleByPowerOfTen(power);
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        return null;
      }
    }
  }

  /** A number, or a text. */
  record NumberOr(Demand number, Demand text) implements Demand {
    @Override
    public boolean has(Object value) {
      return value instanceof String ? text.has(value) : number.has(value);
    }

    @Override
    public String wanted() {
      return text instanceof None ? number.wanted() : number.wanted() + ", or " + text.wanted();
    }
  }

  /** A share such as {@code 25%}. */
  record Percent(int most) implements Demand {
    @Override
    public boolean has(Object value) {
      return value instanceof String text
          && text.matches("[0-9]{1,9}%")
          && Integer.parseInt(text.substring(0, text.length() - 1)) <= most;
    }

    @Override
    public String wanted() {
      return "a share such as 25%";
    }
  }
}

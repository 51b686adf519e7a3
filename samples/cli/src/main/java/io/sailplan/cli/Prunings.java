package io.sailplan.cli;

import io.sailplan.policy.Pruning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how much may be pruned: {@code none}, {@code all}, {@code 20}, {@code 50%} or both. */
final class Prunings implements ITypeConverter<Pruning> {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9})|([0-9]{1,9}),([0-9]{1,3})%|([0-9]{1,3})%");

  @Override
  public Pruning convert(String value) {
    if (value.equals("none")) {
      return Pruning.none();
    }
    if (value.equals("all")) {
      return Pruning.unbounded();
    }
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw wrong(value);
    }
    Pruning all = Pruning.unbounded();
    int count = first(matcher, 1, 2, all.maxCount());
    int share = first(matcher, 3, 4, all.maxPercent());
    if (share > 100) {
      throw wrong(value);
    }
    return new Pruning(true, count, share);
  }

  private static int first(Matcher matcher, int group, int other, int otherwise) {
    String text = matcher.group(group) == null ? matcher.group(other) : matcher.group(group);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private static TypeConversionException wrong(String value) {
    return new TypeConversionException(
        "\"" + value + "\" is not none, all, a number, a share such as 50%, or both: 20,50%");
  }
}

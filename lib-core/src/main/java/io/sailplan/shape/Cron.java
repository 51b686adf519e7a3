package io.sailplan.shape;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Schedules as CronJobs take them (robfig/cron, its standard parser, without time zones). */
final class Cron {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<String> NAMED =
      List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final int[][] BOUNDS = {{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}};
  private static final Map<Integer, List<String>> NAMES = Map.of(3, MONTHS, 4, DAYS);

  private Cron() {}

  static boolean isSchedule(String text) {
    if (text.startsWith("@")) {
      return NAMED.contains(text)
          || text.matches("@every ([0-9]+([.][0-9]*)?(ns|us|µs|ms|s|m|h))+");
    }
    String[] fields = text.strip().split("\\s+");
    if (fields.length != BOUNDS.length) {
      return false;
    }
    for (int i = 0; i < fields.length; i++) {
      for (String part : fields[i].split(",", -1)) {
        if (!part.isEmpty() && !isRange(part, i)) { // empty parts are skipped
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isRange(String text, int field) {
    String[] halves = text.split("/", -1);
    String[] ends = halves[0].split("-", -1);
    if (halves.length > 2 || ends.length > 2) {
      return false;
    }
    int least = BOUNDS[field][0];
    int most = BOUNDS[field][1];
    int start = least;
    int end = most;
    if (!ends[0].equals("*") && !ends[0].equals("?")) {
      start = number(ends[0], field);
      end = ends.length == 1 ? start : number(ends[1], field);
    }
    int step = halves.length == 1 ? 1 : number(halves[1], -1);
    return start >= least && end <= most && start <= end && step > 0;
  }

  /** A number or a name; -1 if it is neither. */
  private static int number(String text, int field) {
    int named = NAMES.getOrDefault(field, List.of()).indexOf(text.toLowerCase(Locale.ROOT));
    if (named >= 0) {
      return field == 3 ? named + 1 : named;
    }
    return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }
}

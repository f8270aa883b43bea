package io.dockherd.fleet.watch;

import java.time.Duration;

/**
 * A span of time in the words of Docker's lists: "Less than a second", "5 minutes", "About an
 * hour".
 */
final class ElapsedTime {
  private ElapsedTime() {}

  /**
   * The words for that long; what is negative (another host's clock may be ahead) counts as
   * nothing. Hours are rounded, everything else is cut off: so does Docker.
   */
  static String words(Duration elapsed) {
    long seconds = Math.max(0, elapsed.toSeconds());
    long minutes = seconds / 60;
    long hours = (seconds + 1800) / 3600;
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < 60) {
      return seconds + " seconds";
    }
    if (minutes == 1) {
      return "About a minute";
    }
    if (minutes < 60) {
      return minutes + " minutes";
    }
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 48) {
      return hours + " hours";
    }
    if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    }
    if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    }
    if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return seconds / 3600 / 24 / 365 + " years";
  }
}

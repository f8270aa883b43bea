package io.dockherd.node.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All settings there are, by chapter. */
public final class SettingsTable {
  /** In the order in which they are shown. */
  public static final List<Chapter> CHAPTERS =
      List.of(
          HerdSettings.CHAPTER,
          EngineSettings.CHAPTER,
          DoorSettings.CHAPTER,
          PlacementSettings.CHAPTER,
          InstanceSettings.CHAPTER,
          FailureDetectionSettings.CHAPTER,
          LogSettings.CHAPTER);

  private SettingsTable() {}

  /** Every setting, in the order in which they are shown. */
  public static Stream<Setting<?>> all() {
    return CHAPTERS.stream().flatMap(chapter -> chapter.settings().stream());
  }

  /** The setting with that key or alias, as a configuration file writes it. */
  public static Optional<Setting<?>> named(String key) {
    return all().filter(setting -> setting.names().anyMatch(key::equals)).findFirst();
  }

  /** The setting with that flag, dashes and all. */
  public static Optional<Setting<?>> withFlag(String flag) {
    return all().filter(setting -> setting.flags().contains(flag)).findFirst();
  }

  /** The known key most like {@code key}: what somebody who wrote that probably meant. */
  public static String nearest(String key) {
    return all()
        .flatMap(Setting::names)
        .min(Comparator.comparingInt(known -> distance(key.toLowerCase(), known.toLowerCase())))
        .orElseThrow();
  }

  /** How many letters have to be put in, taken out or changed to make one text of the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}

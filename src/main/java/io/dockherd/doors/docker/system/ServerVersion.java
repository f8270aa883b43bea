package io.dockherd.doors.docker.system;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.telemetry.BuildVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the herd says its version is: {@code 20.10.24+dockherd.1.0.0}, the oldest of its engines and
 * then our own, as distributions mark theirs. Clients compare it with the oldest engine they work
 * with (Testcontainers wants 1.6.0) and turn away what has no number, or a small one.
 */
final class ServerVersion {
  private static final Pattern DOT = Pattern.compile("\\.");

  /** Of {@code 20.10.24+dfsg1} and {@code 28.0-rc.1} what can be compared. */
  private static final Pattern REST = Pattern.compile("[^0-9.].*");

  private static final String NONE = "0.0.0";

  private ServerVersion() {}

  /** By the engines that answer just now. */
  static String of(HerdEngines engines) {
    return of(
        engines.all().stream()
            .filter(node -> node.engine().isReachable())
            .map(node -> node.engine().json().getString("serverVersion", ""))
            .toList(),
        BuildVersion.text());
  }

  static String of(List<String> engines, String own) {
    String oldest =
        engines.stream()
            .map(version -> REST.matcher(version).replaceFirst(""))
            .filter(version -> !numbers(version).isEmpty())
            .min(Comparator.comparing(ServerVersion::numbers, ServerVersion::compare))
            .orElse(NONE);
    return oldest + "+dockherd." + own;
  }

  private static List<String> numbers(String version) {
    return DOT.splitAsStream(version).filter(part -> !part.isEmpty()).toList();
  }

  /** Numbers of any length, so nothing an engine says can be too big. */
  private static int compare(List<String> first, List<String> second) {
    Comparator<String> byNumber =
        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
    return Arrays.compare(first.toArray(String[]::new), second.toArray(String[]::new), byNumber);
  }
}

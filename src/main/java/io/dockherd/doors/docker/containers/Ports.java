package io.dockherd.doors.docker.containers;

import io.dockherd.failure.Invalid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ports a filter names: {@code 80}, {@code 53/udp}, {@code 8000-8010/tcp}. */
final class Ports {
  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");
  private static final int LAST = 65535;

  private Ports() {}

  /**
   * All of them, as {@code 80/tcp}.
   *
   * @throws Invalid when one is no port
   */
  static Set<String> of(String field, List<String> written) {
    Set<String> ports = new HashSet<>();
    for (String text : written) {
      Matcher range = RANGE.matcher(text);
      if (!range.matches()) {
        throw wrong(field, text);
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last > LAST || last < first) {
        throw wrong(field, text);
      }
      String protocol = range.group(3) == null ? "tcp" : range.group(3);
      for (int port = first; port <= last; port++) {
        ports.add(port + "/" + protocol);
      }
    }
    return ports;
  }

  private static Invalid wrong(String field, String text) {
    return new Invalid(field, "invalid filter '" + field + "=" + text + "'", "write 80/tcp");
  }
}

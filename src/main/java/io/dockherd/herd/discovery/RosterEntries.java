package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Engines as people list them: {@code 10.0.0.[1:3]:2375,b:[2:4]375,[fd00::1]:2376}. A port is
 * always needed. {@code [from:to]} stands for each number between the two, anywhere in an entry,
 * also more than once.
 */
public final class RosterEntries {
  private static final int ENGINES_MAX = 4096;

  private RosterEntries() {}

  /**
   * Those of one line, with commas between; each once.
   *
   * @throws Invalid when one is no host and port
   */
  public static List<HostPort> parse(String text) {
    Set<HostPort> engines = new LinkedHashSet<>();
    for (String entry : text.split(",")) {
      if (!entry.isBlank()) {
        HostList.expand(entry.strip()).forEach(each -> engines.add(engine(each)));
      }
      if (engines.size() > ENGINES_MAX) {
        throw new Invalid(text, "more than " + ENGINES_MAX + " engines are listed", "list fewer");
      }
    }
    return List.copyOf(engines);
  }

  /**
   * One {@code host:port}, as stores hold them.
   *
   * @throws Invalid when it is none
   */
  public static HostPort engine(String entry) {
    int colon = entry.lastIndexOf(':');
    try {
      if (colon < 0 || entry.endsWith("]")) {
        throw new Invalid(entry, "no port is given", "");
      }
      String host = entry.substring(0, colon);
      boolean isLiteral = host.startsWith("[") && host.endsWith("]");
      int port = Integer.parseInt(entry.substring(colon + 1));
      return new HostPort(isLiteral ? host.substring(1, host.length() - 1) : plain(host), port);
    } catch (NumberFormatException | Invalid e) {
      throw new Invalid(
          entry,
          "'" + entry + "' is no engine's host:port: " + e.getMessage(),
          "please check you are using the correct discovery (missing token:// ?)",
          e);
    }
  }

  private static String plain(String host) {
    if (host.contains(":")) {
      throw new Invalid(host, "an IPv6 address is written as [::1]", "");
    }
    return host;
  }

  /** All of several lines; what follows a # is a comment. */
  static List<HostPort> lines(List<String> lines) {
    List<HostPort> all = new ArrayList<>();
    for (String line : lines) {
      int comment = line.indexOf('#');
      all.addAll(parse(comment < 0 ? line : line.substring(0, comment)));
    }
    return all.stream().distinct().toList();
  }
}

package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A list of hosts as people write it: {@code
 * a,b:7500,10.0.0.[1:9],rack[01:12].lan:7411,[::1]:7411}.
 *
 * <p>{@code [from:to]}, two numbers, stands for each number between them, anywhere in a host, also
 * more than once; a leading zero keeps the width. Any other brackets hold an IPv6 address and
 * nothing else may stand beside them but a port.
 */
final class HostList {
  private static final int HOSTS_MAX = 4096;
  private static final Pattern RANGE = Pattern.compile("\\[(\\d{1,9}):(\\d{1,9})]");
  private static final Pattern LITERAL = Pattern.compile("\\[([^\\[\\]]*)](?::(.*))?");

  private HostList() {}

  /**
   * The hosts, in the order they are written; empty entries are skipped.
   *
   * @throws Invalid when an entry is no host, or there are too many
   */
  static List<HostPort> parse(String text, int port) {
    List<HostPort> hosts = new ArrayList<>();
    for (String entry : text.split(",")) {
      if (!entry.isBlank()) {
        hosts.addAll(entry(entry.strip(), port));
      }
      if (hosts.size() > HOSTS_MAX) {
        throw new Invalid(text, "more than " + HOSTS_MAX + " hosts are listed", "list fewer");
      }
    }
    return List.copyOf(hosts);
  }

  private static List<HostPort> entry(String entry, int port) {
    Matcher literal = LITERAL.matcher(entry);
    if (literal.matches() && !RANGE.matcher(entry).lookingAt()) {
      String address = literal.group(1);
      if (address.chars().filter(c -> c == ':').count() < 2) {
        throw new Invalid(
            entry,
            "'[" + address + "]' is neither an IPv6 address nor a range",
            "ranges are written as [1:9]");
      }
      return List.of(new HostPort(address, port(entry, literal.group(2), port)));
    }
    // A colon outside of ranges begins the port.
    String outside = RANGE.matcher(entry).replaceAll(range -> "x".repeat(range.group().length()));
    int colon = outside.indexOf(':');
    if (outside.indexOf(':', colon + 1) > colon && colon >= 0) {
      throw new Invalid(
          entry, "'" + entry + "' has more than one port", "write an IPv6 address as [::1]");
    }
    String host = colon < 0 ? entry : entry.substring(0, colon);
    int hostPort = port(entry, colon < 0 ? null : entry.substring(colon + 1), port);
    return expand(host).stream().map(name -> new HostPort(name, hostPort)).toList();
  }

  private static int port(String entry, String written, int otherwise) {
    if (written == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(written);
    } catch (NumberFormatException e) {
      throw new Invalid(entry, "'" + written + "' in '" + entry + "' is no port", "1 to 65535", e);
    }
  }

  /** The texts that one with ranges stands for. */
  static List<String> expand(String host) {
    Matcher range = RANGE.matcher(host);
    if (!range.find()) {
      return List.of(host);
    }
    int from = Integer.parseInt(range.group(1));
    int to = Integer.parseInt(range.group(2));
    if (from > to || to - from >= HOSTS_MAX) {
      throw new Invalid(
          host,
          "the range " + range.group() + " in '" + host + "' is empty or too long",
          "from a lower to a higher number, at most " + HOSTS_MAX + " of them");
    }
    String format = range.group(1).startsWith("0") ? "%0" + range.group(1).length() + "d" : "%d";
    String before = host.substring(0, range.start());
    List<String> ends = expand(host.substring(range.end()));
    List<String> hosts = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      for (String end : ends) {
        hosts.add(before + String.format(format, i) + end);
      }
      if (hosts.size() > HOSTS_MAX) {
        throw new Invalid(host, "'" + host + "' stands for too many hosts", "list fewer");
      }
    }
    return hosts;
  }
}

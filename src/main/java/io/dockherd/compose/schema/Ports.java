package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.Numbers;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Published ports: {@code [address:][published:]target[/protocol]}, each of the last two a number
 * or a range, an IPv6 address in brackets; or the long form.
 */
final class Ports {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?:(\\[[0-9a-fA-F:.%a-z]+]|[0-9.]+|localhost):)??(?:([0-9]+(?:-[0-9]+)?)?:)?"
              + "([0-9]+(?:-[0-9]+)?)(?:/([a-zA-Z]+))?");

  private static final Pattern EXPOSED =
      Pattern.compile("[0-9]{1,5}(?:-[0-9]{1,5})?(?:/(?:tcp|udp|sctp))?");

  private static final int HIGHEST = 65_535;
  private static final int LONGEST = 200;
  private static final String FORM = "write it as [address:][published:]target[/protocol]";

  private static final Keys LONG =
      Keys.of("a port")
          .honours("name", Scalars.text())
          .honours("mode", Scalars.choice("ingress", "host"))
          .honours("host_ip", Scalars.text())
          .honours("target", Scalars.whole(1, HIGHEST))
          .honours(
              "published",
              Scalars.matching("a port or a range", Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?")))
          .honours("protocol", Scalars.choice("tcp", "udp", "sctp"))
          .honours("app_protocol", Scalars.text())
          .requires("target")
          .checks(
              (port, where) ->
                  port.text("published")
                      .filter(range -> Range.parse(range).isEmpty())
                      .ifPresent(
                          range ->
                              where.wrong(
                                  port, "has '" + range + "', which is no range of ports", FORM)));

  /** How one port is written. */
  static final ShortOrLong PORT = new ShortOrLong(Ports::expand, LONG);

  /** {@code ports} of a service. */
  static final Shape LIST =
      ListOf.expanding(
              "ports",
              PORT,
              (item, where) -> PORT.read(item, where).stream().map(Ports::complete).toList())
          .unique(Ports::identity)
          .onceInAFile();

  /** {@code expose} of a service. */
  static final Shape EXPOSE =
      ListOf.of("ports", Scalars.matching("a port or a range, as 80 or 8000-8010/udp", EXPOSED))
          .unique();

  private Ports() {}

  /** From the lowest to the highest, both counted. */
  private record Range(int first, int last) {
    static Optional<Range> parse(String text) {
      int dash = text.indexOf('-');
      int first = number(dash < 0 ? text : text.substring(0, dash));
      int last = dash < 0 ? first : number(text.substring(dash + 1));
      return first >= 0 && last >= first && last <= HIGHEST
          ? Optional.of(new Range(first, last))
          : Optional.empty();
    }

    private static int number(String digits) {
      return digits.length() > 5 ? -1 : Integer.parseInt(digits);
    }

    int size() {
      return last - first + 1;
    }

    String text() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  private static List<YamlMap> expand(YamlScalar written, Where where) {
    String text = Numbers.asText(written);
    Matcher form = SHORT.matcher(text.length() > LONGEST ? "" : text);
    Optional<Range> target =
        form.matches()
            ? Range.parse(form.group(3)).filter(range -> range.first() > 0)
            : Optional.empty();
    Optional<Range> published =
        target.isPresent() && form.group(2) != null
            ? Range.parse(form.group(2))
            : Optional.of(new Range(0, 0));
    if (target.isEmpty() || published.isEmpty()) {
      where.wrong(written, "has to be a port, and is " + written.portrait(), FORM);
      return List.of();
    }
    boolean isPublished = form.group(2) != null;
    Range inside = target.get();
    Range outside = published.get();
    if (isPublished && inside.size() > 1 && inside.size() != outside.size()) {
      where.wrong(
          written,
          "publishes " + outside.size() + " ports for " + inside.size(),
          "make both ranges equally long");
      return List.of();
    }
    if (!where.expansions().take(inside.size())) {
      where.wrong(
          written,
          "is more ports than a project may have",
          "publish fewer, or use network_mode: host");
      return List.of();
    }
    List<YamlMap> ports = new ArrayList<>();
    for (int i = 0; i < inside.size(); i++) {
      YamlMap port = YamlMap.empty(written.at());
      if (form.group(1) != null) {
        port = put(port, "host_ip", form.group(1).replace("[", "").replace("]", ""));
      }
      if (isPublished) {
        // A range for one port means any free one of it.
        String from = inside.size() == 1 ? outside.text() : Integer.toString(outside.first() + i);
        port = put(port, "published", from);
      }
      if (form.group(4) != null) {
        port = put(port, "protocol", form.group(4).toLowerCase());
      }
      ports.add(port.with("target", YamlScalar.whole(written.at(), inside.first() + i)));
    }
    return ports;
  }

  private static YamlMap put(YamlMap port, String key, String text) {
    return port.with(key, YamlScalar.text(port.at(), text));
  }

  private static YamlNode complete(YamlNode node) {
    return node instanceof YamlMap port && !port.entries().isEmpty()
        ? port.withDefault("mode", YamlScalar.text(port.at(), "ingress"))
            .withDefault("protocol", YamlScalar.text(port.at(), "tcp"))
        : node;
  }

  private static String identity(YamlNode node) {
    return node instanceof YamlMap port
        ? port.text("host_ip").map(ip -> (ip.contains(":") ? "[" + ip + "]" : ip) + ":").orElse("")
            + port.text("published").map(published -> published + ":").orElse("")
            + port.text("target").orElse("")
            + "/"
            + port.text("protocol").orElse("")
        : node.toString();
  }
}

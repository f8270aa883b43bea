package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Ways of writing that several keys share. */
final class Forms {
  private Forms() {}

  /** A mapping, or a text that is one of its values. */
  static ShortOrLong textAs(String key, Keys form) {
    return new ShortOrLong(
        (written, where) ->
            Scalars.text().canonical(written, where).stream()
                .map(text -> YamlMap.empty(written.at()).with(key, text))
                .toList(),
        form);
  }

  /** A mapping of names to {@code value}, or a list of the names alone. */
  static Shape namesOr(MapOf map, BiFunction<YamlScalar, Where, YamlNode> alone) {
    return new NamesOrMap(map, alone);
  }

  private record NamesOrMap(MapOf map, BiFunction<YamlScalar, Where, YamlNode> alone)
      implements Shape {
    @Override
    public String label() {
      return "list or " + map.label();
    }

    @Override
    public Optional<Keys> form() {
      return map.form();
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      if (!(node instanceof YamlList list)) {
        return map.canonical(node, where);
      }
      Map<String, YamlEntry> names = new LinkedHashMap<>();
      for (YamlNode item : list.items()) {
        if (item instanceof YamlScalar scalar && !scalar.isNothing()) {
          YamlNode value = alone.apply(scalar, where).with(item.directive());
          names.put(scalar.text(), new YamlEntry(item.at(), value));
        } else {
          where.wrong(item, "has " + item.portrait() + " where a name belongs", "");
        }
      }
      return map.canonical(new YamlMap(node.at(), node.directive(), names), where);
    }

    @Override
    public YamlNode merged(YamlNode earlier, YamlNode later) {
      return map.merged(earlier, later);
    }
  }

  /** A number, or a mapping of a soft and a hard one; a later one replaces an earlier whole. */
  record Limit(Keys keys) implements Shape {
    @Override
    public Optional<Keys> form() {
      return Optional.of(keys);
    }

    @Override
    public String label() {
      return "number or mapping";
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      return node instanceof YamlMap
          ? keys.canonical(node, where)
          : Scalars.whole(-1, Long.MAX_VALUE).canonical(node, where);
    }
  }

  /** {@code host:address} or {@code host=address} in a list, or a mapping; canonical: the list. */
  record Hosts() implements Shape {
    private static final String FORM = "write it as name=address";

    @Override
    public String label() {
      return "map or list of name=address";
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      Map<String, YamlNode> lines = new LinkedHashMap<>();
      switch (node) {
        case YamlMap map ->
            map.entries()
                .forEach(
                    (name, entry) -> {
                      List<YamlNode> addresses =
                          entry.value() instanceof YamlList list
                              ? list.items()
                              : List.of(entry.value());
                      addresses.forEach(address -> add(lines, name, address, where.at(name)));
                    });
        case YamlList list -> list.items().forEach(item -> line(lines, item, where));
        case YamlScalar scalar -> {
          where.wrong(node, "has to be a mapping or a list, and is " + node.portrait(), FORM);
          return Optional.empty();
        }
      }
      return Optional.of(YamlList.of(node.at(), List.copyOf(lines.values())));
    }

    private static void line(Map<String, YamlNode> lines, YamlNode item, Where where) {
      String text = item instanceof YamlScalar scalar ? scalar.text() : "";
      int at = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
      if (at < 1 || at == text.length() - 1) {
        where.wrong(item, "has to be a host, and is " + item.portrait(), FORM);
        return;
      }
      add(
          lines,
          text.substring(0, at).strip(),
          YamlScalar.text(item.at(), text.substring(at + 1).strip()),
          where);
    }

    private static void add(
        Map<String, YamlNode> lines, String name, YamlNode address, Where where) {
      if (!(address instanceof YamlScalar scalar) || scalar.isNothing()) {
        where.wrong(address, "has to be an address, and is " + address.portrait(), FORM);
        return;
      }
      String plain = scalar.text().replaceAll("^\\[(.*)]$", "$1");
      String line = name + "=" + plain;
      lines.put(line, YamlScalar.text(address.at(), line));
    }

    @Override
    public YamlNode merged(YamlNode earlier, YamlNode later) {
      return ListOf.of("hosts", Scalars.text()).unique().merged(earlier, later);
    }
  }

  /** {@code logging}: options are merged only where both mean the same driver. */
  record Logging(Keys keys) implements Shape {
    @Override
    public Optional<Keys> form() {
      return Optional.of(keys);
    }

    @Override
    public String label() {
      return keys.label();
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      return keys.canonical(node, where);
    }

    @Override
    public YamlNode merged(YamlNode earlier, YamlNode later) {
      Optional<String> first = ((YamlMap) earlier).text("driver");
      Optional<String> second = ((YamlMap) later).text("driver");
      boolean isOneDriver = first.isEmpty() || second.isEmpty() || first.equals(second);
      return isOneDriver ? keys.merged(earlier, later) : later;
    }
  }
}

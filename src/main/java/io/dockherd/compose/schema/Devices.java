package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.List;

/** Devices of a host: {@code host[:container[:rwm]]}, or a CDI name, {@code vendor/class=name}. */
final class Devices {
  private Devices() {}

  static List<YamlMap> expand(YamlScalar written, Where where) {
    String text = written.text();
    boolean isCdi = text.contains("=") && !text.startsWith("/");
    String[] parts = isCdi ? new String[] {text} : text.split(":", -1);
    boolean isRight =
        parts.length <= 3
            && !parts[0].isEmpty()
            && (parts.length < 3 || parts[2].matches("[rwm]{1,3}"));
    if (!isRight) {
      where.wrong(
          written,
          "has to be a device, and is " + written.portrait(),
          "write it as host[:container[:rwm]]");
      return List.of();
    }
    YamlMap device = put(YamlMap.empty(written.at()), "source", parts[0]);
    if (isCdi) {
      return List.of(device);
    }
    device = put(device, "target", parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0]);
    return List.of(put(device, "permissions", parts.length > 2 ? parts[2] : "rwm"));
  }

  private static YamlMap put(YamlMap device, String key, String text) {
    return device.with(key, YamlScalar.text(device.at(), text));
  }

  static String target(YamlNode node) {
    return node instanceof YamlMap device
        ? device.text("target").or(() -> device.text("source")).orElse("")
        : node.toString();
  }
}

package io.dockherd.doors.manifests.format;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A service of a container: {@code "nginx": 80}, or {@code "nginx":
 * {"port":80,"role":"web","protocol":"tcp"}}.
 *
 * @param role "" for none; {@code web} for what is shown to the world
 */
record ServiceField(String name, int port, String role, String protocol) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final List<String> KNOWN = List.of("port", "role", "protocol");
  private static final int HIGHEST = 65_535;

  /** All of a manifest, in its order. */
  static List<ServiceField> all(Fields manifest) {
    List<ServiceField> services = new ArrayList<>();
    Set<String> names = new HashSet<>();
    manifest.map("services", ServiceField::read).forEach((name, service) -> services.add(service));
    for (ServiceField service : services) {
      if (!names.add(service.name.toLowerCase(Locale.ROOT))) {
        throw manifest.wrong(
            "services",
            "has '" + service.name + "' twice: names of services are looked up in small letters",
            "call one of them otherwise");
      }
    }
    return services;
  }

  private static ServiceField read(Fields.Member member) {
    String name = member.name().substring(member.name().indexOf('.') + 1);
    requireName(member, name);
    return switch (member.value()) {
      case Integer port when isPort(port) -> new ServiceField(name, port, "", "tcp");
      case JsonObject object -> {
        Fields fields = member.fields(object, KNOWN);
        int port =
            fields
                .whole("port", 1, HIGHEST)
                .orElseThrow(() -> fields.wrong("port", "is missing", "say which port it is"));
        yield new ServiceField(
            name,
            port,
            fields.text("role").orElse(""),
            fields.choice("protocol", Protocols.BY_NAME).orElse("tcp"));
      }
      case null, default ->
          throw member.mistyped(
              "a port from 1 to " + HIGHEST + " or {\"port\":80,\"role\":\"web\"}");
    };
  }

  private static boolean isPort(int port) {
    return port >= 1 && port <= HIGHEST;
  }

  /** The name of a service, here or in a link. */
  static void requireName(Fields.Member member, String name) {
    if (!NAME.matcher(name).matches()) {
      throw member.wrong(
          "can't be the name of a service: '" + name + "'",
          "use 1 to 63 letters, digits, '_', '.' and '-', a letter or digit first");
    }
  }
}

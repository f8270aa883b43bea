package io.dockherd.compose.model;

import io.dockherd.compose.yaml.YamlMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a canonical tree as a {@link Project}. */
public final class ProjectReader {
  private final Set<String> asked;

  private ProjectReader(Set<String> asked) {
    this.asked = asked;
  }

  /** The project a canonical, checked tree says. */
  public static Project read(YamlMap tree) {
    return read(tree, new HashSet<>());
  }

  /** The same; {@code asked} is told every key that was asked for. */
  static Project read(YamlMap tree, Set<String> asked) {
    return new ProjectReader(asked).project(tree);
  }

  private Project project(YamlMap tree) {
    Fields file = new Fields(tree, "", asked);
    String name = file.need("name");
    Map<String, Service> services = new LinkedHashMap<>();
    file.at("services");
    Neighbours neighbours = Neighbours.of(tree.map("services"));
    tree.map("services")
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value() instanceof YamlMap service) {
                Fields fields = new Fields(service, "", asked);
                services.put(key, new ServiceReader(name, neighbours).read(key, fields));
              }
            });
    return new Project(
        name,
        services,
        file.each("networks", (key, fields, value) -> network(fields)),
        file.each("volumes", (key, fields, value) -> volume(fields)),
        file.each("configs", (key, fields, value) -> content(fields)),
        file.each("secrets", (key, fields, value) -> content(fields)),
        HerdWishesReader.read(file.at("x-dockherd")));
  }

  private static Network network(Fields fields) {
    Fields ipam = fields.at("ipam");
    return new Network(
        fields.need("name"),
        fields.text("driver"),
        fields.named("driver_opts"),
        fields.flag("attachable"),
        fields.flag("internal"),
        fields.maybeFlag("enable_ipv4"),
        fields.maybeFlag("enable_ipv6"),
        new Network.Ipam(
            ipam.text("driver"),
            ipam.items(
                "config",
                subnet ->
                    new Network.Subnet(
                        subnet.text("subnet"),
                        subnet.text("ip_range"),
                        subnet.text("gateway"),
                        subnet.named("aux_addresses"))),
            ipam.named("options")),
        fields.named("labels"),
        fields.flag("external"));
  }

  private static Volume volume(Fields fields) {
    return new Volume(
        fields.need("name"),
        fields.text("driver"),
        fields.named("driver_opts"),
        fields.named("labels"),
        fields.flag("external"));
  }

  private static Content content(Fields fields) {
    String name = fields.need("name");
    if (fields.flag("external")) {
      return new Content.External(name);
    }
    Optional<String> file = fields.text("file");
    Optional<String> variable = fields.text("environment");
    Optional<String> text = fields.text("content");
    return file.<Content>map(path -> new Content.OfFile(name, path))
        .or(() -> variable.map(found -> new Content.OfEnvironment(name, found)))
        .or(() -> text.map(found -> new Content.Inline(name, found)))
        .orElseThrow();
  }
}

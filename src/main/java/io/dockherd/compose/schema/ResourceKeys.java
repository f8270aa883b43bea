package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.Optional;

/** The keys of networks, volumes, configs and secrets, where they are declared. */
final class ResourceKeys {
  /** {@code external: true}, or its old form, {@code external: {name: x}}. */
  private static final Shape EXTERNAL = new External();

  private static final Keys IPAM =
      Keys.of("an ipam")
          .honours("driver", Scalars.text())
          .honours(
              "config",
              ListOf.of(
                  "subnets",
                  Keys.of("a subnet")
                      .honours("subnet", Scalars.text())
                      .honours("ip_range", Scalars.text())
                      .honours("gateway", Scalars.text())
                      .honours("aux_addresses", NamedTexts.plain())))
          .honours("options", NamedTexts.plain());

  static final Keys NETWORK =
      Keys.of("a network")
          .honours("name", Scalars.text())
          .honours("driver", Scalars.text())
          .honours("driver_opts", NamedTexts.plain())
          .honours("attachable", Scalars.flag())
          .honours("internal", Scalars.flag())
          .honours("enable_ipv4", Scalars.flag())
          .honours("enable_ipv6", Scalars.flag())
          .honours("ipam", IPAM)
          .honours("labels", NamedTexts.plain())
          .honours("external", EXTERNAL);

  static final Keys VOLUME =
      Keys.of("a volume")
          .honours("name", Scalars.text())
          .honours("driver", Scalars.text())
          .honours("driver_opts", NamedTexts.plain())
          .honours("labels", NamedTexts.plain())
          .honours("external", EXTERNAL);

  static final Keys SECRET =
      Keys.of("a secret")
          .honours("name", Scalars.text())
          .honours("file", Scalars.path())
          .honours("environment", Scalars.text())
          .honours("external", EXTERNAL)
          .warns("labels", NamedTexts.plain(), "engines keep no secrets, so nothing carries labels")
          .refuses("driver", "secrets come from files, the environment or the herd")
          .refuses("driver_opts", "secrets come from files, the environment or the herd")
          .refuses(
              "template_driver", "only Swarm mode has it; put the finished text into the file");

  static final Keys CONFIG =
      Keys.of("a config")
          .honours("name", Scalars.text())
          .honours("file", Scalars.path())
          .honours("environment", Scalars.text())
          .honours("content", Scalars.text())
          .honours("external", EXTERNAL)
          .warns("labels", NamedTexts.plain(), "engines keep no configs, so nothing carries labels")
          .refuses(
              "template_driver", "only Swarm mode has it; put the finished text into the file");

  private ResourceKeys() {}

  private record External() implements Shape {
    @Override
    public String label() {
      return "true or false";
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      if (!(node instanceof YamlMap map)) {
        return Scalars.flag().canonical(node, where);
      }
      Keys form = Keys.of("an external resource").honours("name", Scalars.text());
      return form.canonical(map, where)
          .map(
              read ->
                  read instanceof YamlMap known && known.text("name").isPresent()
                      ? known
                      : YamlScalar.flag(node.at(), true));
    }
  }
}

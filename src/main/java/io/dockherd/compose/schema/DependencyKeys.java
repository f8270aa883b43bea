package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.Optional;

/** What a service needs of others: {@code depends_on} and {@code extends}. */
final class DependencyKeys {
  static final Shape EXTENDS =
      Forms.textAs(
          "service",
          Keys.of("an extends")
              .honours("service", Scalars.text())
              .honours("file", Scalars.path())
              .requires("service"));

  /** A list of names, or a mapping of names to conditions; canonical: the mapping. */
  static final Shape DEPENDS_ON =
      Forms.namesOr(
          MapOf.services(
              "dependencies",
              new Dependency(
                  Keys.of("a dependency")
                      .honours(
                          "condition",
                          Scalars.choice(
                              "service_started",
                              "service_healthy",
                              "service_completed_successfully"))
                      .honours("restart", Scalars.flag())
                      .honours("required", Scalars.flag())
                      .requires("condition"))),
          (name, where) -> started(name));

  private DependencyKeys() {}

  private static YamlMap started(YamlNode name) {
    return YamlMap.empty(name.at())
        .with("condition", YamlScalar.text(name.at(), "service_started"));
  }

  private record Dependency(Keys keys) implements Shape {
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
      return keys.canonical(node, where)
          .map(read -> ((YamlMap) read).withDefault("required", YamlScalar.flag(read.at(), true)));
    }

    @Override
    public YamlNode merged(YamlNode earlier, YamlNode later) {
      return keys.merged(earlier, later);
    }
  }
}

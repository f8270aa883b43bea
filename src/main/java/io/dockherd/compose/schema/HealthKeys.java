package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.List;
import java.util.Optional;

/** How a container is asked whether it is well, and what runs in it at either end of its life. */
final class HealthKeys {
  static final Keys HEALTHCHECK =
      Keys.of("a health check")
          .honours("test", new Test())
          .honours("interval", Scalars.duration())
          .honours("timeout", Scalars.duration())
          .honours("retries", Scalars.whole(0, Integer.MAX_VALUE))
          .honours("start_period", Scalars.duration())
          .honours("start_interval", Scalars.duration())
          .honours("disable", Scalars.flag())
          .checks(
              (health, where) -> {
                boolean isDisabled = health.text("disable").orElse("").equals("true");
                List<YamlNode> test = health.list("test").items();
                boolean isTested =
                    !test.isEmpty() && !((YamlScalar) test.getFirst()).text().equals("NONE");
                if (isDisabled && isTested) {
                  where.wrong(health, "has a test and is disabled", "keep one of the two");
                }
              });

  /** {@code post_start} and {@code pre_stop}. */
  static final Shape HOOKS =
      ListOf.of(
          "hooks",
          Keys.of("a hook")
              .honours("command", new CommandLine())
              .honours("user", Scalars.anyText())
              .honours("privileged", Scalars.flag())
              .honours("working_dir", Scalars.text())
              .honours("environment", NamedTexts.orFromEnvironment())
              .requires("command"));

  private HealthKeys() {}

  /** A shell's line, or a list that begins with NONE, CMD or CMD-SHELL. */
  private record Test() implements Shape {
    @Override
    public String label() {
      return "text or list of texts";
    }

    @Override
    public Optional<YamlNode> canonical(YamlNode node, Where where) {
      if (node instanceof YamlScalar scalar) {
        return Optional.of(
            YamlList.of(
                node.at(),
                List.of(YamlScalar.text(node.at(), "CMD-SHELL"), Scalars.asText(scalar, where))));
      }
      Optional<YamlNode> words = new CommandLine().canonical(node, where);
      words
          .map(YamlList.class::cast)
          .filter(list -> !list.items().isEmpty())
          .map(list -> ((YamlScalar) list.items().getFirst()).text())
          .filter(first -> !List.of("NONE", "CMD", "CMD-SHELL").contains(first))
          .ifPresent(
              first ->
                  where.wrong(
                      node, "begins with '" + first + "'", "begin it with CMD, CMD-SHELL or NONE"));
      return words;
    }
  }
}

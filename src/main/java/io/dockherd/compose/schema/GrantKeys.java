package io.dockherd.compose.schema;

import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;

/** Configs and secrets given to a service, and files it takes its environment from. */
final class GrantKeys {
  static final Shape CONFIGS = grants("configs", "a config of a service", "/");
  static final Shape SECRETS = grants("secrets", "a secret of a service", "/run/secrets/");

  static final Shape ENV_FILES =
      ListOf.expanding(
              "files",
              EnvFile.FILE,
              (item, where) ->
                  EnvFile.FILE.read(item, where).stream()
                      .map(
                          node ->
                              node instanceof YamlMap file
                                  ? file.withDefault("required", YamlScalar.flag(node.at(), true))
                                  : node)
                      .toList())
          .orOne()
          .unique(node -> node instanceof YamlMap file ? file.text("path").orElse("") : "");

  private GrantKeys() {}

  private static final class EnvFile {
    static final ShortOrLong FILE =
        Forms.textAs(
            "path",
            Keys.of("an env_file")
                .honours("path", Scalars.path())
                .honours("required", Scalars.flag())
                .honours("format", Scalars.choice("raw"))
                .requires("path"));
  }

  private static Shape grants(String label, String one, String folder) {
    Keys form =
        Keys.of(one)
            .honours("source", Scalars.text())
            .honours("target", Scalars.text())
            .honours("uid", Scalars.anyText())
            .honours("gid", Scalars.anyText())
            .honours("mode", Scalars.fileMode())
            .requires("source");
    return ListOf.of(label, Forms.textAs("source", form))
        .unique(node -> target(node, folder))
        .onceInAFile();
  }

  /** Where it is put: a secret's name alone means one in the folder of secrets. */
  private static String target(YamlNode node, String folder) {
    if (!(node instanceof YamlMap grant)) {
      return node.toString();
    }
    String target = grant.text("target").or(() -> grant.text("source")).orElse("");
    return target.startsWith("/") ? target : folder + target;
  }
}

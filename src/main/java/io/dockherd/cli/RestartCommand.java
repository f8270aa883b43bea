package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd restart web}: all instances anew. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = {
      "Replaces all instances of an app by new ones of the same configuration,",
      "by its update policy."
    })
final class RestartCommand implements Runnable {
  @Parameters(
      arity = "1..*",
      paramLabel = "APP",
      description = "a service of the project here, or an app: /shop/web")
  private List<String> apps;

  @Mixin private ChangeFlags flags;
  @Mixin private ComposeFiles files;
  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (AppsClient client = door.client()) {
      for (String app : apps) {
        String path = AppName.path(app, files, spec.commandLine().getErr());
        String suffix = "/restart" + flags.query();
        JsonObject answer = client.post(AppsClient.app(path, suffix), new JsonObject());
        if (flags.isDryRun()) {
          ChangeFlags.print(path, answer, spec.commandLine().getOut());
        } else {
          spec.commandLine().getOut().println(path + ": rollout " + answer.getString("rollout"));
        }
      }
    }
    spec.commandLine().getOut().flush();
  }
}

package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd rollback web}: an earlier configuration again. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description =
        "Goes back to an earlier revision of an app, with as many instances as there are.")
final class RollbackCommand implements Runnable {
  @Parameters(
      paramLabel = "APP",
      description = "a service of the project here, or an app: /shop/web")
  private String app;

  @Option(
      names = "--to",
      paramLabel = "REVISION",
      description = "which one, 7-ab12cd34; default: the one before")
  private String to;

  @Mixin private ChangeFlags flags;
  @Mixin private ComposeFiles files;
  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String path = AppName.path(app, files, spec.commandLine().getErr());
    JsonObject body = new JsonObject();
    if (to != null) {
      body.put("to", to);
    }
    try (AppsClient client = door.client()) {
      String suffix = "/rollback" + flags.query();
      JsonObject answer = client.post(AppsClient.app(path, suffix), body);
      if (flags.isDryRun()) {
        ChangeFlags.print(path, answer, spec.commandLine().getOut());
        return;
      }
      JsonObject version = answer.getJsonObject("apps").getJsonObject(path, new JsonObject());
      spec.commandLine().getOut().println(path + ": is to be " + version.getString("revision", to));
      spec.commandLine().getOut().flush();
    }
  }
}

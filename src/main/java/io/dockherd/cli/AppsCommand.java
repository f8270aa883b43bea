package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd apps}: the apps of the herd. */
@Command(
    name = "apps",
    mixinStandardHelpOptions = true,
    description =
        "Lists the apps of the herd, or of a group: what each is to be and how it stands.")
final class AppsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "GROUP",
      description = "only those in it, /shop; default: all")
  private String group = "/";

  @Option(names = "--json", description = "as the door tells it")
  private boolean json;

  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (AppsClient client = door.client()) {
      JsonObject answer =
          AppName.found(client.get("/v1/apps?group=" + AppsClient.encoded(group)), group);
      if (json) {
        out.println(answer.encodePrettily());
        out.flush();
      } else {
        AppTables.apps(answer).print(out);
      }
    }
  }
}

package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd ps}: the instances of apps. */
@Command(
    name = "ps",
    mixinStandardHelpOptions = true,
    description = "Lists the instances of a project's apps, or of all: where each runs, and how.")
final class PsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "a project, a group or an app; default: all")
  private String project = "/";

  @Option(names = "--json", description = "as the door tells it")
  private boolean json;

  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (AppsClient client = door.client()) {
      JsonObject answer =
          AppName.found(client.get("/v1/apps?group=" + AppsClient.encoded(project)), project);
      if (json) {
        out.println(answer.encodePrettily());
        out.flush();
      } else {
        AppTables.instances(answer).print(out);
      }
    }
  }
}

package io.dockherd.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd events}: what happens to apps from now on. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Tells what happens to apps from now on, until it is interrupted.")
final class EventsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "GROUP",
      description = "only of apps in it, /shop; default: all")
  private String group = "/";

  @Option(names = "--json", description = "as the door tells it, an object a line")
  private boolean json;

  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String path =
        "/v1/events?group=" + AppsClient.encoded(group.startsWith("/") ? group : "/" + group);
    try (AppsClient client = door.client()) {
      new JsonLines(client.stream(path))
          .print(
              spec.commandLine().getOut(),
              event ->
                  json ? event.encode() : Moments.local(event) + "  " + event.getString("words"));
    }
  }
}

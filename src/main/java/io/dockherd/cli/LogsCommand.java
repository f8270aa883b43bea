package io.dockherd.cli;

import io.dockherd.apps.model.AppPath;
import io.dockherd.failure.NotFound;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd logs}: what apps write. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what the instances of an app, or of all apps of a project, write,",
      "whichever nodes they are on."
    })
final class LogsCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT|APP",
      description = "a project, an app: shop/web, or a service; default: the project here")
  private String name;

  @Option(
      names = {"-p", "--project-name"},
      paramLabel = "NAME",
      description = "the project a service is of; default: the project here")
  private String projectName;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what is written from now on")
  private boolean follow;

  @Option(
      names = {"-n", "--tail"},
      paramLabel = "N",
      defaultValue = "all",
      description = "only so many of the last lines of each container; default ${DEFAULT-VALUE}")
  private String tail;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "",
      description = "only what was written from then on: 10m, 2026-11-28T09:00:00Z")
  private String since;

  @Option(
      names = {"-t", "--timestamps"},
      description = "with the time of each line")
  private boolean timestamps;

  @Option(names = "--no-prefix", description = "without saying who wrote it")
  private boolean bare;

  @Option(names = "--json", description = "as the door tells it, an object a line")
  private boolean json;

  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (AppsClient client = door.client()) {
      new JsonLines(open(client)).print(spec.commandLine().getOut(), this::written);
    }
  }

  /** The app of that path, else the group, else the service of that name. */
  private InputStream open(AppsClient client) {
    ComposeFiles files = ComposeFiles.ofProject(Optional.ofNullable(projectName));
    PrintWriter err = spec.commandLine().getErr();
    String path = AppName.group(name, files, err);
    String suffix =
        "/logs?follow=%s&tail=%s&since=%s"
            .formatted(follow, AppsClient.encoded(tail), AppsClient.encoded(since));
    try {
      return client.stream(AppsClient.app(path, suffix));
    } catch (NotFound noApp) {
      try {
        return client.stream(AppsClient.group(path, suffix));
      } catch (NotFound noGroup) {
        String service = AppName.service(name, files, err).orElseThrow(() -> noGroup);
        return client.stream(AppsClient.app(service, suffix));
      }
    }
  }

  private String written(JsonObject line) {
    if (json) {
      return line.encode();
    }
    StringBuilder text = new StringBuilder();
    if (!bare) {
      text.append(who(line)).append(" | ");
    }
    if (timestamps) {
      text.append(line.getString("time")).append(' ');
    }
    return text.append(line.getString("line")).toString();
  }

  /** {@code web-3}; of a pod of several {@code web-3/redis}. */
  private static String who(JsonObject line) {
    String app = new AppPath(line.getString("path")).name();
    String container = line.getString("container");
    String slot = line.getString("instance").replaceFirst("-.*", "");
    return app + "-" + slot + (container.equals(app) ? "" : "/" + container);
  }
}

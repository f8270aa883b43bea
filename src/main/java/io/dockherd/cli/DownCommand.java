package io.dockherd.cli;

import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd down}: a project's apps are removed. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = {
      "Removes a project's apps: instances get their farewell, then networks go.",
      "Volumes stay, unless --volumes."
    })
final class DownCommand implements Runnable {
  private static final long PAUSE_MILLIS = 500;

  @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "default: the project here")
  private String project;

  @Option(
      names = {"-v", "--volumes"},
      description = "the project's volumes too, with all that is in them")
  private boolean volumes;

  @Option(names = "--detach", description = "do not wait until all is gone; networks stay then")
  private boolean detach;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "how long to wait; default ${DEFAULT-VALUE}")
  private long timeoutSeconds;

  @Mixin private ChangeFlags flags;
  @Mixin private ComposeFiles files;
  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    String group = AppName.group(project, files, spec.commandLine().getErr());
    try (AppsClient client = door.client()) {
      if (flags.isDryRun()) {
        ChangeFlags.print(group, client.delete(AppsClient.group(group, flags.query())), out());
        return;
      }
      boolean isThere = delete(client, group);
      if (!detach) {
        awaitGone(client, group);
        clear(client, group, isThere);
      }
    }
  }

  /** A project that is half down is to be taken down all the same. */
  private boolean delete(AppsClient client, String group) {
    PrintWriter out = out();
    try {
      JsonObject before = client.get("/v1/apps?group=" + AppsClient.encoded(group));
      client.delete(AppsClient.group(group, flags.query()));
      AppTables.objects(before, "apps")
          .forEach(app -> out.println(app.getString("path") + ": removed"));
      out.flush();
      return true;
    } catch (NotFound e) {
      return false;
    }
  }

  private void awaitGone(AppsClient client, String group) {
    long until = System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
    while (true) {
      JsonArray left = client.get(AppsClient.group(group, "/remains")).getJsonArray("containers");
      if (left.isEmpty()) {
        return;
      }
      if (System.nanoTime() > until) {
        throw new TimedOut(group, left.size() + " containers of " + group + " are still there", "");
      }
      pause();
    }
  }

  private void clear(AppsClient client, String group, boolean wasThere) {
    String suffix = "/remains" + (volumes ? "?volumes=true" : "");
    JsonObject answer = client.delete(AppsClient.group(group, suffix));
    for (JsonObject thing : AppTables.objects(answer, "removed")) {
      out().println(line(thing) + ": removed");
    }
    out().flush();
    List<JsonObject> kept = AppTables.objects(answer, "kept");
    for (JsonObject thing : kept) {
      spec.commandLine().getErr().println(line(thing) + " stays: " + thing.getString("reason"));
    }
    checkAllAsked(group, answer.getJsonArray("unasked"));
    if (!kept.isEmpty()) {
      throw new Refused(
          group,
          kept.size() + " things of " + group + " stay, see above",
          "mend what keeps them, and say down again");
    }
    if (!wasThere && answer.getJsonArray("removed").isEmpty()) {
      throw new NotFound(group, "there is no app in " + group, "");
    }
  }

  /** Of a node that did not answer nobody knows what is left there. */
  private static void checkAllAsked(String group, JsonArray unasked) {
    if (!unasked.isEmpty()) {
      String nodes =
          unasked.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      throw new Unreachable(
          group,
          "what is left of " + group + " on " + nodes + " is not known: no answer came from there",
          "say down again when it answers");
    }
  }

  private static String line(JsonObject thing) {
    return "%s %s on %s"
        .formatted(thing.getString("kind"), thing.getString("name"), thing.getString("node"));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut("down", "interrupted", "", e);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

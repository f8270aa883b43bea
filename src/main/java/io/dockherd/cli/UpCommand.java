package io.dockherd.cli;

import io.dockherd.apps.Wanted;
import io.dockherd.apps.compose.ComposeApps;
import io.dockherd.apps.compose.Translation;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.model.Mount;
import io.dockherd.compose.model.Project;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd up}: what Compose files say is to run on the herd. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a Compose project on the herd: shows what will be done, has it done, and tells how it",
      "goes until it is. Services that are no longer in the files are removed."
    })
final class UpCommand implements Runnable {
  @Parameters(
      arity = "0..*",
      paramLabel = "SERVICE",
      description = "only these services and what they need; others are left alone")
  private List<String> services = new ArrayList<>();

  @Option(names = "--pod", description = "all of the file's services on one node, as one pod")
  private boolean pod;

  @Option(names = "--dry-run", description = "only show what would be done")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask before it is done")
  private boolean yes;

  @Option(
      names = {"-d", "--detach"},
      description = "do not wait until it is done; --wait is the default")
  private boolean detach;

  @Option(names = "--wait", description = "wait until it is done, which is the default")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "1800",
      description = "how long to wait; default ${DEFAULT-VALUE}")
  private long timeoutSeconds;

  @Option(
      names = "--failures",
      paramLabel = "COUNT",
      defaultValue = "5",
      description =
          "after how many failed instances, more than are well, not to wait any longer for an app;"
              + " 0: never; default ${DEFAULT-VALUE}")
  private int mostFailures;

  @Option(names = "--build", description = "build the images of services with build: first")
  private boolean build;

  @Option(
      names = "--docker",
      paramLabel = "URL",
      converter = DoorAddress.class,
      defaultValue = "${env:DOCKHERD_DOCKER:-http://127.0.0.1:2375/}",
      description = "the Docker door that builds; default ${DEFAULT-VALUE}")
  private URI docker;

  @Option(names = "--force", description = "in the place of rollouts that are under way")
  private boolean force;

  @Option(names = "--json", description = "the apps as they are asked for, and nothing is done")
  private boolean json;

  @Mixin private ComposeFiles files;
  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter err = spec.commandLine().getErr();
    Composition composition = files.load(services, err);
    Project project = composition.project();
    CallersContents contents = new CallersContents(composition.environment());
    Translation translation =
        pod ? ComposeApps.asPod(project, contents) : ComposeApps.asServices(project, contents);
    translation.warnings().forEach(warning -> err.println("dockherd: warning: " + warning));
    tellOfPaths(project, err);
    if (json) {
      out().println(body(translation).encodePrettily());
      out().flush();
      return;
    }
    try (AppsClient client = door.client()) {
      ImagesToBuild images = new ImagesToBuild(client, docker, out());
      Translation whole = translation.ofImages(images.have(translation.builds(), build, dryRun));
      apply(client, whole, body(whole).put("keep", new JsonArray(kept(composition))));
    }
  }

  private static JsonObject body(Translation translation) {
    JsonArray apps = new JsonArray();
    translation.apps().stream().map(Wanted::json).forEach(apps::add);
    return new JsonObject().put("apps", apps);
  }

  /** A path beside the file is one of this machine, where the nodes need not be. */
  private static void tellOfPaths(Project project, PrintWriter err) {
    Path here = Path.of("").toAbsolutePath();
    project.services().values().stream()
        .flatMap(service -> service.storage().mounts().stream())
        .filter(Mount.OfPath.class::isInstance)
        .map(mount -> ((Mount.OfPath) mount).source())
        .filter(source -> Path.of(source).startsWith(here))
        .distinct()
        .forEach(
            source ->
                err.println(
                    "dockherd: warning: " + source + " is mounted of whichever host it runs on"));
  }

  /** What a profile was active for runs on; but in one pod there is no room for it beside that. */
  private List<String> kept(Composition composition) {
    return pod ? List.of() : ComposeApps.idle(composition);
  }

  private void apply(AppsClient client, Translation translation, JsonObject body) {
    // Of some services alone it is not known what else there is to be.
    String query = "?remove=" + services.isEmpty() + (force ? "&force=true" : "");
    String place = AppsClient.group(translation.group(), query);
    JsonObject plan = client.put(place + "&dryRun=true", body);
    int steps = ChangeFlags.steps(plan, out());
    if (dryRun) {
      out().println(steps == 0 ? "nothing to do" : steps + " steps to do");
      out().flush();
      return;
    }
    if (steps > 0) {
      ask();
    }
    RolloutWatch watch = new RolloutWatch(client, translation.group(), mostFailures, out());
    try (watch) {
      if (!detach) {
        watch.begin();
      }
      JsonObject change = client.put(place, body);
      if (change.getBoolean("nothing")) {
        out().println("all is so already");
      }
      if (!detach) {
        watch.await(change, Duration.ofSeconds(timeoutSeconds));
        JsonObject now = client.get("/v1/apps?group=" + AppsClient.encoded(translation.group()));
        AppTables.apps(now).print(out());
      }
    }
  }

  private void ask() {
    if (yes) {
      return;
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new Refused("up", "nobody is here to ask", "say --yes to have it done unasked");
    }
    String answer = console.readLine("Do it? [y/N] ");
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw new Refused("up", "nothing was done", "");
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd scale web=3}: other numbers of instances. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = "Changes how many instances of an app there are, and touches no other.")
final class ScaleCommand implements Runnable {
  @Parameters(
      arity = "1..*",
      paramLabel = "APP=N",
      description = "a service of the project here, or an app: /shop/web=3")
  private List<String> changes;

  @Mixin private ChangeFlags flags;
  @Mixin private ComposeFiles files;
  @Mixin private AppsOption door;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    PrintWriter err = spec.commandLine().getErr();
    for (String change : changes) {
      int equals = change.lastIndexOf('=');
      if (equals < 1 || !change.substring(equals + 1).matches("[0-9]{1,6}")) {
        throw new ParameterException(spec.commandLine(), "'" + change + "' is no APP=N");
      }
      String path = AppName.path(change.substring(0, equals), files, err);
      counts.put(path, Integer.parseInt(change.substring(equals + 1)));
    }
    try (AppsClient client = door.client()) {
      counts.forEach(
          (path, count) -> {
            JsonObject body = new JsonObject().put("instances", count);
            String suffix = "/scale" + flags.query();
            JsonObject answer = client.post(AppsClient.app(path, suffix), body);
            if (flags.isDryRun()) {
              ChangeFlags.print(path, answer, spec.commandLine().getOut());
            } else {
              spec.commandLine().getOut().println(path + ": " + told(answer, count));
            }
          });
    }
    spec.commandLine().getOut().flush();
  }

  private static String told(JsonObject answer, int count) {
    return answer.getBoolean("nothing") ? "has " + count + " already" : "is to have " + count;
  }
}

package io.dockherd.cli;

import io.dockherd.cli.training.StartUpCaches;
import io.dockherd.cli.training.TrainingHerd;
import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import io.dockherd.telemetry.LogOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code dockherd train}: makes the start-up caches of the JVM, one for each role; for the build.
 */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    hidden = true,
    description = "Makes the start-up caches.")
final class TrainCommand implements Runnable {
  @Parameters(arity = "0..1", paramLabel = "ROLE", description = "only go through its start")
  private Optional<Role> role = Optional.empty();

  @Override
  public void run() {
    if (role.isPresent()) {
      goThrough(role.get());
      return;
    }
    StartUpCaches caches = new StartUpCaches(Distribution.own());
    for (Role each : Role.values()) {
      caches.make(each, List.of("train", each.name()));
    }
  }

  private static void goThrough(Role role) {
    switch (role) {
      case CLI -> goThroughCommands();
      case NODE -> goThroughNode();
    }
  }

  private static void goThroughCommands() {
    List<List<String>> commands =
        List.of(List.of("--help"), List.of("node", "--help"), List.of("key", "new", "-"));
    for (List<String> arguments : commands) {
      CommandLine tree = CommandTree.build();
      tree.setOut(new PrintWriter(new StringWriter()));
      tree.execute(arguments.toArray(String[]::new));
    }
  }

  private static void goThroughNode() {
    LogOutput.start(Level.INFO);
    NodeStart.read(List.of("node", "--name=train")).orElseThrow().settings(Map.of());
    try {
      TrainingHerd.goThrough();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

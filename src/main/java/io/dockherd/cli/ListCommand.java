package io.dockherd.cli;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.discovery.Roster;
import io.dockherd.node.manage.ListSettings;
import io.dockherd.telemetry.LogOutput;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd list}: the engines a manager would find. */
@Command(
    name = "list",
    aliases = "l",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the engines that 'dockherd manage' would find, host:port, one a line.")
final class ListCommand implements Runnable {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  @Parameters(
      arity = "0..1",
      paramLabel = "DISCOVERY",
      description =
          "where engines are listed: nodes://10.0.0.[1:9]:2375, file:///etc/engines,"
              + " etcd://host:2379/prefix, consul://host:8500/prefix or zk://host:2181/prefix;"
              + " default $SWARM_DISCOVERY")
  private String discovery = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "how long to try; default ${DEFAULT-VALUE}")
  private String timeout;

  @Option(
      names = "--discovery-opt",
      paramLabel = "KEY=VALUE",
      description = "what a store is to know: kv.path, kv.cacertfile, kv.certfile, kv.keyfile")
  private List<String> discoveryOptions = List.of();

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    LogOutput.start(Level.WARNING);
    String named =
        discovery.isEmpty() ? System.getenv().getOrDefault("SWARM_DISCOVERY", "") : discovery;
    ListSettings settings = ListSettings.of(named, timeout, discoveryOptions);
    for (HostPort engine : read(settings, named)) {
      spec.commandLine().getOut().println(engine);
    }
  }

  /** The list, as soon as whoever keeps it answers. */
  private static List<HostPort> read(ListSettings settings, String named) {
    CompletableFuture<List<HostPort>> list = new CompletableFuture<>();
    try (Roster roster = settings.roster()) {
      Thread reader = Thread.ofVirtual().name("list").start(() -> read(roster, list));
      try {
        return list.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        reader.interrupt();
      }
    } catch (TimeoutException e) {
      throw new TimedOut(named, "Timed out", "does the store at " + named + " answer?");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(named, "Timed out", "");
    }
  }

  /** A store that can't be reached may be so in a moment; what else goes wrong stays so. */
  private static void read(Roster roster, CompletableFuture<List<HostPort>> list) {
    try {
      while (!list.isDone()) {
        try {
          list.complete(roster.read());
        } catch (Unreachable | TimedOut e) {
          roster.awaitChange(AGAIN);
        }
      }
    } catch (Failure e) {
      list.completeExceptionally(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

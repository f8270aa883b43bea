package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.dockherd.node.manage.JoinSettings;
import io.dockherd.telemetry.Log;
import io.dockherd.telemetry.LogOutput;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dockherd join}: classic Swarm's agent, which registers an engine's address. */
@Command(
    name = "join",
    aliases = "j",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Registers the address of an engine in a store, where 'dockherd manage' finds it, until told to",
      "stop. It needs no engine itself. A node needs none of this: it registers its own address."
    })
final class JoinCommand implements Runnable {
  private static final Log LOG = Log.of(JoinCommand.class);
  private static final Duration LEAVING_LIMIT = Duration.ofSeconds(3);

  @Parameters(
      arity = "0..1",
      paramLabel = "DISCOVERY",
      description =
          "the store: etcd://host:2379,host/prefix, consul://host:8500/prefix or"
              + " zk://host:2181,host/prefix; default $SWARM_DISCOVERY")
  private String discovery = "";

  @Option(
      names = {"--advertise", "--addr"},
      paramLabel = "HOST:PORT",
      description = "the engine's address; default $SWARM_ADVERTISE")
  private String advertise = "";

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "how often it is registered; default ${DEFAULT-VALUE}")
  private String heartbeat;

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "180s",
      description = "how long the store keeps it after the last time; default ${DEFAULT-VALUE}")
  private String ttl;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "wait a random part of that once, before all; default ${DEFAULT-VALUE}")
  private String delay;

  @Option(
      names = "--discovery-opt",
      paramLabel = "KEY=VALUE",
      description = "what a store is to know: kv.path, kv.cacertfile, kv.certfile, kv.keyfile")
  private List<String> discoveryOptions = List.of();

  @Override
  public void run() {
    LogOutput.start(Level.INFO);
    JoinSettings settings = settings(System.getenv());
    LOG.info(
        "registering an engine",
        "address",
        settings.address(),
        "store",
        said(discovery, System.getenv(), "SWARM_DISCOVERY"),
        "every",
        settings.heartbeat());
    Thread keeper = Thread.ofVirtual().name("registration").start(() -> keep(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(keeper), "leaving"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      end(keeper);
    }
  }

  /**
   * What was said, checked.
   *
   * @throws Invalid for the first thing that is wrong
   */
  JoinSettings settings(Map<String, String> environment) {
    return JoinSettings.of(
        new JoinSettings.Said(
            said(discovery, environment, "SWARM_DISCOVERY"),
            said(advertise, environment, "SWARM_ADVERTISE"),
            heartbeat,
            ttl,
            delay,
            discoveryOptions));
  }

  private static String said(String flag, Map<String, String> environment, String variable) {
    return flag.isEmpty() ? environment.getOrDefault(variable, "") : flag;
  }

  private static void keep(JoinSettings settings) {
    try {
      long most = settings.delay().toNanos();
      TimeUnit.NANOSECONDS.sleep(most == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
    } catch (InterruptedException e) {
      return;
    }
    settings.registration().keep(settings.heartbeat());
  }

  private static void end(Thread keeper) {
    keeper.interrupt();
    try {
      keeper.join(LEAVING_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

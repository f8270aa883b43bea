package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.dockherd.node.manage.ManageDefaults;
import io.dockherd.node.manage.ManageOptions;
import io.dockherd.node.manage.ManageSettings;
import io.dockherd.node.manage.Manager;
import io.dockherd.telemetry.LogOutput;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code dockherd manage}: classic Swarm's manager, in front of engines reached over TCP. Options,
 * defaults and messages are those of {@code swarm manage}.
 */
@Command(
    name = "manage",
    aliases = "m",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Serves the Docker API of many engines that are reached over TCP, with no node beside them:",
      "classic Swarm's 'swarm manage'. Where you can, run 'dockherd node' beside each engine instead."
    },
    footer = {
      "",
      "Long options may have one dash, as Swarm's had. --cors, --advertise, --engine-failure-retry",
      "and what else changes nothing here is understood, and the log says so."
    })
final class ManageCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "DISCOVERY",
      description =
          "where engines are listed: nodes://10.0.0.[1:9]:2375,b:2375, file:///etc/engines, or a store"
              + " as etcd://host:2379/prefix; default $SWARM_DISCOVERY")
  private String discovery = "";

  @Option(names = "--discovery", hidden = true, description = "as it was before Swarm 0.2")
  private String discoveryFlag = "";

  @Option(
      names = {"-H", "--host"},
      paramLabel = "ADDRESS",
      description =
          "where to listen: tcp://host:port, :port or unix:///path; may be repeated; default"
              + " $SWARM_HOST, else "
              + ManageDefaults.HOST)
  private List<String> hosts = List.of();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      defaultValue = ManageDefaults.STRATEGY,
      description = "spread, binpack or random; default ${DEFAULT-VALUE}")
  private String strategy;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "NAME",
      description =
          "what keeps containers off engines: health, port, containerslots, dependency, affinity,"
              + " constraint, whitelist; may be repeated; default all")
  private List<String> filters = List.of();

  @Option(
      names = "--tls",
      arity = "0..1",
      fallbackValue = "true",
      description = "speak TLS, to engines and clients; no client needs a certificate")
  private boolean tls;

  @Option(
      names = "--tlsverify",
      arity = "0..1",
      fallbackValue = "true",
      description = "the same, and clients need a certificate of --tlscacert")
  private boolean tlsVerify;

  @Option(names = "--tlscacert", paramLabel = "FILE", description = "whose certificates count")
  private Path authority;

  @Option(names = "--tlscert", paramLabel = "FILE", description = "our own certificate")
  private Path certificate;

  @Option(names = "--tlskey", paramLabel = "FILE", description = "its key")
  private Path key;

  @Option(
      names = "--insecure",
      description =
          "clients without a certificate are let in beyond loopback, and with bare --tls engines'"
              + " certificates are not checked: for closed networks only")
  private boolean insecure;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      defaultValue = ManageDefaults.HEARTBEAT,
      description = "how often a listed file or store is read anew; default ${DEFAULT-VALUE}")
  private String heartbeat;

  @Option(
      names = "--engine-refresh-min-interval",
      paramLabel = "TIME",
      defaultValue = ManageDefaults.REFRESH_MIN,
      description =
          "how often engines are listed anew, beside what their events say; default"
              + " ${DEFAULT-VALUE}")
  private String refreshMin;

  @Option(
      names = "--engine-refresh-max-interval",
      paramLabel = "TIME",
      hidden = true,
      defaultValue = ManageDefaults.REFRESH_MAX)
  private String refreshMax;

  @Option(names = "--engine-failure-retry", hidden = true, defaultValue = "3")
  private int failureRetry;

  @Option(names = "--engine-refresh-retry", hidden = true, defaultValue = "3")
  private int refreshRetry;

  @Option(
      names = "--cluster-opt",
      paramLabel = "KEY=VALUE",
      description = "swarm.overcommit=0.05: how much more may be reserved than an engine has")
  private List<String> clusterOptions = List.of();

  @Option(
      names = "--discovery-opt",
      paramLabel = "KEY=VALUE",
      description = "what a store is to know: kv.path, kv.cacertfile, kv.certfile, kv.keyfile")
  private List<String> discoveryOptions = List.of();

  @Option(
      names = {"-c", "--cluster-driver"},
      hidden = true,
      defaultValue = ManageDefaults.CLUSTER_DRIVER)
  private String clusterDriver;

  @Option(
      names = {"--cors", "--api-enable-cors"},
      arity = "0..1",
      fallbackValue = "true",
      hidden = true)
  private boolean cors;

  @Option(names = "--replication", arity = "0..1", fallbackValue = "true", hidden = true)
  private boolean replication;

  @Option(names = "--replication-ttl", hidden = true, defaultValue = ManageDefaults.REPLICATION_TTL)
  private String replicationTtl;

  @Option(
      names = {"--advertise", "--addr"},
      hidden = true,
      defaultValue = "")
  private String advertise;

  @Option(names = "--refresh-on-node-filter", arity = "0..1", fallbackValue = "true", hidden = true)
  private boolean refreshOnNodeFilter;

  @Option(names = "--container-name-refresh-filter", hidden = true, defaultValue = "")
  private String nameRefreshFilter;

  @Option(
      names = "--docker-names",
      paramLabel = "FORM",
      defaultValue = "plain",
      description =
          "plain lists /web and /node-1/web, swarm /node-1/web only; default ${DEFAULT-VALUE}")
  private String dockerNames;

  @Option(
      names = {"-l", "--log-level"},
      paramLabel = "LEVEL",
      defaultValue = "info",
      description = "debug, info, warning or error; default ${DEFAULT-VALUE}")
  private String logLevel;

  @Option(names = "--debug", hidden = true, description = "the same as --log-level debug")
  private boolean debug;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    LogOutput.start(level());
    Manager manager = Manager.start(settings(System.getenv()));
    Runtime.getRuntime().addShutdownHook(new Thread(manager::close, "leaving"));
    try {
      // The manager works on threads of its own; this one keeps the process from ending.
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      manager.close();
    }
  }

  /**
   * What was said, checked.
   *
   * @throws Invalid for the first thing that is wrong
   */
  ManageSettings settings(Map<String, String> environment) {
    return ManageSettings.of(options(environment));
  }

  private ManageOptions options(Map<String, String> environment) {
    String named = discovery.isEmpty() ? discoveryFlag : discovery;
    return new ManageOptions(
        named.isEmpty() ? environment.getOrDefault("SWARM_DISCOVERY", "") : named,
        hosts.isEmpty() ? List.of(usualHosts(environment).split(",")) : hosts,
        strategy,
        filters,
        new ManageOptions.Tls(
            tls,
            tlsVerify,
            Optional.ofNullable(authority),
            Optional.ofNullable(certificate),
            Optional.ofNullable(key)),
        new ManageOptions.Refresh(refreshMin, refreshMax, refreshRetry, failureRetry),
        heartbeat,
        clusterDriver,
        clusterOptions,
        discoveryOptions,
        new ManageOptions.Replication(replication, replicationTtl, advertised(environment)),
        new ManageOptions.Without(cors, refreshOnNodeFilter, nameRefreshFilter),
        dockerNames,
        insecure);
  }

  private static String usualHosts(Map<String, String> environment) {
    String said = environment.getOrDefault("SWARM_HOST", "");
    return said.isEmpty() ? ManageDefaults.HOST : said;
  }

  private String advertised(Map<String, String> environment) {
    return advertise.isEmpty() ? environment.getOrDefault("SWARM_ADVERTISE", "") : advertise;
  }

  private Level level() {
    if (debug) {
      return Level.DEBUG;
    }
    return switch (logLevel.toLowerCase(Locale.ROOT)) {
      case "debug" -> Level.DEBUG;
      case "info" -> Level.INFO;
      case "warn", "warning" -> Level.WARNING;
      case "error", "fatal", "panic" -> Level.ERROR;
      default ->
          throw new ParameterException(spec.commandLine(), "'" + logLevel + "' is no log level");
    };
  }
}

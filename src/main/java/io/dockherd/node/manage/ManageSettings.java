package io.dockherd.node.manage;

import io.dockherd.doors.Listener;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.Roster;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a manager was told, checked.
 *
 * @param roster where engines are listed
 * @param heartbeat how often that is read
 * @param sweep how often each engine's lists are compared with what is known
 * @param notes what was said and changes nothing, each a sentence
 */
public record ManageSettings(
    Roster roster,
    Duration heartbeat,
    Duration sweep,
    String strategy,
    List<String> filters,
    double overcommit,
    List<Listener> listeners,
    ManageTls tls,
    NameForm names,
    List<String> notes) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  public ManageSettings {
    Objects.requireNonNull(roster, "roster");
    filters = List.copyOf(filters);
    listeners = List.copyOf(listeners);
    notes = List.copyOf(notes);
  }

  /**
   * Reads and checks, in classic Swarm's order and with its messages.
   *
   * @throws Invalid for the first thing that is wrong
   */
  public static ManageSettings of(ManageOptions said) {
    ManageTls tls = ManageTls.of(said.tls(), said.insecure());
    Duration sweep = sweep(said.refresh());
    checkRetries(said.refresh());
    if (said.discovery().isBlank()) {
      throw new Invalid(
          "discovery",
          "discovery required to manage a cluster",
          "as in 'dockherd manage nodes://10.0.0.[1:9]:2375'; see 'dockherd manage --help'");
    }
    Duration heartbeat = heartbeat(said.heartbeat());
    Roster roster = Roster.of(said.discovery(), discoveryOptions(said.discoveryOptions()));
    String strategy = strategy(said.strategy());
    List<String> filters = filters(said.filters());
    if (!said.clusterDriver().equals("swarm")) {
      throw new Invalid(
          "--cluster-driver",
          "unsupported cluster \"" + said.clusterDriver() + "\"",
          "leave it out: there is only swarm");
    }
    ClusterOptions cluster = ClusterOptions.of(said.clusterOptions());
    Compatibility.refuse(said.replication(), said.discovery());
    List<String> notes = new ArrayList<>(Compatibility.notes(said));
    notes.addAll(cluster.notes());
    return new ManageSettings(
        roster,
        heartbeat,
        sweep,
        strategy,
        filters,
        cluster.overcommit(),
        ManageListeners.of(said.hosts(), tls, said.insecure()),
        tls,
        names(said.dockerNames()),
        notes);
  }

  private static Duration sweep(ManageOptions.Refresh refresh) {
    String positive = "min refresh interval should be a positive number";
    String greater = "max refresh interval cannot be less than min refresh interval";
    Duration min = GoDuration.parse(refresh.min(), positive);
    if (!min.isPositive()) {
      throw new Invalid("--engine-refresh-min-interval", positive, "30s is the default");
    }
    if (GoDuration.parse(refresh.max(), greater).compareTo(min) < 0) {
      throw new Invalid("--engine-refresh-max-interval", greater, "60s is the default");
    }
    return min;
  }

  private static void checkRetries(ManageOptions.Refresh refresh) {
    if (refresh.refreshRetry() != ManageDefaults.RETRIES) {
      throw new Invalid(
          "--engine-refresh-retry",
          "--engine-refresh-retry is deprecated. Use --engine-failure-retry",
          "");
    }
    if (refresh.failureRetry() <= 0) {
      throw new Invalid("--engine-failure-retry", "invalid failure retry count", "from 1 on");
    }
  }

  private static Duration heartbeat(String text) {
    String message = "--heartbeat should be at least one second";
    Duration heartbeat = GoDuration.parse(text, message);
    if (heartbeat.compareTo(SECOND) < 0) {
      throw new Invalid("--heartbeat", message, "60s is the default");
    }
    return heartbeat;
  }

  static Map<String, String> discoveryOptions(List<String> options) {
    Map<String, String> read = new LinkedHashMap<>();
    for (String option : options) {
      String[] parts = option.split("=", 2);
      if (parts.length != 2) {
        throw new Invalid(
            "--discovery-opt",
            "--discovery-opt must contain key=value strings, not '" + option + "'",
            "as in kv.path=docker/nodes");
      }
      read.put(parts[0].strip(), parts[1].strip());
    }
    return read;
  }

  private static String strategy(String name) {
    Strategy.named(name);
    return name.equals("binpacking") ? "binpack" : name;
  }

  private static List<String> filters(List<String> names) {
    for (String name : names) {
      if (!Filters.names().contains(name)) {
        throw new Invalid(
            name, "filter not supported", "use some of " + String.join(", ", Filters.names()));
      }
    }
    return names.isEmpty() ? Filters.names() : names;
  }

  private static NameForm names(String form) {
    return switch (form) {
      case "plain" -> NameForm.PLAIN;
      case "swarm" -> NameForm.SWARM;
      default ->
          throw new Invalid("--docker-names", "'" + form + "' is neither plain nor swarm", "");
    };
  }
}
